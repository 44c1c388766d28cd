"""What ``throughline release --format json`` answers, as JSON Schema: other programs read it."""

from __future__ import annotations

from throughline.commands.schemas import SHARE, TEXT, WHOLE, Schema, listed, maybe, object_of

COUNT: Schema = {"enum": ["n", "events", "not_events"]}

_RANGE: Schema = {"type": "array", "items": WHOLE, "minItems": 2, "maxItems": 2}

_CELL = object_of(
    "One group; '*' stands for all. A count is null where it hides, or where a range is printed.",
    key={"type": "object", "additionalProperties": TEXT},
    outcome=TEXT,
    n=maybe(WHOLE),
    events=maybe(WHOLE),
    not_events=maybe(WHOLE),
    ranges={"type": "object", "propertyNames": COUNT, "additionalProperties": _RANGE},
    hidden=listed(COUNT),
    reasons=maybe(
        {
            "type": "object",
            "propertyNames": COUNT,
            "additionalProperties": {"enum": ["small", "complementary"]},
        }
    ),
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Answer of throughline release",
    **object_of(
        "What may be published, every margin included, and the audit that says so.",
        schema_version={"const": 1},
        name=TEXT,
        source=object_of(
            "The file. Its hash goes where something hides, since it would let anybody try out "
            "the few numbers that hide.",
            file=TEXT,
            sha256=maybe(TEXT),
        ),
        threshold={"type": "integer", "minimum": 5, "maximum": 30},
        mode={"enum": ["suppress", "ladder", "round"]},
        everyone={"const": "*"},
        analyst={"type": "boolean"},
        hidden_share=SHARE,
        cells=listed(_CELL),
        audit=object_of(
            "What somebody could work out who knows all that was published.",
            recoverable=WHOLE,
            broken=WHOLE,
            narrowest_width=maybe(WHOLE),
            checked=WHOLE,
            method=TEXT,
            knowledge={"enum": ["hidden-only", "reasons"]},
        ),
    ),
}
