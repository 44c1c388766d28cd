"""The programs that ship, as a host chooses among them; and their dates before anything is made."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput
from throughline.people.models import Person
from throughline.programs import hooks
from throughline.programs.calendar import Planned
from throughline.programs.enums import VersionState
from throughline.programs.models import BlueprintVersion, Program
from throughline.programs.words import words_in


@dataclass(frozen=True, slots=True)
class Shipped:
    """A blueprint that comes with the product."""

    key: str
    name: str
    summary: str
    source: str


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One date of a cohort that is not open yet."""

    begins_on: date
    ends_on: date
    title: str
    moved_because: str


def shelf(person: Person | None = None) -> list[Shipped]:
    """Return the programs that ship, by name; before them, those that ``person`` administers.

    A program of her own that has the key of one that ships stands in its place.
    """
    own = [] if person is None else _own(person)
    sources = list(hooks.SHIPPED() if hooks.SHIPPED else ())
    ship = sorted((_shipped(source) for source in sources), key=lambda one: one.name)
    taken = {one.key for one in own}
    return [*own, *(one for one in ship if one.key not in taken)]


def _own(person: Person) -> list[Shipped]:
    versions = (
        BlueprintVersion.objects.filter(
            state=VersionState.PUBLISHED, program__in=Program.objects.staffed_by(person)
        )
        .order_by("program__name", "program_id", "number")
        .values_list("program_id", "source")
    )
    return [_shipped(source) for source in dict(versions).values()]


def _shipped(source: str) -> Shipped:
    about = tomllib.loads(source)["blueprint"]
    return Shipped(about["key"], about["name"], about.get("summary", ""), source)


def preview(source: str, starts_on: date) -> list[DatedLine]:
    """Return every date that a cohort would have if it started on this day.

    Raises
    ------
    BadInput
        No dates fit this start.
    """
    if hooks.LOAD is None:
        raise RuntimeError("composition has not said how blueprints are loaded")
    words = words_in(tomllib.loads(source))
    return [
        DatedLine(one.begins_on, one.ends_on, capfirst(words.fill(one.title)), one.moved_because)
        for one in _planned(hooks.LOAD(source), starts_on)
        if not one.key.startswith("phase.")
    ]


def _planned(loaded: hooks.LoadedBlueprint, starts_on: date) -> Sequence[Planned]:
    try:
        return loaded.calendar(starts_on)
    except ValueError as error:
        sentence = _("No calendar fits this start: %(why)s. Choose another day.")
        raise BadInput(sentence % {"why": error}, field="starts_on") from error
