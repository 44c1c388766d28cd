"""Look at a calendar with arithmetic alone: no solver is trusted, nor asked, nor are its windows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from throughline.engines.matching.calendars import (
    MIDNIGHT,
    Blackout,
    Booking,
    Calendar,
    CalendarPlan,
    Hours,
    Party,
    Rhythm,
    Series,
    periods_of,
)
from throughline.engines.matching.checking import BrokenPlan

ONE_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def check_calendar(problem: Calendar, plan: CalendarPlan) -> None:
    """Pass a calendar that keeps to its problem and is as full as it claims.

    Raises
    ------
    BrokenPlan
        A session is unknown, held twice, in another period, off the grid, or at a time when a
        party is not free, elsewhere, or without its buffer; sessions of a series are too near; a
        pin is not kept; sessions are missing and not named; counts are not those of the plan.
    """
    for complaint in _complaints(problem, plan):
        raise BrokenPlan(complaint)


def _complaints(problem: Calendar, plan: CalendarPlan) -> Iterator[str]:
    wanted = {(one.key, period) for one in problem.series for period in periods_of(problem, one)}
    held = [(one.series, one.period) for one in plan.bookings]
    named = Counter([*held, *((one.series, one.period) for one in plan.skipped)])
    for (series, period), times in named.items():
        if (series, period) not in wanted:
            yield f"nobody asked for {series!r} in {period!r}"
        if times > 1:
            yield f"{series!r} in {period!r} is named twice"
    for series, period in sorted(wanted - named.keys()):
        yield f"{series!r} in {period!r} is neither held nor named"
    pinned = {(one.series, one.period): one.starts_at for one in problem.pinned}
    at = {(one.series, one.period): one.starts_at for one in plan.bookings}
    for session, moment in pinned.items():
        if at.get(session) != moment:
            yield f"{session[0]!r} in {session[1]!r} is pinned to another time"
    series_of = {one.key: one for one in problem.series}
    parties = {one.key: one for one in problem.parties}
    for booking in plan.bookings:
        if (booking.series, booking.period) not in pinned:
            yield from _one(problem, booking, series_of[booking.series], parties)
    yield from _apart(problem, plan, series_of, parties)
    yield from _claims(plan, series_of, parties, problem)


def _one(
    problem: Calendar, booking: Booking, series: Series, parties: dict[str, Party]
) -> Iterator[str]:
    name = f"{booking.series!r} in {booking.period!r}"
    if booking.starts_at.utcoffset() is None:
        yield f"{name} begins in no zone"
        return
    wall = booking.starts_at.astimezone(ZoneInfo(parties[series.parties[0]].zone))
    period = next(one for one in problem.periods if one.key == booking.period)
    if not period.first_on <= wall.date() <= period.last_on:
        yield f"{name} begins on {wall.date()}"
    if (wall.hour * 60 + wall.minute) % problem.step_minutes or wall.second:
        yield f"{name} begins at {wall.time()}"
    for key in series.parties:
        if (moment := first_unfree(parties[key], booking.starts_at, series.minutes)) is not None:
            yield f"{key!r} is not free for {name} at {moment:%H:%M} on {moment.date()}"


def first_unfree(party: Party, starts_at: datetime, minutes: int) -> datetime | None:
    """Return what the party's wall reads when it is first not free; nothing if it always is."""
    zone = ZoneInfo(party.zone)
    begin = starts_at.astimezone(UTC)
    end = begin + timedelta(minutes=minutes)
    moment = begin
    while moment < end:
        wall = moment.astimezone(zone)
        if not is_free(party, wall):
            return wall
        moment = min(end, _next_look(party, moment, zone, end))
    return None


def _next_look(party: Party, moment: datetime, zone: ZoneInfo, end: datetime) -> datetime:
    """Return the next moment at which being free could end: the wall reads an edge, or jumps."""
    wall = moment.astimezone(zone)
    if end.astimezone(zone).utcoffset() != wall.utcoffset():
        return moment + MINUTE
    now = wall.replace(tzinfo=None)
    midnight = datetime.combine(now.date(), MIDNIGHT)
    stretches: tuple[Hours | Blackout, ...] = (*party.hours, *party.blackouts)
    times = {time_ for one in stretches for time_ in (one.begins, one.ends)}
    edges = [midnight + ONE_DAY, *(datetime.combine(now.date(), one) for one in times)]
    return moment + min(edge - now for edge in edges if edge > now)


