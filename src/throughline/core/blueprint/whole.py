"""The whole file at once: every value with its place and marks, and every key by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from throughline.core.blueprint.facts import Fact, Known
from throughline.core.blueprint.faults import Place, nearest, quoted
from throughline.core.blueprint.tables import Complaint, Defines, Names

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file: where it stands and what its section says about it."""

    place: Place
    value: Any
    marks: tuple[Any, ...] = ()

    def marked(self, kind: type[Entry]) -> Entry | None:
        """Return the mark of this kind, if the value carries one."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


class Whole:
    """Every section of one file together: what a table needs to know about the others."""

    def __init__(
        self,
        sections: Mapping[str, BaseModel],
        facts: tuple[Fact, ...] = (),
        defined: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.sections = sections
        self.nodes = [node for key, section in sections.items() for node in walk(section, (key,))]
        self._built_in = defined or {}
        self.facts = facts
        self._tables: dict[type, list[tuple[Place, Any]]] = {}

    @cached_property
    def definitions(self) -> list[tuple[str, str, Place]]:
        """Return every key that the file defines: kind, key, place."""
        return [
            (kind, key, place)
            for node in self.nodes
            if (mark := node.marked(Defines))
            for kind in mark.kinds
            for key, place in _keys(node, is_within=mark.within)
        ]

    @cached_property
    def _by_kind(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {kind: set(keys) for kind, keys in self._built_in.items()}
        for kind, key, _ in self.definitions:
            found.setdefault(kind, set()).add(key)
        return {kind: frozenset(keys) for kind, keys in found.items()}

    def keys(self, *kinds: str) -> frozenset[str]:
        """Return the keys of these kinds, those of the file and those that always exist."""
        return frozenset().union(*(self._by_kind.get(kind, frozenset()) for kind in kinds))

    def tables(self, kind: type[Entry]) -> list[tuple[Place, Entry]]:
        """Return every table of this class, with its place, in the order of the file."""
        if kind not in self._tables:
            self._tables[kind] = [
                (node.place, node.value) for node in self.nodes if isinstance(node.value, kind)
            ]
        return self._tables[kind]

    def section(self, key: str, kind: type[Entry]) -> Entry | None:
        """Return the section, if the file has the app that owns it."""
        found = self.sections.get(key)
        return found if isinstance(found, kind) else None

    def unknown(self, key: str, names: Names) -> Complaint | None:
        """Complain about a key that nothing defines."""
        known = self.keys(*names.kinds)
        if key in known:
            return None
        return Complaint(f"a {' or '.join(names.kinds)}", quoted(key), hint=nearest(key, known))

    def asks(
        self, paths: tuple[str, ...], *, at: Place = (), fields: frozenset[str] | None = None
    ) -> Iterator[Complaint]:
        """Complain about facts that no app offers; in a form, earlier ``fields`` are known too."""
        known, own = Known(self.facts, self.keys), fields or frozenset()
        for path in paths:
            in_form = fields is not None
            if path not in own and (problem := known.problem(path, own, is_in_form=in_form)):
                yield Complaint(problem.expected, quoted(path), at, problem.hint)


def _keys(node: Node, *, is_within: bool) -> Iterator[tuple[str, Place]]:
    value = node.value
    prefix = f"{node.place[-2]}." if is_within else ""
    if isinstance(value, Mapping):
        for key in value:
            yield prefix + key, (*node.place, key)
    else:
        for index, entry in enumerate(value or ()):
            key = entry[0] if isinstance(entry, tuple) else getattr(entry, "key", entry)
            yield prefix + str(key), (*node.place, index)


def walk(
    value: Any, place: Place = (), annotation: Any = None, marks: tuple[Any, ...] = ()
) -> Iterator[Node]:
    """Yield this value and all below it, with the marks of their annotations."""
    kind, found = unwrapped(annotation)
    yield Node(place, value, marks + found)
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            inner = place if name == "root" else (*place, name)
            yield from walk(getattr(value, name), inner, field.annotation, tuple(field.metadata))
    elif isinstance(value, dict):
        args = get_args(kind)
        for key, entry in value.items():
            yield from walk(entry, (*place, key), args[1] if len(args) == 2 else None)
    elif isinstance(value, tuple):
        args = get_args(kind)
        for index, entry in enumerate(value):
            yield from walk(entry, (*place, index), args[0] if args else None)


def unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the bare type and its marks: without ``Annotated`` and without ``| None``."""
    marks: tuple[Any, ...] = ()
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            marks += tuple(found)
        elif origin in (Union, UnionType):
            some = [arg for arg in get_args(annotation) if arg is not type(None)]
            if len(some) != 1:
                return annotation, marks
            annotation = some[0]
        else:
            return annotation, marks


def below(annotation: Any, step: str | int) -> Any:
    """Return the type that a step leads to, or nothing."""
    kind, _ = unwrapped(annotation)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields
        if "root" in fields:
            return below(fields["root"].annotation, step)
        return unwrapped(fields[str(step)].annotation)[0] if str(step) in fields else None
    args = get_args(kind)
    if get_origin(kind) is dict:
        return unwrapped(args[1])[0]
    return unwrapped(args[0])[0] if args else None
