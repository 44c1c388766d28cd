"""What ``throughline chart --format json`` answers, as JSON Schema: other programs read it."""

from __future__ import annotations

from throughline.commands.schemas import NUMBER, SHARE, TEXT, WHOLE, Schema, maybe, object_of

BETTER: Schema = {"enum": ["up", "down"]}

_POINT = object_of(
    "One point. Positions count from 1; value, center and limits are in the chart's unit.",
    position={"type": "integer", "minimum": 1},
    label=TEXT,
    value=NUMBER,
    events=maybe(WHOLE),
    n=maybe(WHOLE),
    center=NUMBER,
    lower=maybe(NUMBER),
    upper=maybe(NUMBER),
    side={"enum": ["above", "on", "below"]},
    beyond=maybe({"type": "boolean"}),
)

_RULES = object_of(
    "The Anhoej rules on a whole run chart.",
    useful=WHOLE,
    longest_run=WHOLE,
    longest_run_allowed=WHOLE,
    crossings=WHOLE,
    crossings_needed=WHOLE,
    signal={"type": "boolean"},
)

_SHIFT = object_of(
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

_LIMITS = object_of(
    "Positions past a limit, and what those after a frozen baseline are worth.",
    better=maybe(BETTER),
    beyond={"type": "array", "items": {"type": "integer", "minimum": 1}},
    chance_better=maybe(SHARE),
    chance_worse=maybe(SHARE),
    range_center=maybe(NUMBER),
    range_upper=maybe(NUMBER),
    sigma_z=maybe(NUMBER),
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Answer of throughline chart",
    **object_of(
        "A chart with its points, center, limits and verdict.",
        schema_version={"const": 1},
        source=object_of("The file that was read.", file=TEXT, sha256=TEXT),
        columns=object_of("Its columns.", value=TEXT, n=maybe(TEXT), label=maybe(TEXT)),
        kind={"enum": ["run", "xmr", "p", "p-prime"]},
        unit={"enum": ["own", "share"]},
        baseline=maybe({"type": "integer", "minimum": 1}),
        center=NUMBER,
        points={"type": "array", "items": _POINT, "minItems": 1},
        rules=maybe(_RULES),
        shift=maybe(_SHIFT),
        limits=maybe(_LIMITS),
        moved=maybe({"enum": ["better", "worse", "no"]}),
        no_rule=maybe(TEXT),
        sentence=TEXT,
        checked_for_publication={"const": False},
    ),
}