def is_free(party: Party, wall: datetime) -> bool:
    """Whether the party is free when its wall reads this."""
    return any(_in_hours(one, wall) for one in party.hours) and not any(
        in_blackout(one, wall) for one in party.blackouts
    )


def _in_hours(hours: Hours, wall: datetime) -> bool:
    today, begun = wall.weekday() == hours.weekday, wall.weekday() == (hours.weekday + 1) % 7
    return _within(hours.begins, hours.ends, wall.time(), today, begun)


def in_blackout(blackout: Blackout, wall: datetime) -> bool:
    """Whether a blackout is on when the wall reads this."""
    on = wall.date()
    today = blackout.first_on <= on <= blackout.last_on
    begun = blackout.first_on <= on - ONE_DAY <= blackout.last_on
    return _within(blackout.begins, blackout.ends, wall.time(), today, begun)


def _within(begins: time, ends: time, now: time, today: bool, begun: bool) -> bool:
    """Whether a stretch is on that begins today, or began yesterday and goes past midnight."""
    if ends > begins:
        return today and begins <= now < ends
    return (today and now >= begins) or (begun and now < ends)


def _apart(
    problem: Calendar, plan: CalendarPlan, series_of: dict[str, Series], parties: dict[str, Party]
) -> Iterator[str]:
    busy: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    days: dict[str, list[int]] = defaultdict(list)
    for one in plan.bookings:
        series = series_of[one.series]
        end = one.starts_at + timedelta(minutes=series.minutes + problem.buffer_minutes)
        for key in series.parties:
            busy[key].append((one.starts_at, end, one.series))
        zone = ZoneInfo(parties[series.parties[0]].zone)
        days[one.series].append(one.starts_at.astimezone(zone).toordinal())
    for key, held in busy.items():
        held.sort()
        for before, after in pairwise(held):
            if after[0] < before[1]:
                yield f"{key!r} is with {before[2]!r} when {after[2]!r} begins"
    for name, held_on in days.items():
        held_on.sort()
        for earlier, later in pairwise(held_on):
            if later - earlier < problem.gap_days:
                yield f"{name!r} meets again after {later - earlier} days"


def _claims(
    plan: CalendarPlan, series_of: dict[str, Series], parties: dict[str, Party], problem: Calendar
) -> Iterator[str]:
    claim, value = plan.certificate, len(plan.bookings)
    if claim.value != value:
        yield f"{value} sessions have a time, not {claim.value}"
    if claim.bound < value:
        yield f"{value} sessions lie above their own bound of {claim.bound}"
    if claim.kind != "gap" and claim.bound != value:
        yield f"{value} sessions are called the most, below {claim.bound}"
    mine: dict[str, list[Booking]] = defaultdict(list)
    for one in plan.bookings:
        mine[one.series].append(one)
    for rhythm in plan.rhythms:
        if rhythm.series not in series_of:
            yield f"nobody asked for {rhythm.series!r}"
            continue
        zone = ZoneInfo(parties[series_of[rhythm.series].parties[0]].zone)
        kept = sum(keeps(problem, rhythm, one, zone) for one in mine[rhythm.series])
        if kept != rhythm.kept:
            yield f"{kept} sessions of {rhythm.series!r} keep its rhythm, not {rhythm.kept}"


def keeps(problem: Calendar, rhythm: Rhythm, booking: Booking, zone: ZoneInfo) -> bool:
    """Whether a session is in the rhythm of its series."""
    wall = booking.starts_at.astimezone(zone)
    long = max((one.last_on - one.first_on).days + 1 for one in problem.periods) >= 28
    period = next(one for one in problem.periods if one.key == booking.period)
    since = wall.day - 1 if long else (wall.date() - period.first_on).days
    return (since // 7 + 1, wall.weekday(), wall.time()) == (
        rhythm.week, rhythm.weekday, rhythm.begins,
    )  # fmt: skip
