"""What the installation holds about people: how an app says it, and how it is read back to them.

Each app lists its tables in its ``personal_data.py``; ``composition`` hangs the lists on
``hooks.PERSONAL_DATA``. A test compares them with the models, so that nothing is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db import models
from django.db.models import Q
from django_stubs_ext import StrOrPromise

from throughline.people.models import Person
from throughline.people.sealing import KeyGone, hold_key
from throughline.people.tiered import TieredText

TERM = re.compile(r"\{words?\.", re.IGNORECASE)
"""Where a stored text names a term of its program."""

FORMER = "Former participant"
"""What an emptied record is called, in every language the same."""

Reading: TypeAlias = str | Callable[[Any, Person], object]
"""A path from the row, such as ``scope.label``, or what reads it for this person."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table with rows about a person, and what she is shown of them.

    ``whose`` are lookups from a row to the person: a row is hers if one of them leads to her.
    ``shows`` maps the name of a value in a file to its label on a page and to where it is read.
    ``only`` leaves out rows that are not hers to read yet; ``related`` saves queries.

    When her record is emptied, rows to which the first of ``whose`` leads are ``removed``, or
    ``empties`` says which columns get which value; ``stays`` says why something is left.
    """

    model: type[models.Model]
    title: StrOrPromise
    whose: tuple[str, ...]
    shows: Mapping[str, tuple[StrOrPromise, Reading]]
    only: Q = field(default_factory=Q)
    related: tuple[str, ...] = ()
    empties: Mapping[str, object] = field(default_factory=dict)
    removed: bool = False
    stays: StrOrPromise = ""

    @property
    def key(self) -> str:
        return self.model._meta.label_lower


@dataclass(frozen=True, slots=True)
class Points:
    """A table that names persons and says nothing about them that is not shown elsewhere.

    ``why`` is for whoever looks after the list.
    """

    model: type[models.Model]
    why: str

    @property
    def key(self) -> str:
        return self.model._meta.label_lower


Listed: TypeAlias = Held | Points


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row: its name in a file, its label, and the value itself."""

    name: str
    label: StrOrPromise
    value: object


@dataclass(frozen=True, slots=True)
class Part:
    """All rows of one table that are about one person."""

    key: str
    title: StrOrPromise
    rows: tuple[tuple[Value, ...], ...]


Speak: TypeAlias = Callable[[Person, str], str]
"""Puts the terms of a network's program into a stored text."""


def parts_of(person: Person, listed: Iterable[Listed], speak: Iterable[Speak] = ()) -> list[Part]:
    """Return what is held about a person, for herself alone. One query a table, and its relations."""
    with_key = Person.objects.select_related("network", "sealing_key").get(pk=person.pk)
    with_key.ids, with_key.private_ids = person.ids, person.private_ids
    hold_key(with_key)
    say = tuple(speak)
    parts = [_part(with_key, one, say) for one in listed if isinstance(one, Held)]
    return [part for part in parts if part.rows]


def _part(person: Person, held: Held, speak: tuple[Speak, ...]) -> Part:
    hers = Q()
    for path in held.whose:
        hers |= Q(**{f"{path}__in": person.ids})
    found = held.model._default_manager.filter(hers, held.only).order_by("pk")
    if issubclass(held.model, TieredText):
        found = found.filter(pk__in=held.model.objects.visible_to(person).values("pk"))
    rows = found.select_related(*held.related) if held.related else found
    return Part(held.key, held.title, tuple(_row(row, held, person, speak) for row in rows))


def _row(
    row: models.Model, held: Held, person: Person, speak: tuple[Speak, ...]
) -> tuple[Value, ...]:
    found = (
        Value(name, label, _spoken(_read(row, reading, person), person, speak))
        for name, (label, reading) in held.shows.items()
    )
    return tuple(one for one in found if one.value not in (None, "", [], {}))


def _spoken(value: object, person: Person, speak: tuple[Speak, ...]) -> object:
    if isinstance(value, str) and TERM.search(value):
        for hook in speak:
            value = hook(person, str(value))
    return value


def _read(row: models.Model, reading: Reading, person: Person) -> object:
    if callable(reading):
        return reading(row, person)
    value: Any = row
    for step in reading.split("."):
        if value is None:
            return None
        spoken = getattr(value, f"get_{step}_display", None)
        value = spoken() if spoken else getattr(value, step)
    return str(value) if isinstance(value, models.Model) else value


@dataclass(frozen=True, slots=True)
class Change:
    """What emptying a record does to one table: how many rows, and why something is left."""

    title: StrOrPromise
    rows: int
    removed: bool
    stays: StrOrPromise


def changes_of(person: Person, listed: Iterable[Listed]) -> list[Change]:
    """Say what emptying a person's record would change, without changing it. One query a table."""
    found = [
        Change(one.title, rows_of(person, one).count(), one.removed, one.stays)
        for one in listed
        if isinstance(one, Held) and (one.removed or one.empties or one.stays)
    ]
    return [one for one in found if one.rows]


def rows_of(person: Person, held: Held) -> models.QuerySet[models.Model]:
    """Return the rows that are hers alone to have emptied."""
    return held.model._default_manager.filter(**{f"{held.whose[0]}__in": person.ids})


def opened(row: Any, _person: Person) -> str | None:
    """Read a tiered text, whose author was fetched with her key; nothing where that is gone."""
    hold_key(row.author)
    try:
        return str(row.words)
    except KeyGone:
        return None


def as_file(parts: Iterable[Part]) -> dict[str, list[dict[str, object]]]:
    """Return the parts as plain values for JSON, by table."""
    return {
        part.key: [{one.name: _plain(one.value) for one in row} for row in part.rows]
        for part in parts
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, int | float | bool | None) else str(value)
