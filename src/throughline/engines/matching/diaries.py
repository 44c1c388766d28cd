"""Who has which session when, and what stands in whose way. Imported where it runs: slow to load."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.calendars import (
    Booking,
    Calendar,
    Series,
    minute_of,
    periods_of,
)
from throughline.engines.matching.wallclock import Ints
from throughline.engines.matching.windows import Hall, Window

Session = tuple[int, str]
"""The place of its series in the problem, and the key of its period."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """All sessions that are asked for, and their windows."""

    problem: Calendar
    series: tuple[Series, ...]
    windows: dict[Session, Window]
    pinned: frozenset[Session]
    periods: tuple[tuple[str, ...], ...]

    def of(self, place: int) -> list[Session]:
        """Return the sessions of one series, in the order of their periods."""
        return [(place, period) for period in self.periods[place]]

    def can_be(self) -> dict[int, int]:
        """Return how many sessions each series could have if nobody else met anybody.

        The earliest day that is far enough from the last leaves most room for those that follow,
        so taking it again and again counts the most.
        """
        most = dict.fromkeys(range(len(self.series)), 0)
        last: dict[int, int] = {}
        for (place, _period), window in self.windows.items():
            days = window.days
            if place in last:
                days = days[days >= last[place] + self.problem.gap_days]
            if len(days):
                most[place] += 1
                last[place] = int(days.min())
        return most


def wanted(problem: Calendar, hall: Hall | None = None) -> Wanted:
    """Find all windows."""
    hall = hall or Hall(problem)
    place = {one.key: number for number, one in enumerate(problem.series)}
    found = {
        (number, period): window
        for number, series in enumerate(problem.series)
        for period, window in hall.windows(series).items()
    }
    pins = frozenset((place[one.series], one.period) for one in problem.pinned)
    periods = tuple(periods_of(problem, one) for one in problem.series)
    return Wanted(problem, problem.series, found, pins, periods)


class Diary:
    """Sessions that have a time: for each the place of its start in its window."""

    def __init__(self, asked: Wanted) -> None:
        self.asked = asked
        self.buffer = asked.problem.buffer_minutes
        self.gap = asked.problem.gap_days
        self.held: dict[Session, int] = {}
        self._busy: dict[str, list[tuple[int, int, Session]]] = {
            one.key: [] for one in asked.problem.parties
        }
        self._longest = max((one.minutes for one in asked.series), default=0) + self.buffer

    def begins(self, session: Session) -> int:
        """Return when a session that is held begins."""
        return int(self.asked.windows[session].at[self.held[session]])

    def put(self, session: Session, start: int) -> None:
        """Hold a session at one of its starts."""
        self.held[session] = start
        at = self.begins(session)
        series = self.asked.series[session[0]]
        for key in series.parties:
            insort(self._busy[key], (at, at + series.minutes + self.buffer, session))

    def take(self, session: Session) -> int:
        """Hold a session no longer; return its start."""
        at = self.begins(session)
        series = self.asked.series[session[0]]
        for key in series.parties:
            self._busy[key].remove((at, at + series.minutes + self.buffer, session))
        return self.held.pop(session)

    def in_the_way(self, session: Session, start: int) -> list[Session]:
        """Return the sessions that would have to move for this one to have this start."""
        window, series = self.asked.windows[session], self.asked.series[session[0]]
        at, day = int(window.at[start]), int(window.days[start])
        end = at + series.minutes + self.buffer
        found: dict[Session, None] = {}
        for key in series.parties:
            busy = self._busy[key]
            for begin, until, other in busy[bisect_left(busy, (at - self._longest,)) :]:
                if begin >= end:
                    break
                if until > at and other != session:
                    found[other] = None
        for other, own in self._own(session):
            if abs(own - day) < self.gap:
                found[other] = None
        return list(found)

    def open_starts(self, session: Session) -> Ints:
        """Return the places of starts that nothing stands in the way of."""
        window, series = self.asked.windows[session], self.asked.series[session[0]]
        fits: NDArray[np.bool_] = np.ones(len(window.at), dtype=np.bool_)
        for key in series.parties:
            busy = [one for one in self._busy[key] if one[2] != session]
            if busy:
                taken = np.array([one[:2] for one in busy])
                follows = np.searchsorted(taken[:, 0], window.at, side="right")
                before = np.concatenate([[np.iinfo(np.int64).min], taken[:, 1]])[follows]
                after = np.concatenate([taken[:, 0], [np.iinfo(np.int64).max]])[follows]
                fits &= before <= window.at
                fits &= after >= window.at + series.minutes + self.buffer
        for _other, own in self._own(session):
            fits &= np.abs(window.days - own) >= self.gap
        return np.flatnonzero(fits)

    def _own(self, session: Session) -> list[tuple[Session, int]]:
        """Return other sessions of the same series, and their days."""
        return [
            (other, int(self.asked.windows[other].days[self.held[other]]))
            for other in self.asked.of(session[0])
            if other in self.held and other != session
        ]


def circles(asked: Wanted) -> list[list[int]]:
    """Return series that share parties, directly or through others, in the order of the problem."""
    head = list(range(len(asked.series)))

    def top(one: int) -> int:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    first: dict[str, int] = {}
    for place, series in enumerate(asked.series):
        for key in series.parties:
            other = top(first.setdefault(key, place))
            mine = top(place)
            head[max(mine, other)] = min(mine, other)
    found: dict[int, list[int]] = {}
    for place in range(len(asked.series)):
        found.setdefault(top(place), []).append(place)
    return list(found.values())


def old_moments(asked: Wanted, old: Sequence[Booking]) -> dict[Session, int]:
    """Return when an old plan had sessions that are still asked for."""
    place = {one.key: number for number, one in enumerate(asked.series)}
    found = {
        (place[one.series], one.period): minute_of(one.starts_at)
        for one in old
        if one.series in place
    }
    return {session: at for session, at in found.items() if session in asked.windows}


def sessions_held(asked: Wanted, bookings: Sequence[Booking]) -> Diary:
    """Hold the sessions of a plan."""
    diary = Diary(asked)
    for session, at in old_moments(asked, bookings).items():
        found = np.flatnonzero(asked.windows[session].at == at)
        if len(found):
            diary.put(session, int(found[0]))
    return diary
