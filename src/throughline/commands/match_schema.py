"""JSON Schemas of problems and answers of ``throughline match``: other programs write and read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from throughline.commands.match_answers import SCHEMA_VERSION
from throughline.commands.match_reading import adapter

if TYPE_CHECKING:
    from throughline.commands.match_kinds import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the schema of a kind's problem; its answer is ``#/$defs/Answer``."""
    adapters: list[tuple[str, Any, TypeAdapter[Any]]] = [
        ("problem", "validation", adapter(kind.problem)),
        ("plan", "validation", adapter(kind.plan)),
    ]
    found, shared = TypeAdapter.json_schemas(adapters, ref_template="#/$defs/{model}")
    answer = {
        "type": "object",
        "description": "What throughline match answers with --format json.",
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "kind": {"const": kind.name},
            "plan": found["plan", "validation"],
            **{
                name: {"type": ["object", "array", "null"]}
                for name in ("repair", "why", "margins", "prices")
            },
        },
        "required": ["schema_version", "kind", "plan"],
        "additionalProperties": False,
    }
    return {
        "$schema": DIALECT,
        "title": f"Problem of throughline match {kind.name}: {kind.about}",
        **found["problem", "validation"],
        "$defs": {**shared["$defs"], "Answer": answer},
    }
