"""What ``throughline chart --format json`` answers, as JSON Schema: other programs read it."""

from __future__ import annotations

Schema = dict[str, object]

NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
TEXT: Schema = {"type": "string"}
BETTER: Schema = {"enum": ["up", "down"]}


def _maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(about: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_POINT = _object(
    "One point. Positions count from 1; value, center and limits are in the chart's unit.",
    position={"type": "integer", "minimum": 1},
    label=TEXT,
    value=NUMBER,
    events=_maybe(WHOLE),
    n=_maybe(WHOLE),
    center=NUMBER,
    lower=_maybe(NUMBER),
    upper=_maybe(NUMBER),
    side={"enum": ["above", "on", "below"]},
    beyond=_maybe({"type": "boolean"}),
)

_RULES = _object(
    "The Anhoej rules on a whole run chart.",
    useful=WHOLE,
    longest_run=WHOLE,
    longest_run_allowed=WHOLE,
    crossings=WHOLE,
    crossings_needed=WHOLE,
    signal={"type": "boolean"},
)

_SHIFT = _object(
    "Runs of later points on either side of the frozen median. Chances: noise alone does as much.",
    better=BETTER,
    later=WHOLE,
    planned=WHOLE,
    longest_better=WHOLE,
    longest_worse=WHOLE,
    needed=WHOLE,
    chance_better=SHARE,
    chance_worse=SHARE,
)

_LIMITS = _object(
    "Positions past a limit, and what those after a frozen baseline are worth.",
    better=_maybe(BETTER),
    beyond={"type": "array", "items": {"type": "integer", "minimum": 1}},
    chance_better=_maybe(SHARE),
    chance_worse=_maybe(SHARE),
    range_center=_maybe(NUMBER),
    range_upper=_maybe(NUMBER),
    sigma_z=_maybe(NUMBER),
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Answer of throughline chart",
    **_object(
        "A chart with its points, center, limits and verdict.",
        schema_version={"const": 1},
        source=_object("The file that was read.", file=TEXT, sha256=TEXT),
        columns=_object("Its columns.", value=TEXT, n=_maybe(TEXT), label=_maybe(TEXT)),
        kind={"enum": ["run", "xmr", "p", "p-prime"]},
        unit={"enum": ["own", "share"]},
        baseline=_maybe({"type": "integer", "minimum": 1}),
        center=NUMBER,
        points={"type": "array", "items": _POINT, "minItems": 1},
        rules=_maybe(_RULES),
        shift=_maybe(_SHIFT),
        limits=_maybe(_LIMITS),
        moved=_maybe({"enum": ["better", "worse", "no"]}),
        no_rule=_maybe(TEXT),
        sentence=TEXT,
        checked_for_publication={"const": False},
    ),
}
