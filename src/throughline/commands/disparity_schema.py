"""What ``throughline disparity --format json`` answers, as JSON Schema: other programs read it."""

from __future__ import annotations

from throughline.commands.schemas import (
    NUMBER,
    SHARE,
    TEXT,
    WHOLE,
    Schema,
    listed,
    maybe,
    object_of,
)

OPEN = "An end that is null is open: there is no limit on that side."


def _ends(schema: Schema) -> Schema:
    pair = {"type": "array", "items": maybe(schema), "minItems": 2, "maxItems": 2}
    return maybe({**pair, "description": OPEN})


_MEASURE = object_of(
    "One measure of one group against its comparator; null where it hides or is not defined.",
    value=maybe(NUMBER),
    interval=_ends(NUMBER),
    range=_ends(NUMBER),
    unit={"enum": ["share", "points", "percent", "ratio", "students"]},
    flagged=maybe({"type": "boolean"}),
    compared_with=maybe(TEXT),
)

_COUNTS: dict[str, Schema] = {
    "n": maybe(WHOLE),
    "n_valid": maybe(WHOLE),
    "events": maybe(WHOLE),
    "rate": maybe(SHARE),
    "rate_interval": _ends(SHARE),
    "rate_range": _ends(SHARE),
}

_GROUP = object_of(
    "One group. A rate is a share of 0 to 1. `range` is what a published figure may stand for.",
    group={"type": "object", "additionalProperties": TEXT},
    **_COUNTS,
    measures={"type": "object", "additionalProperties": _MEASURE},
    is_comparator={"type": "boolean"},
    p_adjusted=maybe(SHARE),
    hidden={"type": "boolean"},
    sentence=TEXT,
    evidence=TEXT,
    parity=TEXT,
)

_TABLE = object_of(
    "All groups of one grouping, in the order of the codebook.",
    outcome=TEXT,
    grouping=listed(TEXT),
    compared_with=TEXT,
    comparator_hidden={"type": "boolean"},
    comparator_absent={"type": "boolean"},
    coverage=maybe(NUMBER),
    everyone=object_of("All students; null where it hides or is not stated.", **_COUNTS),
    groups=listed(_GROUP),
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Answer of throughline disparity",
    **object_of(
        "Groups of students beside a comparator. `gap_points` is group minus comparator in "
        "percentage points; `relative_difference_percent` is 100 x (ratio - 1).",
        schema_version={"const": 1},
        source=object_of(
            "The file. Its hash goes where something hides, since it would let anybody try out "
            "the few numbers that hide.",
            file=TEXT,
            sha256=maybe(TEXT),
        ),
        input={"enum": ["students", "counts", "rates"]},
        comparator={**TEXT, "description": "As asked for: all-others, everyone, goal:0.8, White."},
        outcome_is={"enum": ["good", "bad"]},
        threshold=maybe({"type": "integer", "minimum": 5, "maximum": 30}),
        private={"type": "boolean"},
        coverage=maybe(NUMBER),
        comparisons=WHOLE,
        years=listed(TEXT),
        notes=listed(TEXT),
        tables=listed(_TABLE),
    ),
}
