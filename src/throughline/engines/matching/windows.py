"""When everybody of a series can meet. Imported where it runs: slow to load."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from throughline.engines.matching.calendars import (
    DAY_MINUTES,
    Calendar,
    Party,
    Series,
    minute_of,
    periods_of,
)
from throughline.engines.matching.wallclock import (
    Ints,
    common,
    day_of,
    free_on_wall,
    moments_of,
    offsets,
    readings,
    weekday_of,
)

MONTH_DAYS = 28


@dataclass(frozen=True, slots=True)
class Window:
    """All starts of one session, in order: the moment, what the leader's wall reads, its pattern.

    A pattern is week, weekday and start in one number: (week * 7 + weekday) * 1440 + minute.
    """

    at: Ints
    wall: Ints
    pattern: Ints

    @property
    def days(self) -> Ints:
        """Days since 1970, on the wall of who leads."""
        return self.wall // DAY_MINUTES


class Hall:
    """Windows of all sessions. Who is free when is found once a party, whatever the party is in."""

    def __init__(self, problem: Calendar) -> None:
        self.problem = problem
        self.parties = {one.key: one for one in problem.parties}
        self.firsts = np.array([day_of(one.first_on) for one in problem.periods], dtype=np.int64)
        self.lasts = np.array([day_of(one.last_on) for one in problem.periods], dtype=np.int64)
        self.first = int(self.firsts[0]) if len(self.firsts) else 0
        self.last = int(self.lasts[-1]) if len(self.lasts) else 0
        self.by_month = bool((self.lasts - self.firsts + 1 >= MONTH_DAYS).any())
        self._free: dict[str, Ints] = {}
        self._pins = {(one.series, one.period): one for one in problem.pinned}

    def free(self, key: str) -> Ints:
        """Return when a party is free."""
        if key not in self._free:
            self._free[key] = self.free_with(self.parties[key])
        return self._free[key]

    def free_with(self, party: Party) -> Ints:
        """Return when a party with these hours would be free."""
        wall = free_on_wall(party.hours, party.blackouts, self.first - 1, self.last + 2)
        return moments_of(wall, party.zone, self.first, self.last)

    def zone(self, series: Series) -> str:
        """Return the zone of who leads a series."""
        return self.parties[series.parties[0]].zone

    def windows(self, series: Series) -> dict[str, Window]:
        """Return the window of each session of a series, by period; it may be empty."""
        if not self.problem.periods:
            return {}
        spans = common([self.free(key) for key in series.parties])
        return self.windows_in(series, spans, periods_of(self.problem, series))

    def windows_in(
        self, series: Series, spans: Ints, periods: Collection[str]
    ) -> dict[str, Window]:
        """Return the windows of these periods if all were free in these spans."""
        at = self._starts(series, spans)
        wall = readings(at, self.zone(series), self.first, self.last)
        days = wall // DAY_MINUTES
        place = np.searchsorted(self.firsts, days, side="right") - 1
        inside = (place >= 0) & (days <= self.lasts[place]) if len(at) else np.zeros(0, dtype=bool)
        found = {}
        for number, period in enumerate(self.problem.periods):
            if period.key not in periods:
                continue
            if pin := self._pins.get((series.key, period.key)):
                found[period.key] = self.at_moments(series, np.array([minute_of(pin.starts_at)]))
                continue
            here = inside & (place == number)
            found[period.key] = Window(at[here], wall[here], self.patterns(wall[here]))
        return found

    def at_moments(self, series: Series, at: Ints) -> Window:
        """Return a window of just these starts."""
        wall = readings(at, self.zone(series), self.first, self.last)
        return Window(at, wall, self.patterns(wall))

    def _starts(self, series: Series, spans: Ints) -> Ints:
        step = self.problem.step_minutes
        pieces = []
        for begin, end, offset in offsets(self.zone(series), self.first, self.last):
            low = np.maximum(spans[:, 0], begin) + offset
            high = np.minimum(spans[:, 1] - series.minutes, end - 1) + offset
            low += -low % step
            many = np.maximum(0, (high - low) // step + 1)
            later = np.arange(many.sum()) - np.repeat(many.cumsum() - many, many)
            pieces.append(np.repeat(low, many) + later * step - offset)
        return np.concatenate(pieces).astype(np.int64)

    def patterns(self, wall: Ints) -> Ints:
        """Return the pattern of each start."""
        days = wall // DAY_MINUTES
        if self.by_month:
            dates = days.astype("datetime64[D]")
            in_month = (dates - dates.astype("datetime64[M]").astype("datetime64[D]")).astype(int)
            weeks = in_month // 7
        else:
            place = np.clip(np.searchsorted(self.firsts, days, side="right") - 1, 0, None)
            weeks = (days - self.firsts[place]) // 7
        pattern: Ints = (weeks * 7 + weekday_of(days)) * DAY_MINUTES + wall % DAY_MINUTES
        return pattern
