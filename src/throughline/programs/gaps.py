"""The stretches before, between and after a cohort's convenings, and what is placed in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.blueprint.moments import parse_span
from throughline.people.models import Person
from throughline.programs import hooks
from throughline.programs.almanac import Almanac
from throughline.programs.blueprint import ProgramSection
from throughline.programs.models import CalendarItem, Cohort
from throughline.programs.order import in_order_of_file
from throughline.programs.sections import section
from throughline.programs.titles import told_date
from throughline.programs.words import Words, words_of

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placed:
    """Something that lies in a stretch: on a day, or at any time of it."""

    title: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time between two convenings, from its first to its last day."""

    title: str
    first: date
    last: date
    placed: Sequence[Placed]
    services: Sequence[str]

    @property
    def weeks(self) -> str:
        """Say how long it is."""
        count = max(((self.last - self.first).days + 1) // 7, 1)
        return ngettext("%(count)d week", "%(count)d weeks", count) % {"count": count}


def gaps_of(person: Person, cohort: Cohort, items: Sequence[CalendarItem]) -> list[Gap]:
    """Return a place for services and tasks before, between and after convenings.

    What is placed there: tasks of convenings, by the day they are due, and what higher apps plan.
    The number of queries does not depend on the number of stretches.
    """
    events = sorted((one for one in items if one.half_days), key=lambda one: one.on)
    if not events:
        return []
    words = words_of(cohort.version)
    placed = [*_tasks(cohort, events, words)]
    for ask in hooks.PLACED_BETWEEN:
        placed.extend(Placed(title, day) for day, title in ask(person, cohort))
    placed.sort(key=lambda one: (one.day or cohort.ends_on, one.title))
    services = _services(cohort, words)
    return [
        Gap(title, first, last, [one for one in placed if _lies(one, first, last)], services)
        for title, first, last in _stretches(cohort, events, placed)
        if first <= last
    ]


def _stretches(
    cohort: Cohort, events: Sequence[CalendarItem], placed: Sequence[Placed]
) -> Iterator[tuple[str, date, date]]:
    """Yield each stretch with its days; the first begins with the earliest task."""
    name = {one.pk: f"{told_date(cohort.version, one)} {one.number}" for one in events}
    begins = min([cohort.starts_on, *(one.day for one in placed[:1] if one.day)])
    before = _("Before %(convening)s") % {"convening": name[events[0].pk]}
    yield before, begins, events[0].on - ONE
    for one, following in pairwise(events):
        between = _("Between %(one)s and %(following)s") % {
            "one": name[one.pk], "following": name[following.pk],
        }  # fmt: skip
        yield between, _last_day(one) + ONE, following.on - ONE
    after = _("After %(convening)s") % {"convening": name[events[-1].pk]}
    yield after, _last_day(events[-1]) + ONE, cohort.ends_on


def _tasks(cohort: Cohort, events: Sequence[CalendarItem], words: Words) -> Iterator[Placed]:
    """Yield the tasks of each convening on the day they are due."""
    almanac = Almanac(section(cohort.version, "program", ProgramSection).calendar)
    series = cohort.version.parsed.get("convenings", {}).get("series", {})
    for event in events:
        for task in series.get(event.series, {}).get("tasks", []):
            if "due" not in task:
                continue
            is_before = task.get("before", True)
            from_on = event.on if is_before else _last_day(event)
            due = almanac.step(from_on, parse_span(task["due"]), -1 if is_before else 1)
            yield Placed(words.fill(task["title"]), due)


def _services(cohort: Cohort, words: Words) -> list[str]:
    """Return what a district may ask for at any time of a stretch."""
    catalog = in_order_of_file(cohort.version, "coaching").get("coaching", {}).get("services", {})
    return [words.fill(one["title"]) for one in catalog.values()]


def _last_day(item: CalendarItem) -> date:
    return item.on + (item.ends_on - item.computed_on)


def _lies(one: Placed, first: date, last: date) -> bool:
    return one.day is not None and first <= one.day <= last
