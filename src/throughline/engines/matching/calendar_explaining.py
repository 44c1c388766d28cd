"""Say why a session has its time, what stands in the way of another, and what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from throughline.engines.matching.calendar_checking import first_unfree, in_blackout, keeps
from throughline.engines.matching.calendars import (
    Booking,
    Calendar,
    CalendarPlan,
    Hours,
    Party,
    Series,
    periods_of,
)
from throughline.engines.matching.serving import smallest
from throughline.engines.matching.problems import Conflict, InvalidProblem

if TYPE_CHECKING:
    from throughline.engines.matching.diaries import Session, Wanted


ALWAYS = tuple(Hours(day, time(0), time(0)) for day in range(7))


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
    the period all parties share, ``open`` at how many of them no other session is in the way.
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
    asked = wanted(problem)
    session = (problem.series.index(mine), period)
    diary = sessions_held(asked, plan.bookings)
    held = Booking(series, period, at) in plan.bookings
    zone = ZoneInfo(parties[mine.parties[0]].zone)
    rhythm = next((one for one in plan.rhythms if one.series == series), None)
    booking = Booking(series, period, at)
    return WhyTime(
        series,
        period,
        at,
        held,
        rhythm is not None and keeps(problem, rhythm, booking, zone),
        tuple((key, at.astimezone(ZoneInfo(parties[key].zone))) for key in mine.parties),
        len(asked.windows[session].at),
        len(diary.open_starts(session)),
        (
            *_outside(problem, mine, period, at),
            *(one for key in mine.parties for one in _hours(parties[key], mine, at)),
            *_taken(problem, plan, mine, period, at),
        ),
    )


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


def conflicts_calendar(problem: Calendar, plan: CalendarPlan) -> tuple[Conflict, ...]:
    """Say for each session that has no time what cannot hold together.

    Where parties have no common window: whose hours and blackouts, none of which can be spared.
    Where sessions compete: which sessions cannot all be held, each of which can be spared; only if
    the solver can prove it, so a session that is merely not placed has no conflict.

    Notes
    -----
    Deletion filters: what still fails without something did not need it.
    """
    from throughline.engines.matching.diaries import wanted  # noqa: PLC0415 - slow import

    asked = wanted(problem)
    found: dict[tuple[str, ...], Conflict] = {}
    for one in plan.skipped:
        series = next(other for other in problem.series if other.key == one.series)
        conflict: Conflict | None
        if one.reason == "no common window":
            conflict = _no_window(problem, series, one.period)
        else:
            conflict = _contention(asked, (problem.series.index(series), one.period))
        if conflict is not None:
            found.setdefault((conflict.sentence, *conflict.core), conflict)
    return tuple(found.values())


def _no_window(problem: Calendar, series: Series, period: str) -> Conflict:
    from throughline.engines.matching.wallclock import common  # noqa: PLC0415 - slow import
    from throughline.engines.matching.windows import Hall  # noqa: PLC0415 - slow import

    hall = Hall(problem)
    parts = [
        part
        for key in series.parties
        for part in (
            (key, "hours"),
            *((key, str(place)) for place in range(len(hall.parties[key].blackouts))),
        )
    ]

    def fails(some: list[int]) -> bool:
        kept = {parts[place] for place in some}
        spans = [hall.free_with(_with_parts(hall.parties[key], kept)) for key in series.parties]
        return not len(hall.windows_in(series, common(spans), (period,))[period].at)

    core = smallest(list(range(len(parts))), fails)
    names = tuple(_part_name(hall.parties[parts[one][0]], parts[one][1]) for one in core)
    return Conflict(names, f"{series.key}: no common window in {period}: {', '.join(names)}")


def _with_parts(party: Party, kept: set[tuple[str, str]]) -> Party:
    """Return a party with only these of its rules; without its hours it is always free."""
    dark = tuple(
        one for place, one in enumerate(party.blackouts) if (party.key, str(place)) in kept
    )
    hours = party.hours if (party.key, "hours") in kept else ALWAYS
    return replace(party, hours=hours, blackouts=dark)


def _part_name(party: Party, part: str) -> str:
    if part == "hours":
        return f"the hours of {party.key}"
    one = party.blackouts[int(part)]
    days = f"{one.first_on} to {one.last_on}" if one.first_on != one.last_on else f"{one.first_on}"
    return f"{party.key} is not free on {days}" + (f" ({one.reason})" if one.reason else "")


def _contention(asked: Wanted, session: Session) -> Conflict | None:
    """Return sessions around one that cannot all be held, each of which can be spared."""
    circle = _around(asked, session)
    near = [one for one in circle if one[1] == session[1] or one[0] == session[0]]
    for some in (near, circle):
        if _cannot(asked, some):
            core = smallest(list(range(len(some))), partial(_cannot_these, asked, some))
            return _named(asked, [some[one] for one in core])
    return None


def _cannot_these(asked: Wanted, some: Sequence[Session], places: list[int]) -> bool:
    return _cannot(asked, [some[one] for one in places])


def _around(asked: Wanted, session: Session) -> list[Session]:
    from throughline.engines.matching.diaries import circles  # noqa: PLC0415 - slow import

    circle = next(one for one in circles(asked) if session[0] in one)
    every = [other for place in circle for other in asked.of(place)]
    return [one for one in every if len(asked.windows[one].at)]


def _cannot(asked: Wanted, some: Sequence[Session]) -> bool:
    import numpy as np  # noqa: PLC0415 - slow import

    from throughline.engines.matching.calendar_program import settle  # noqa: PLC0415 - slow import

    options = {one: np.arange(len(asked.windows[one].at)) for one in some}
    settled = settle(asked, options, lambda _one, starts: np.zeros_like(starts))
    return settled is not None and settled.most is not None and settled.most < len(some)


def _named(asked: Wanted, some: Sequence[Session]) -> Conflict:
    names = tuple(f"{asked.series[place].key} in {period}" for place, period in some)
    keys = [set(asked.series[place].parties) for place, _period in some]
    shared = sorted(set.intersection(*keys))
    minutes = sum(asked.series[place].minutes for place, _period in some)
    ends = f" with {', '.join(shared)}" if shared else ""
    return Conflict(
        names,
        f"{', '.join(names)}: {len(some)} sessions, {minutes} minutes{ends}, cannot all be held",
    )
