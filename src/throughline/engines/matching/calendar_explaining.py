"""Say why a session has its time, and what stands in the way of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from throughline.engines.matching.calendar_checking import first_unfree, in_blackout, keeps
from throughline.engines.matching.calendar_repair import repair_calendar
from throughline.engines.matching.calendars import (
    Booking,
    Calendar,
    CalendarPlan,
    Party,
    Series,
    minute_of,
    periods_of,
)
from throughline.engines.matching.problems import Infeasible, InvalidProblem


@dataclass(frozen=True, slots=True)
class Blocked:
    """A party that stands in the way of a time; ``wall`` is what its clock then reads."""

    party: str
    wall: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class WhyTime:
    """Why a session is at this time, or is not.

    ``walls`` say what each party's clock reads when it begins; ``starts`` is how many starts in
    the period all parties share, ``open`` at how many of them no other session is in the way. If
    it were pinned to a time that all parties share, ``moves`` would move or fall out, and ``lost``
    sessions fewer would be held; nothing where it is held then, or cannot be.
    """

    series: str
    period: str
    starts_at: datetime
    held: bool
    in_rhythm: bool
    walls: tuple[tuple[str, datetime], ...]
    starts: int
    open: int
    blocked: tuple[Blocked, ...]
    moves: tuple[Booking, ...] = ()
    lost: int | None = None


def why_calendar(
    problem: Calendar,
    plan: CalendarPlan,
    series: str,
    period: str,
    at: datetime | None = None,
) -> WhyTime:
    """Say what holds a session at a time, or keeps it from it, party by party.

    Without a time, the one that the session has.

    Raises
    ------
    InvalidProblem
        Nobody asked for this session; or the time has no zone, or none is given and it has none.
    """
    from throughline.engines.matching.diaries import (  # noqa: PLC0415 - slow import
        sessions_held,
        wanted,
    )

    mine = next((one for one in problem.series if one.key == series), None)
    if mine is None or period not in periods_of(problem, mine):
        raise InvalidProblem("series", (series, period), "a session that is asked for")
    if at is None:
        own = ((one.series, one.period) == (series, period) for one in plan.bookings)
        at = next((one.starts_at for one, it in zip(plan.bookings, own, strict=True) if it), None)
    if at is None or at.tzinfo is None:
        raise InvalidProblem("at", at, "a time with its zone")
    parties = {one.key: one for one in problem.parties}
    window = (asked := wanted(problem)).windows[problem.series.index(mine), period]
    diary = sessions_held(asked, plan.bookings)
    booking = Booking(series, period, at)
    zone = ZoneInfo(parties[mine.parties[0]].zone)
    rhythm = next((one for one in plan.rhythms if one.series == series), None)
    said = WhyTime(
        series,
        period,
        at,
        booking in plan.bookings,
        rhythm is not None and keeps(problem, rhythm, booking, zone),
        tuple((key, at.astimezone(ZoneInfo(parties[key].zone))) for key in mine.parties),
        len(window.at),
        len(diary.open_starts((problem.series.index(mine), period))),
        (
            *_outside(problem, mine, period, at),
            *(one for key in mine.parties for one in _hours(parties[key], mine, at)),
            *_taken(problem, plan, mine, period, at),
        ),
    )
    return said if said.held or minute_of(at) not in window.at else _pinned(problem, plan, said)


def _pinned(problem: Calendar, plan: CalendarPlan, said: WhyTime) -> WhyTime:
    """Say what would move if the session were pinned to this time."""
    pin = Booking(said.series, said.period, said.starts_at)
    session = (said.series, said.period)
    others = tuple(one for one in problem.pinned if (one.series, one.period) != session)
    try:
        new = repair_calendar(replace(problem, pinned=(*others, pin)), plan.bookings)
    except Infeasible:
        return said
    gone = (*new.forced, *new.moved)
    moves = tuple(one for one in gone if (one.series, one.period) != session)
    return replace(said, moves=moves, lost=len(plan.bookings) - len(new.plan.bookings))


def _outside(problem: Calendar, series: Series, period: str, at: datetime) -> Sequence[Blocked]:
    leader = next(one for one in problem.parties if one.key == series.parties[0])
    wall = at.astimezone(ZoneInfo(leader.zone))
    bounds = next(one for one in problem.periods if one.key == period)
    found = []
    if not bounds.first_on <= wall.date() <= bounds.last_on:
        found.append(Blocked(leader.key, wall, f"outside {period}"))
    if (wall.hour * 60 + wall.minute) % problem.step_minutes or wall.second:
        found.append(Blocked(leader.key, wall, f"not on a start of {problem.step_minutes} minutes"))
    return found


def _hours(party: Party, series: Series, at: datetime) -> Sequence[Blocked]:
    wall = first_unfree(party, at, series.minutes)
    if wall is None:
        return ()
    dark = next((one for one in party.blackouts if in_blackout(one, wall)), None)
    reason = "outside its hours" if dark is None else f"not free: {dark.reason or 'blackout'}"
    return (Blocked(party.key, wall, reason),)


def _taken(
    problem: Calendar, plan: CalendarPlan, series: Series, period: str, at: datetime
) -> Sequence[Blocked]:
    """Say which sessions of the plan are in the way."""
    parties = {one.key: one for one in problem.parties}
    series_of = {one.key: one for one in problem.series}
    buffer = timedelta(minutes=problem.buffer_minutes)
    end = at + timedelta(minutes=series.minutes) + buffer
    zone = ZoneInfo(parties[series.parties[0]].zone)
    found = []
    for one in plan.bookings:
        if (one.series, one.period) == (series.key, period):
            continue
        wall = one.starts_at.astimezone(zone)
        days = abs(wall.toordinal() - at.astimezone(zone).toordinal())
        if one.series == series.key and days < problem.gap_days:
            reason = f"{days} days from its session in {one.period}"
            found.append(Blocked(series.parties[0], wall, reason))
            continue
        other = series_of[one.series]
        until = one.starts_at + timedelta(minutes=other.minutes) + buffer
        if one.starts_at < end and at < until:
            walls = (
                (key, one.starts_at.astimezone(ZoneInfo(parties[key].zone)))
                for key in series.parties
                if key in other.parties
            )
            found += [Blocked(key, there, f"with {one.series}") for key, there in walls]
    return found
