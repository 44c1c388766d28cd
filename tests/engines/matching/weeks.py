"""Small calendars, and every way to hold their sessions, read minute by minute off the walls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import product
from math import prod
from zoneinfo import ZoneInfo

from hypothesis import strategies as some

from throughline.engines.matching import Blackout, Calendar, Hours, Party, Period, Series
from throughline.engines.matching.calendars import periods_of

ZONES = (
    "America/New_York", "America/Phoenix", "America/Anchorage", "Europe/London", "Asia/Tokyo",
    "Asia/Kathmandu", "Australia/Lord_Howe",
)  # fmt: skip
CHANGES = tuple(
    date(2026, month, day) for month, day in ((3, 8), (3, 29), (4, 5), (10, 4), (10, 25), (11, 1))
)
"""Days on which clocks change in New York, London and on Lord Howe Island (by half an hour)."""


def free_on(party: Party, wall: datetime) -> bool:
    """Whether somebody is free when the wall reads this, by looking at every rule."""

    def within(begins: time, ends: time, since: int) -> bool:
        begin = begins.hour * 60 + begins.minute
        end = ends.hour * 60 + ends.minute
        end += 1440 if end <= begin else 0
        return begin <= wall.hour * 60 + wall.minute + since * 1440 < end

    days = [(since, wall.date() - timedelta(days=since)) for since in (0, 1)]
    free = any(
        on.weekday() == one.weekday and within(one.begins, one.ends, since)
        for one in party.hours
        for since, on in days
    )
    dark = any(
        one.first_on <= on <= one.last_on and within(one.begins, one.ends, since)
        for one in party.blackouts
        for since, on in days
    )
    return free and not dark


def starts_by_hand(problem: Calendar, series: Series, period: Period) -> list[datetime]:
    """Try every minute of a period."""
    parties = [next(one for one in problem.parties if one.key == key) for key in series.parties]
    zones = [ZoneInfo(one.zone) for one in parties]

    @cache
    def all_free(moment: datetime) -> bool:
        return all(
            free_on(one, moment.astimezone(zone)) for one, zone in zip(parties, zones, strict=True)
        )

    found = []
    moment = datetime.combine(period.first_on - timedelta(days=2), time(0), UTC)
    while moment.date() <= period.last_on + timedelta(days=2):
        wall = moment.astimezone(zones[0])
        on_grid = (wall.hour * 60 + wall.minute) % problem.step_minutes == 0
        inside = period.first_on <= wall.date() <= period.last_on
        if on_grid and inside:
            minutes = (moment + timedelta(minutes=more) for more in range(series.minutes))
            if all(all_free(one) for one in minutes):
                found.append(moment)
        moment += timedelta(minutes=5)
    return found


def ways(problem: Calendar) -> Iterator[dict[tuple[str, str], datetime]]:
    """Every way to hold sessions or leave them out."""
    periods = {one.key: one for one in problem.periods}
    pins = {(one.series, one.period): one.starts_at for one in problem.pinned}
    series_of = {one.key: one for one in problem.series}
    sessions = [(one.key, key) for one in problem.series for key in periods_of(problem, one)]
    each: list[list[datetime | None]] = [
        [pins[one]]
        if one in pins
        else [None, *starts_by_hand(problem, series_of[one[0]], periods[one[1]])]
        for one in sessions
    ]
    for choice in product(*each):
        way = {one: at for one, at in zip(sessions, choice, strict=True) if at is not None}
        held = list(way.items())
        if all(
            _fit(problem, series_of, one, other)
            for place, one in enumerate(held)
            for other in held[:place]
        ):
            yield way


def _fit(problem: Calendar, series_of: dict[str, Series], one, other) -> bool:
    (key, _period), at = one
    (other_key, _other_period), other_at = other
    mine, theirs = series_of[key], series_of[other_key]
    buffer = timedelta(minutes=problem.buffer_minutes)
    if set(mine.parties) & set(theirs.parties):
        end = at + timedelta(minutes=mine.minutes) + buffer
        other_end = other_at + timedelta(minutes=theirs.minutes) + buffer
        if at < other_end and other_at < end:
            return False
    if key == other_key:
        zone = next(one.zone for one in problem.parties if one.key == mine.parties[0])
        days = [moment.astimezone(ZoneInfo(zone)).date() for moment in (at, other_at)]
        gap: bool = abs((days[0] - days[1]).days) >= problem.gap_days
        return gap
    return True


def how_many(problem: Calendar) -> int:
    """How many ways there are to choose a start or none for every session."""
    return prod(
        1 + len(starts_by_hand(problem, series, period))
        for series in problem.series
        for period in problem.periods
    )


@some.composite
def parties(draw, key: str):
    hours = []
    for _one in range(draw(some.integers(1, 4))):
        begins, ends = draw(
            some.sampled_from(((0, 5), (1, 3), (2, 8), (9, 12), (13, 17), (22, 3), (23, 0)))
        )
        hours.append(Hours(draw(some.sampled_from((5, 6, 0))), time(begins), time(ends)))
    blackouts = []
    if draw(some.booleans()):
        on = draw(some.sampled_from(CHANGES))
        begins, ends = draw(some.sampled_from(((0, 0), (1, 2), (2, 10), (21, 2))))
        blackouts.append(Blackout(on, on, time(begins), time(ends), "away"))
    return Party(key, draw(some.sampled_from(ZONES)), tuple(hours), tuple(blackouts))


@some.composite
def calendars(draw, most_series: int = 3):
    """Days around one on which clocks change."""
    people = tuple(draw(parties(f"p{number}")) for number in range(draw(some.integers(2, 3))))
    change = draw(some.sampled_from(CHANGES))
    first = Period("one", change - timedelta(days=1), change)
    second = Period("two", change + timedelta(days=1), change + timedelta(days=1))
    series = []
    for number in range(draw(some.integers(1, most_series))):
        keys = draw(some.permutations([one.key for one in people]))
        many = draw(some.integers(1, 2))
        series.append(
            Series(f"s{number}", tuple(keys[:many]), draw(some.sampled_from((60, 90, 120))))
        )
    return Calendar(
        people, (first, second), tuple(series), draw(some.sampled_from((0, 15))),
        draw(some.integers(0, 2)), draw(some.sampled_from((60, 120))),
    )  # fmt: skip
