"""What the dates and phases of a cohort are called, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.core.blueprint.tables import Table
from throughline.core.blueprint.whole import Whole
from throughline.core.told import Told
from throughline.programs import hooks
from throughline.programs.blueprint import ProgramSection
from throughline.programs.calendar import date_key, series_of
from throughline.programs.models import BlueprintVersion, CalendarItem, Phase
from throughline.programs.sections import section, translated
from throughline.programs.spoken import told
from throughline.programs.words import reading, words_of

KEPT = 100
_kept: dict[tuple[str, str], dict[str, str]] = {}


def title_of(version: BlueprintVersion, key: str) -> str:
    """Return what the calendar calls a date, or nothing; ``key`` is without its number."""
    return titles_of(version).get(key, "")


def titles_of(version: BlueprintVersion) -> Mapping[str, str]:
    """Return what the calendar calls each date of a version, by key without its number.

    Put together once a process: equal hashes mean equal titles.
    """
    place = (version.sha256, get_language() or "")
    if place not in _kept:
        words = words_of(version)
        if len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[place] = {key: capfirst(words.fill(said)) for key, said in _said(_whole(version))}
    return _kept[place]


def phase_title(version: BlueprintVersion, key: str) -> str:
    """Return the title of a phase, or nothing."""
    phases = section(version, "program", ProgramSection).phases
    return next((words_of(version).fill(one.title) for one in phases if one.key == key), "")


def told_date(version: BlueprintVersion, item: CalendarItem) -> Told:
    """Return the title of a date in the reader's language."""
    return told(version, item.title, title_of, key_of(item))


def key_of(item: CalendarItem) -> str:
    """Return the key of a date without its number: dates of a series share their title."""
    return item.key.removesuffix(f".{item.number}") if item.number else item.key


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of a calendar, with its title in the reader's language."""

    item: CalendarItem
    title: Told


def lines_of(version: BlueprintVersion, items: Sequence[CalendarItem]) -> list[DateLine]:
    """Return dates with their titles, in the order given."""
    return [DateLine(item, told_date(version, item)) for item in items]


def told_phase(version: BlueprintVersion, phase: Phase) -> Told:
    """Return the title of a phase in the reader's language."""
    return told(version, phase.title, phase_title, phase.key)


def _whole(version: BlueprintVersion) -> Whole:
    """Return the tables of a version with the texts of the reader's language."""
    if hooks.LOOK is None:
        raise RuntimeError("composition has not said how blueprints are loaded")
    looked = hooks.LOOK(version.source)
    return Whole(
        {
            key: model.model_validate(translated(looked.tables, key, reading()))
            for key, model in looked.models.items()
            if key in looked.tables
        }
    )


def _said(whole: Whole) -> Iterator[tuple[str, str]]:
    yield "start", _("Start")
    yield "end", _("Last day")
    for place, table in whole.tables(Table):
        for number, dated in enumerate(table.dated()):
            yield date_key(dated, place, number), _(dated.says) % {"title": dated.title}
    for key, (_place, series) in series_of(whole).items():
        yield f"series.{key}", series.title
