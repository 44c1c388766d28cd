"""Who is in the room: facts about the districts of a list, beside those of everybody who applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.admissions.districts import BANDS, LOCALES
from throughline.admissions.selection import Placed, Selection
from throughline.ui import spelling

UNKNOWN = "?"
"""Stands for districts of which a fact is not known."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many districts of a kind have a seat, and how many applied."""

    label: str
    seated: int
    applied: int


@dataclass(frozen=True, slots=True)
class Room:
    """The kinds of districts; a kind that no applicant has is left out."""

    states: list[Share]
    sizes: list[Share]
    locales: list[Share]
    classes: list[str]

    @property
    def years(self) -> str:
        """Name the school years of the classes."""
        return spelling.listed(self.classes, len(self.classes))

    @property
    def states_seated(self) -> list[Share]:
        return [one for one in self.states if one.seated]

    @property
    def states_without(self) -> list[Share]:
        return [one for one in self.states if not one.seated]


def room_of(shown: Selection) -> Room:
    """Count the districts of a list. Without any known size or kind of place, that part is empty."""
    states = sorted({one.facts.state for one in shown.rows if one.facts.state})
    sizes = [(number, str(label)) for number, (_end, label) in enumerate(BANDS)]
    locales = [(key, str(label)) for key, label in LOCALES.items()]
    return Room(
        _shares(shown, [(one, one) for one in states], lambda one: one.facts.state),
        _shares(shown, [*sizes, (UNKNOWN, _("No figure published here"))], _band),
        _shares(
            shown, [*locales, (UNKNOWN, _("Not said"))], lambda one: one.facts.locale or UNKNOWN
        ),
        _years(shown.rows),
    )


def _band(one: Placed) -> Hashable:
    return UNKNOWN if one.facts.band is None else one.facts.band


def _shares(
    shown: Selection, kinds: Iterable[tuple[Hashable, str]], kind_of: Callable[[Placed], Hashable]
) -> list[Share]:
    seated = Counter(kind_of(one) for one in shown.seats)
    applied = Counter(kind_of(one) for one in shown.rows)
    if set(applied) <= {UNKNOWN}:
        return []
    return [Share(label, seated[kind], applied[kind]) for kind, label in kinds if applied[kind]]


def _years(rows: Sequence[Placed]) -> list[str]:
    """Return the school years of the classes that are counted, the newest first."""
    found = {one.facts.graduating.year_words for one in rows if one.facts.graduating}
    return sorted(found, reverse=True)
