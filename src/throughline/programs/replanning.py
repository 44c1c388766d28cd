"""What a new first day, or a new version, does to the dates of a cohort that is open."""

from __future__ import annotations

from collections.abc import Iterator, KeysView, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from throughline.core.errors import BadInput
from throughline.programs import hooks
from throughline.programs.calendar import Planned
from throughline.programs.models import BlueprintVersion, CalendarItem, Cohort
from throughline.programs.words import words_of


class Fate(Enum):
    """What becomes of a date."""

    MOVES = "moves"
    NEW = "new"
    GONE = "gone"
    HAPPENED = "happened"
    PINNED = "pinned"


STAYS = frozenset({Fate.HAPPENED, Fate.PINNED})
"""It would move, and does not."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A date that differs from the plan: where it was, where the plan has it now."""

    key: str
    title: str
    fate: Fate
    before: tuple[date, date] | None
    after: tuple[date, date] | None
    planned: Planned | None = None
    moved_because: str = ""

    @property
    def stays(self) -> str:
        """Say why it stays where it is, or nothing."""
        return {
            Fate.HAPPENED: _("It has taken place."),
            Fate.PINNED: _("A person chose this day."),
        }.get(self.fate, "")


def plan_of(version: BlueprintVersion, starts_on: date) -> Sequence[Planned]:
    """Return every date of a cohort of this version that starts on this day.

    Raises
    ------
    BadInput
        No dates fit this start.
    """
    if hooks.LOAD is None:
        raise RuntimeError("composition has not said how blueprints are loaded")
    try:
        return hooks.LOAD(version.source).calendar(starts_on)
    except ValueError as error:
        raise BadInput(
            _("No calendar fits this start: %(why)s. Choose another day.") % {"why": error},
            field="starts_on",
        ) from error


def key_of(one: Planned) -> str:
    """Return the key under which a planned date stands in the calendar of a cohort."""
    return f"{one.key}.{one.number}" if one.number else one.key


def shifts_of(
    cohort: Cohort, *, version: BlueprintVersion, starts_on: date, today: date
) -> list[Shift]:
    """Compare the cohort's calendar with a plan, in the order of the plan. One query.

    What has taken place and what a person pinned stays. Nothing is planned into the past.

    Raises
    ------
    BadInput
        No dates fit this start.
    """
    planned = {
        key_of(one): one for one in plan_of(version, starts_on) if not one.key.startswith("phase.")
    }
    items = {item.key: item for item in CalendarItem.objects.filter(cohort=cohort)}
    words = words_of(version)
    found = [
        shift
        for key, one in planned.items()
        if (shift := _shift(key, one, items.get(key), capfirst(words.fill(one.title)), today))
    ]
    return [*found, *_gone(items, planned.keys(), today)]


def _shift(
    key: str, one: Planned, item: CalendarItem | None, title: str, today: date
) -> Shift | None:
    after = (one.begins_on, one.ends_on)
    if item is None:
        if one.begins_on <= today:
            return None
        return Shift(key, title, Fate.NEW, None, after, one, one.moved_because)
    before = (item.on, item.on + (item.ends_on - item.computed_on))
    same = (item.computed_on, item.ends_on) == after
    if same and (item.half_days, item.minutes, item.starts_local) == (
        one.half_days, one.minutes, one.time,
    ):  # fmt: skip
        return None
    if item.happened or item.on <= today:
        return Shift(key, title, Fate.HAPPENED, before, after, one)
    if item.pinned_on is not None:
        return Shift(key, title, Fate.PINNED, before, after, one)
    return Shift(key, title, Fate.MOVES, before, after, one, one.moved_because)


def _gone(items: dict[str, CalendarItem], planned: KeysView[str], today: date) -> Iterator[Shift]:
    for key, item in items.items():
        if key in planned or item.happened or item.on <= today:
            continue
        before = (item.on, item.on + (item.ends_on - item.computed_on))
        yield Shift(key, item.title, Fate.GONE, before, None)
