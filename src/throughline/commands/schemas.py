"""Words that the published JSON Schemas of the commands share."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence

from throughline.commands.speaking import Arguments, answer

Schema = dict[str, object]

NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
TEXT: Schema = {"type": "string"}


def explained(parser: Arguments, arguments: Sequence[str], module: str) -> bool:
    """Print the help when nothing is asked, or the ``SCHEMA`` of ``module`` for ``--schema``."""
    if not arguments:
        print(parser.format_help(), end="")
    elif list(arguments) == ["--schema"]:
        answer(importlib.import_module(module).SCHEMA)
    else:
        return False
    return True


def maybe(schema: Mapping[str, object]) -> Schema:
    """Return a schema that allows null too."""
    return {"anyOf": [dict(schema), {"type": "null"}]}


def listed(schema: Mapping[str, object]) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": dict(schema)}


def object_of(about: str, **properties: Mapping[str, object]) -> Schema:
    """Return the schema of an object that has exactly these properties."""
    return {
        "type": "object",
        "description": about,
        "properties": {name: dict(schema) for name, schema in properties.items()},
        "required": list(properties),
        "additionalProperties": False,
    }
