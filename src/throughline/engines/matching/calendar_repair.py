"""Change a calendar as little as can be when somebody's hours have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from throughline.engines.matching.calendar_solving import STEPS_A_UNIT, checked
from throughline.engines.matching.calendars import Booking, Calendar, CalendarPlan
from throughline.engines.matching.working import Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.calendar_work import Search


@dataclass(frozen=True, slots=True)
class CalendarRepair:
    """The calendar nearest to an old one.

    ``forced`` bookings of the old one cannot stay; ``moved`` gave way to others. ``into`` are the
    bookings that are new.
    """

    plan: CalendarPlan
    kept: tuple[Booking, ...]
    forced: tuple[Booking, ...]
    moved: tuple[Booking, ...]
    into: tuple[Booking, ...]


def repair_calendar(
    problem: Calendar,
    old: Sequence[Booking],
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> CalendarRepair:
    """Keep every booking that can stay; give the others the open start that is nearest.

    The problem is as it now is. A booking is forced to move if a party is no longer free then, if
    it is no longer asked for, or if it overlaps what is pinned. Others move only where a session
    would have no time otherwise.

    Raises
    ------
    Infeasible
        What is pinned overlaps.
    Cancelled
        Whoever watches said stop.
    """
    from throughline.engines.matching.calendar_work import Search  # noqa: PLC0415 - slow import
    from throughline.engines.matching.diaries import old_moments  # noqa: PLC0415 - slow import

    search = Search(problem, Work(limits, watch, STEPS_A_UNIT))
    search.old = old_moments(search.asked, old)
    search.resume()
    plan = checked(problem, search)
    now = set(plan.bookings)
    gone = [one for one in old if one not in now]
    forced = tuple(one for one in gone if _must_move(search, one))
    before = set(old)
    return CalendarRepair(
        plan,
        tuple(one for one in old if one in now),
        forced,
        tuple(one for one in gone if one not in forced),
        tuple(one for one in plan.bookings if one not in before),
    )


def _must_move(search: Search, one: Booking) -> bool:
    """Whether a booking is at no start of its window, or overlaps what is pinned."""
    place = {series.key: number for number, series in enumerate(search.asked.series)}
    session = (place.get(one.series, -1), one.period)
    start = search.old_start(session)
    if start is None:
        return True
    from throughline.engines.matching.diaries import Diary  # noqa: PLC0415 - slow import

    pins = Diary(search.asked)
    for pinned in search.asked.pinned:
        pins.put(pinned, 0)
    return bool(pins.in_the_way(session, start))
