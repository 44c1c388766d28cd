"""Find times for sessions: in rhythm first, then near it, then by moving what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from throughline.engines.matching.calendar_checking import check_calendar
from throughline.engines.matching.calendars import Calendar, CalendarPlan
from throughline.engines.matching.working import Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.calendar_work import Search

STEPS_A_UNIT = 2_000
"""Sessions that are looked at in about a second."""


def calendar(
    problem: Calendar, *, limits: Limits = Limits(), watch: Watch | None = None
) -> CalendarPlan:
    """Give as many sessions a time as can be, most of them in a rhythm that people remember.

    Sessions without a time are named with the reason: those whose parties have no common window;
    those whose windows are too near the series' other sessions; those whose parties are taken by
    other series. Chance has no part in it: the same problem gives the same plan.

    Raises
    ------
    Infeasible
        What is pinned overlaps.
    Cancelled
        Whoever watches said stop.

    Notes
    -----
    Windows, once a party; a pattern (week, weekday, start) for each series by one assignment for
    each leader; then the nearest open start for what is left; then what is in the way moves; then
    a mixed-integer program for parties who still compete. The bound counts for each series the
    sessions that it could have if nobody else met anybody, or is the program's, where that is
    smaller.

    Examples
    --------
    >>> from datetime import date, time
    >>> from throughline.engines.matching import Hours, Party, Series, months
    >>> mornings = tuple(Hours(day, time(9), time(12)) for day in range(5))
    >>> coach = Party("coach", "America/New_York", mornings)
    >>> team = Party("team", "America/Los_Angeles", mornings)
    >>> monthly = Series("coaching", ("coach", "team"), 60)
    >>> problem = Calendar((coach, team), months(date(2026, 9, 1), 2), (monthly,), step_minutes=60)
    >>> calendar(problem).skipped
    (Skipped(series='coaching', period='2026-09', reason='no common window'), \
Skipped(series='coaching', period='2026-10', reason='no common window'))
    >>> early = Party("team", "America/Los_Angeles", (Hours(1, time(8), time(12)),))
    >>> plan = calendar(Calendar((coach, early), problem.periods, (monthly,), step_minutes=60))
    >>> [f"{one.starts_at:%d %B %H:%M}" for one in plan.bookings]
    ['01 September 15:00', '06 October 15:00']
    """
    from throughline.engines.matching.calendar_work import Search  # noqa: PLC0415 - slow import

    search = Search(problem, Work(limits, watch, STEPS_A_UNIT))
    search.run()
    return checked(problem, search)


def checked(problem: Calendar, search: Search) -> CalendarPlan:
    """Return the plan of a search, if it passes."""
    plan = search.plan()
    check_calendar(problem, plan)
    return plan
