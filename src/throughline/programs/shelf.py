"""The programs that ship, as a host chooses among them; and their dates before anything is made."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput
from throughline.programs import hooks
from throughline.programs.calendar import Planned
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


def shelf() -> list[Shipped]:
    """Return the programs that ship, by name."""
    found = []
    for source in hooks.SHIPPED() if hooks.SHIPPED else ():
        about = tomllib.loads(source)["blueprint"]
        found.append(Shipped(about["key"], about["name"], about.get("summary", ""), source))
    return sorted(found, key=lambda one: one.name)


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
