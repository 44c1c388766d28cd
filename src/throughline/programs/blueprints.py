"""A blueprint as a whole: read, checked, hashed, with its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel

from throughline.core.blueprint.canonical import digest
from throughline.core.blueprint.facts import Fact
from throughline.core.blueprint.faults import BrokenBlueprint, Fault
from throughline.core.blueprint.reading import read
from throughline.core.blueprint.speech import Speech
from throughline.core.blueprint.tables import Table
from throughline.core.blueprint.whole import Whole
from throughline.people.blueprint import BUILT_IN_ROLES, PeopleSection
from throughline.people.code_sets import packs
from throughline.programs.blueprint import TERMS, AboutSection, WordsSection
from throughline.programs.calendar import Planned, compute
from throughline.programs.checking import check

NEEDED = ("blueprint", "program")

Section = TypeVar("Section", bound=BaseModel)


@dataclass(frozen=True)
class Blueprint:
    """A file that passed every check."""

    tables: dict[str, Any]
    """The file as JSON knows it: days as text, nothing added."""
    whole: Whole
    notes: tuple[Fault, ...] = ()

    @property
    def about(self) -> AboutSection:
        """Key, version, name and language."""
        return self.section("blueprint", AboutSection)

    def section(self, key: str, model: type[Section]) -> Section:
        """Return a section; one that the file leaves out has its defaults."""
        found = self.whole.section(key, model)
        return found if found is not None else model.model_validate({})

    @cached_property
    def sha256(self) -> str:
        """Hash of the canonical form."""
        return digest(self.whole.sections)

    @cached_property
    def speech(self) -> Speech:
        """The words of the program."""
        return speech_of(self.whole)

    def sentences(self) -> list[str]:
        """Say everything that the program promises, in its own words."""
        return [
            self.speech.fill(sentence)
            for section in self.whole.sections.values()
            if isinstance(section, Table)
            for sentence in section.sentences(self.speech)
        ]

    def calendar(self, starts_on: date) -> list[Planned]:
        """Return every date of a cohort that starts on this day.

        Raises
        ------
        NoCalendar
            No dates can be found for this start.
        """
        return compute(self.whole, starts_on)


def speech_of(whole: Whole) -> Speech:
    """Return the words of a file, over the terms that every program has."""
    terms, called = dict(TERMS), {}
    about = whole.section("blueprint", AboutSection)
    words = whole.section("words", WordsSection)
    if about and words:
        terms |= {
            key: (term.one, term.other) for key, term in (words.get(about.language) or {}).items()
        }
    if people := whole.section("people", PeopleSection):
        called = {key: role.word for key, role in people.roles.items() if role.word}
    return Speech(terms, called, about.name if about else "The program")


@dataclass(frozen=True)
class Looked:
    """All that can be said about a file, whether or not it may be used.

    ``whole`` is nothing while a value has the wrong shape, ``blueprint`` while anything is wrong.
    """

    models: Mapping[str, type[BaseModel]]
    faults: tuple[Fault, ...]
    tables: dict[str, Any]
    whole: Whole | None = None
    blueprint: Blueprint | None = None

    @property
    def errors(self) -> list[Fault]:
        """Return what keeps the file from being used."""
        return [fault for fault in self.faults if not fault.is_note]


def look(text: str, models: Mapping[str, type[BaseModel]], facts: tuple[Fact, ...]) -> Looked:
    """Read and check a file as far as it goes."""
    try:
        reading = read(text, models, NEEDED)
    except BrokenBlueprint as broken:
        return Looked(models, broken.faults, {})
    whole = Whole(reading.sections, facts, _built_in(reading.sections))
    faults = tuple(check(whole, reading))
    notes = tuple(fault for fault in faults if fault.is_note)
    blueprint = Blueprint(reading.tables, whole, notes) if len(notes) == len(faults) else None
    return Looked(models, faults, reading.tables, whole, blueprint)


def _built_in(sections: Mapping[str, BaseModel]) -> dict[str, frozenset[str]]:
    about, words = sections["blueprint"], sections.get("words")
    terms = set(TERMS)
    if isinstance(about, AboutSection) and isinstance(words, WordsSection):
        terms |= set(words.get(about.language) or {})
    return {
        "word": frozenset(terms),
        "role": BUILT_IN_ROLES,
        "source": frozenset({"host"}),
        "code set": frozenset(packs()),
    }
