"""The search for times. Imported where it runs: slow to load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

import numpy as np

from throughline.engines.matching.calendar_program import settle
from throughline.engines.matching.calendars import (
    DAY_MINUTES,
    Booking,
    Calendar,
    CalendarPlan,
    Reason,
    Rhythm,
    Skipped,
    moment,
)
from throughline.engines.matching.diaries import (
    Diary,
    Session,
    circles,
    wanted,
)
from throughline.engines.matching.problems import Certificate, Infeasible
from throughline.engines.matching.rhythms import (
    Rhythms,
    best_rhythms,
    by_leader,
    hold_rhythms,
    nearest_first,
)
from throughline.engines.matching.wallclock import Ints
from throughline.engines.matching.working import Work

MOST_STARTS = 6_000
"""Starts up to which parties who compete are settled over all periods at once."""


class Search:
    """Holds sessions step by step; what it holds is a valid calendar after every step."""

    def __init__(self, problem: Calendar, work: Work) -> None:
        self.problem, self.work = problem, work
        self.asked = wanted(problem)
        self.diary = Diary(self.asked)
        self.rhythms: Rhythms = {}
        self.alone = self.asked.can_be()
        self.bounds: dict[int, int] = {}
        """The most sessions of all series of a circle together, by the first of them."""
        self.old: dict[Session, int] = {}
        """Moments that an old plan had."""
        self.circles = circles(self.asked)
        self._hold_pins()

    def run(self) -> None:
        """Hold as many sessions as this search can."""
        self._tell("windows")
        for some in by_leader(self.asked):
            self.rhythms |= best_rhythms(self.asked, some)
        hold_rhythms(self.diary, self.rhythms)
        self._tell("rhythm")
        self.fill()
        self._tell("gaps")
        self.make_room()
        self._tell("room")
        self.compete()

    def resume(self) -> None:
        """Hold again what an old plan held, as much as can be; then go on as ever."""
        self._tell("windows")
        for session in self.old:
            start = self.old_start(session)
            free = start is not None and session not in self.diary.held
            if start is not None and free and not self.diary.in_the_way(session, start):
                self.diary.put(session, start)
        self.rhythms = self._usual()
        self._tell("kept")
        self.fill()
        self._tell("gaps")
        self.make_room()
        self._tell("room")
        self.compete()

    def old_start(self, session: Session) -> int | None:
        """Return the place in its window of the start that an old plan had, if it is still there."""
        if session not in self.old:
            return None
        found = np.flatnonzero(self.asked.windows[session].at == self.old[session])
        return int(found[0]) if len(found) else None

    def _usual(self) -> Rhythms:
        """Return the pattern that each series held most often."""
        found: Rhythms = {}
        for place in range(len(self.asked.series)):
            patterns = [
                int(self.asked.windows[one].pattern[self.diary.held[one]])
                for one in self.asked.of(place)
                if one in self.diary.held
            ]
            if patterns:
                found[place] = max(patterns, key=lambda one: (patterns.count(one), -one))
        return found

    def _hold_pins(self) -> None:
        for session in self.asked.windows:
            if session in self.asked.pinned:
                for other in self.diary.in_the_way(session, 0):
                    names = tuple(self.name(one) for one in (other, session))
                    raise Infeasible(names, f"{' and '.join(names)}: pinned too near each other")
                self.diary.put(session, 0)

    def name(self, session: Session) -> str:
        """Name a session in words."""
        return f"{self.asked.series[session[0]].key} in {session[1]}"

    def _tell(self, phase: str) -> None:
        if self.work.watch:
            plan = self.plan()
            self.work.tell(phase, plan.certificate.value, plan.certificate.bound, plan)

    def missing(self) -> list[Session]:
        """Return sessions with a window and no time, those with the fewest starts first."""
        sizes = {one: len(window.at) for one, window in self.asked.windows.items()}
        left = [one for one in sizes if sizes[one] and one not in self.diary.held]
        return sorted(left, key=sizes.__getitem__)

    def fill(self) -> None:
        """Give open starts away, the nearest to its rhythm first."""
        for session in self.missing():
            self.work.spend()
            self.give(session)

    def give(self, session: Session, *, but: int | None = None) -> bool:
        """Hold a session at the best of its open starts, if it has one."""
        starts = self.diary.open_starts(session)
        starts = starts[starts != but] if but is not None else starts
        if not len(starts):
            return False
        self.diary.put(session, int(self.by_wish(session, starts)[0]))
        return True

    def by_wish(self, session: Session, starts: Ints) -> Ints:
        """Sort starts, the most welcome first."""
        window = self.asked.windows[session]
        if session in self.old:
            away = np.abs(window.at[starts] - self.old[session])
            nearest: Ints = starts[np.lexsort((window.at[starts], away))]
            return nearest
        return nearest_first(window, starts, self.rhythms.get(session[0]))

    def make_room(self) -> None:
        """Move one session that is in the way of one that has no time."""
        for session in self.missing():
            for start in self.by_wish(session, np.arange(len(self.asked.windows[session].at))):
                if not self.work.spend() or self._swap(session, int(start)):
                    break

    def _swap(self, session: Session, start: int) -> bool:
        others = self.diary.in_the_way(session, start)
        if len(others) != 1 or others[0] in self.asked.pinned:
            return False
        before = self.diary.take(others[0])
        self.diary.put(session, start)
        if self.give(others[0]):
            return True
        self.diary.take(session)
        self.diary.put(others[0], before)
        return False

    def compete(self) -> None:
        """Settle what is left between parties who compete, circle by circle."""
        for circle in self.circles:
            sessions = [one for place in circle for one in self.asked.of(place)]
            held = sum(one in self.diary.held for one in sessions)
            full = held == sum(self.alone[place] for place in circle)
            if (full and not self._has_moved(sessions)) or not self.work.left:
                continue
            options = {one: np.arange(len(self.asked.windows[one].at)) for one in sessions}
            size = sum(map(len, options.values()))
            self.work.spend(size)
            if size <= MOST_STARTS:
                if (most := self._settle(options)) is not None:
                    self.bounds[circle[0]] = most
            else:
                self._by_period(circle)

    def _has_moved(self, sessions: Sequence[Session]) -> bool:
        """Whether one of these left a start that it could have kept."""
        starts = ((one, self.old_start(one)) for one in sessions if one not in self.asked.pinned)
        return any(start is not None and self.diary.held.get(one) != start for one, start in starts)

    def _by_period(self, circle: Sequence[int]) -> None:
        """Settle one period at a time, the other periods as they are."""
        for period in self.problem.periods:
            sessions = [
                one for place in circle for one in self.asked.of(place) if one[1] == period.key
            ]
            lacking = [one for one in sessions if one not in self.diary.held]
            if not any(len(self.asked.windows[one].at) for one in lacking):
                continue
            before = {one: self.diary.take(one) for one in sessions if one in self.diary.held}
            options = {one: self.diary.open_starts(one) for one in sessions}
            for one, start in before.items():
                self.diary.put(one, start)
            self._settle(options)

    def _settle(self, options: Mapping[Session, Ints]) -> int | None:
        fixed = [one for one in options if one in self.asked.pinned]
        settled = settle(self.asked, options, self.bonus, fixed)
        if settled is None:
            return None
        before = {one: self.diary.held[one] for one in options if one in self.diary.held}
        if self._worth(settled.starts) > self._worth(before):
            for one in before:
                self.diary.take(one)
            for one, start in settled.starts.items():
                self.diary.put(one, start)
        return settled.most

    def _worth(self, starts: Mapping[Session, int]) -> tuple[int, int]:
        """Return how many sessions are held, and how many of them where they are welcome."""
        welcome = (int(self.bonus(one, np.array([start]))[0]) for one, start in starts.items())
        return len(starts), sum(welcome)

    def bonus(self, session: Session, starts: Ints) -> Ints:
        """Say what each start is worth beside being one: it is the old one, or in rhythm."""
        window = self.asked.windows[session]
        if session in self.old:
            kept: Ints = (window.at[starts] == self.old[session]).astype(np.int64)
            return kept
        pattern = self.rhythms.get(session[0], -1)
        in_rhythm: Ints = (window.pattern[starts] == pattern).astype(np.int64)
        return in_rhythm

    def plan(self) -> CalendarPlan:
        """Say what is held, and prove how much could be."""
        series = self.asked.series
        held = [one for one in self.asked.windows if one in self.diary.held]
        bookings = tuple(
            Booking(series[one[0]].key, one[1], moment(self.diary.begins(one))) for one in held
        )
        skipped = tuple(
            Skipped(series[one[0]].key, one[1], self.reason(one))
            for one in self.asked.windows
            if one not in self.diary.held
        )
        return CalendarPlan(
            bookings, skipped, self._rhythms(), self._certificate(), self.work.made(self.problem)
        )

    def reason(self, session: Session) -> Reason:
        """Say why a session has no time."""
        window = self.asked.windows[session]
        if not len(window.at):
            return "no common window"
        own = [
            int(self.asked.windows[other].days[self.diary.held[other]])
            for other in self.asked.of(session[0])
            if other in self.diary.held
        ]
        far = [np.abs(window.days - day) >= self.problem.gap_days for day in own]
        alone = not far or bool(np.logical_and.reduce(far).any())
        return "others have the time" if alone else "too near its own"

    def _certificate(self) -> Certificate:
        value, bound, proven = len(self.diary.held), 0, False
        for circle in self.circles:
            alone = sum(self.alone[place] for place in circle)
            most = min(alone, self.bounds.get(circle[0], alone))
            bound, proven = bound + most, proven or most < alone
        if value < bound:
            return Certificate(value, bound, "gap")
        return Certificate(value, bound, "optimal" if proven else "counting")

    def _rhythms(self) -> tuple[Rhythm, ...]:
        found = []
        for place, pattern in sorted(self.rhythms.items()):
            windows = [
                int(self.asked.windows[one].pattern[self.diary.held[one]])
                for one in self.asked.of(place)
                if one in self.diary.held
            ]
            days, minute = divmod(pattern, DAY_MINUTES)
            week, weekday = divmod(days, 7)
            begins = time(*divmod(minute, 60))
            kept = windows.count(pattern)
            found.append(Rhythm(self.asked.series[place].key, week + 1, weekday, begins, kept))
        return tuple(found)
