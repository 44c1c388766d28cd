"""The single values of a file that a person can edit one by one, and how each is typed."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from throughline.core.blueprint.faults import Place, spell
from throughline.core.blueprint.phrases import Phrase
from throughline.core.blueprint.whole import unwrapped

Kind = Literal["text", "long", "number", "choice", "yes-no", "lines", "pairs"]

LONG = 60
"""From so many characters on a text gets several lines to be typed in."""
BETWEEN = " = "
"""Stands between key and label of a vocabulary, one entry a line."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value: where it stands, how it is typed, and what the file says now."""

    place: Place
    path: str
    """The place as errors spell it."""
    kind: Kind
    label: str
    value: Any = None
    """What the file says, or nothing where it leaves the key out."""
    default: Any = None
    choices: tuple[str, ...] = ()
    is_needed: bool = False
    labels: tuple[str, ...] = ()
    """What a sentence calls the choices, in their order; yes before no."""

    def typed(self) -> str:
        """Return the value as a person would type it; a choice left out shows its default."""
        is_chosen = self.kind in ("choice", "yes-no")
        return typed(self.kind, self.default if self.value is None and is_chosen else self.value)

    def options(self) -> list[tuple[str, str]]:
        """Return the choices as they are typed, each with what people read."""
        values = self.choices or ("true", "false")
        return list(zip(values, self.labels or values, strict=True))

    def hint(self) -> str:
        """Return what holds while nothing is typed."""
        if self.default is None or self.default == () or self.value is not None:
            return ""
        return typed(self.kind, self.default).replace("\n", ", ")

    def read(self, text: str) -> Any:
        """Return what a typed text means in the file; an empty one leaves the key out.

        Text that cannot be right is passed on as it is: the check of the file says why.
        """
        text = text.strip().replace("\r\n", "\n")
        if not text:
            return [] if self.value == [] else None
        if self.value is None and text == self.typed():
            return None
        match self.kind:
            case "number":
                return int(text) if text.isascii() and text.isdigit() else text
            case "yes-no":
                return {"true": True, "false": False}.get(text, text)
            case "lines":
                return [line.strip() for line in text.split("\n") if line.strip()]
            case "pairs":
                return [
                    [part.strip() for part in line.split(BETWEEN.strip(), 1)]
                    for line in text.split("\n")
                    if line.strip()
                ]
        return text


def typed(kind: Kind, value: Any) -> str:
    """Return a value of the file as a person would type it."""
    if value is None:
        return ""
    if kind == "yes-no":
        return "true" if value is True else "false"
    if kind == "lines":
        return "\n".join(str(entry) for entry in value)
    if kind == "pairs":
        return "\n".join(BETWEEN.join(map(str, entry)) for entry in value)
    return str(value)


def leaves(model: Any, tables: Mapping[str, Any], key: str) -> list[Leaf]:
    """Return every editable value of a section, those it leaves out included.

    Parameters
    ----------
    model
        The section's model.
    tables
        The whole file, as JSON knows it.
    key
        The name of the section.
    """
    return list(_below(model, tables.get(key, {}), (key,), tables))


def _below(annotation: Any, value: Any, place: Place, tables: Any) -> Iterator[Leaf]:
    kind, _marks = unwrapped(annotation)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from _of_table(kind, value, place, tables)
    elif get_origin(kind) is dict and isinstance(value, dict):
        for name, entry in value.items():
            yield from _below(get_args(kind)[1], entry, (*place, name), tables)
    elif get_origin(kind) is tuple and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _below(get_args(kind)[0], entry, (*place, index), tables)


def _of_table(kind: type[BaseModel], value: Any, place: Place, tables: Any) -> Iterator[Leaf]:
    fields = kind.model_fields
    if "root" in fields:
        yield from _below(fields["root"].annotation, value, place, tables)
        return
    for name, field in fields.items():
        there = value.get(name) if isinstance(value, dict) else None
        if (leaf := _leaf(field, there, (*place, name), tables)) is not None:
            yield leaf
        elif there is not None:
            yield from _below(field.annotation, there, (*place, name), tables)
        elif isinstance(field.default, BaseModel):
            yield from _of_table(type(field.default), {}, (*place, name), tables)


def _leaf(field: FieldInfo, value: Any, place: Place, tables: Any) -> Leaf | None:
    kind, marks = unwrapped(field.annotation)
    how = _kind(kind, (*field.metadata, *marks), value)
    if how is None:
        return None
    choices = tuple(map(str, get_args(kind))) if how == "choice" else ()
    if how == "choice" and not all(isinstance(one, str) for one in get_args(kind)):
        return None
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return Leaf(
        place, spell(place, tables), how, field.description or str(place[-1]), value=value,
        default=default, choices=choices, is_needed=field.is_required(),
    )  # fmt: skip


def _kind(annotation: Any, marks: tuple[Any, ...], value: Any) -> Kind | None:
    phrase = next((mark for mark in marks if isinstance(mark, Phrase)), None)
    origin = get_origin(annotation)
    if isinstance(value, dict) or (isinstance(value, list) and any(_is_table(v) for v in value)):
        return None
    if phrase is not None and phrase.name == "vocabulary":
        return "pairs"
    if isinstance(value, list) and value and all(isinstance(entry, list) for entry in value):
        return "pairs"
    if origin is Literal:
        return "choice"
    if annotation is bool:
        return "yes-no"
    if annotation is int or (phrase is not None and phrase.name.startswith("number")):
        return "number"
    if isinstance(value, list) or (origin is tuple and _holds_text(annotation)):
        return "lines" if _is_text(value) else None
    if phrase is not None or annotation is str or origin in (Union, types.UnionType):
        return "long" if isinstance(value, str) and len(value) > LONG else "text"
    return None


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_text(value: Any) -> bool:
    return value is None or all(isinstance(entry, str) for entry in value)


def _holds_text(annotation: Any) -> bool:
    inner, _marks = unwrapped(get_args(annotation)[0])
    return inner is str or get_origin(inner) is Literal
