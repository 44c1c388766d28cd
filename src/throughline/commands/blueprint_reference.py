"""Write the manual and the JSON Schema of the format, from the sections themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic.json_schema import models_json_schema
from pydantic_core import PydanticUndefined

from throughline.commands.blueprint import SHIPPED
from throughline.composition.sections import FACTS, SECTIONS
from throughline.core.blueprint.phrases import Phrase
from throughline.core.blueprint.tables import Named, Names, NamesTable, Table
from throughline.core.blueprint.whole import unwrapped
from throughline.people.blueprint import BUILT_IN_ROLES, RoleKind
from throughline.people.code_sets import packs
from throughline.programs.blueprint import TERMS
from throughline.programs.blueprints import NEEDED

PLAIN = {str: "text", int: "number", bool: "true/false"}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a whole file."""
    _, definitions = models_json_schema(
        [(model, "validation") for model in SECTIONS.values()],
        ref_template="#/$defs/{model}",
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Throughline blueprint, format 1",
        "description": "The file of a program. References, sums and dates are checked by "
        "`throughline blueprint check`.",
        "type": "object",
        "properties": {
            key: {"$ref": f"#/$defs/{model.__name__}"} for key, model in SECTIONS.items()
        },
        "required": list(NEEDED),
        "additionalProperties": False,
        "$defs": dict(sorted(definitions["$defs"].items())),
    }


def manual() -> str:
    """Return the manual: the guide, and after it every table of the format."""
    guide = (SHIPPED / "guide.md").read_text(encoding="utf-8")
    parts = {
        "{{terms}}": "\n".join(_terms()),
        "{{role kinds}}": ", ".join(get_args(RoleKind)),
        "{{built-in roles}}": ", ".join(sorted(BUILT_IN_ROLES)),
        "{{code sets}}": "\n".join(_code_sets()),
        "{{facts}}": "\n".join(_facts()),
        "{{reference}}": "\n".join(_reference()),
    }
    for mark, text in parts.items():
        guide = guide.replace(mark, text)
    return guide


def _terms() -> Iterator[str]:
    yield "| key | singular | plural |\n|---|---|---|"
    for key, (one, other) in TERMS.items():
        yield f"| `{key}` | {one} | {other} |"


def _code_sets() -> Iterator[str]:
    yield "| key | set | answers | version and source |\n|---|---|---|---|"
    for key, pack in packs().items():
        if key != pack.key:
            continue
        keys = ", ".join(f"`{name}`" for name in (pack.key, *pack.also))
        answers = f"{pack.list_of} of the world" if pack.list_of else "own words"
        answers = "; ".join(label for _key, label in pack.options) or answers
        answers += " (several)" if pack.several else ""
        yield f"| {keys} | {pack.title} | {answers} | {pack.version}. {pack.source} |"


def _facts() -> Iterator[str]:
    yield "| fact | type | meaning | used in |\n|---|---|---|---|"
    for fact in FACTS:
        path = fact.path.replace("{field}", "FORM.FIELD")
        path = path.replace("{", "").replace("}", "")
        head, _, last = path.partition(".")
        path = f"{head}.{last.upper()}" if "{" in fact.path else path
        yield f"| `{path}` | {fact.kind} | {fact.meaning} | {fact.where} |"


def _reference() -> Iterator[str]:
    done: dict[type[BaseModel], str] = {}
    for key, model in SECTIONS.items():
        yield f"\n### `{key}`\n"
        yield from _section(key, model, done)


def _section(path: str, model: Any, done: dict[type[BaseModel], str]) -> Iterator[str]:
    if isinstance(model, type) and issubclass(model, Named):
        kind, _ = unwrapped(model.model_fields["root"].annotation)
        yield f"{_doc(model)}\n"
        entry = _entry(kind)
        if isinstance(entry, type) and issubclass(entry, Table):
            deeper = ".LANGUAGE" if path == "words" else ""
            yield from _table(f"{path}{deeper}.KEY", entry, done)
        else:
            yield f"Each entry: {_type(get_args(kind)[1], ())}.\n"
    else:
        yield from _table(path, model, done)


def _entry(kind: Any) -> Any:
    while get_origin(kind) is dict:
        kind, _ = unwrapped(get_args(kind)[1])
    return kind


def _table(path: str, model: type[BaseModel], done: dict[type[BaseModel], str]) -> Iterator[str]:
    seen = next((table for table in done if issubclass(model, table)), None)
    if seen is not None:
        if path != done[seen]:
            yield f"**`{path}`** {_doc(model)} It has the keys of `{done[seen]}`.\n"
        return
    done[model] = path
    yield f"**`{path}`** {_doc(model)}\n"
    yield "| key | type | default | meaning |\n|---|---|---|---|"
    below: list[tuple[str, type[BaseModel]]] = []
    for name, field in model.model_fields.items():
        if name in {"source", "note"}:
            continue
        kind = _type(field.annotation, tuple(field.metadata))
        yield f"| `{name}` | {kind} | {_default(field)} | {field.description} |"
        below.extend(_tables_in(f"{path}.{name}", field.annotation))
    yield ""
    for inner, table in below:
        yield from _table(inner, table, done)


def _doc(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().partition("\n")[0].replace("``", "`")


def _tables_in(path: str, annotation: Any) -> Iterator[tuple[str, type[BaseModel]]]:
    kind, _ = unwrapped(annotation)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield path, kind
    elif get_origin(kind) is dict:
        yield from _tables_in(f"{path}.KEY", get_args(kind)[1])
    elif get_origin(kind) is tuple:
        yield from _tables_in(f"{path}[]", get_args(kind)[0])


def _type(annotation: Any, marks: tuple[Any, ...]) -> str:
    kind, inner = unwrapped(annotation)
    marks += inner
    names = next((mark for mark in marks if isinstance(mark, Names)), None)
    phrase = next((mark for mark in marks if isinstance(mark, Phrase)), None)
    if names:
        return f"key of a {' or '.join(names.kinds)}"
    if any(isinstance(mark, NamesTable) for mark in marks):
        return "path of a table"
    if phrase:
        return phrase.name
    if get_origin(kind) is Literal:
        return ", ".join(f"`{json.dumps(value)}`" for value in get_args(kind))
    if get_origin(kind) is tuple:
        return f"list of {_several(_type(get_args(kind)[0], ()))}"
    if get_origin(kind) is dict:
        return f"{_several(_type(get_args(kind)[1], ()))} by key"
    if get_origin(kind) in (Union, UnionType):
        return " or ".join(_type(arg, ()) for arg in get_args(kind) if arg is not NoneType)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "table"
    return PLAIN.get(kind, str(kind))


def _several(kind: str) -> str:
    return "tables" if kind == "table" else kind.replace("key of a", "keys of a", 1)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.default
    if value in (None, PydanticUndefined, (), {}, "") or isinstance(value, BaseModel):
        return ""
    if isinstance(value, bool | int):
        return f"`{json.dumps(value)}`"
    if isinstance(value, tuple):
        return f"`{json.dumps(list(value))}`"
    return f"`{json.dumps(str(value))}`"
