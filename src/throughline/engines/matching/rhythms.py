"""Find the week, weekday and start that serve most sessions of each series."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.calendars import DAY_MINUTES
from throughline.engines.matching.diaries import Diary, Wanted
from throughline.engines.matching.wallclock import Ints
from throughline.engines.matching.windows import Window

Rhythms = dict[int, int]
"""The pattern of each series that has one."""


def by_leader(asked: Wanted) -> list[list[int]]:
    """Return the series that one party leads, party by party."""
    led: dict[str, list[int]] = {}
    for place, series in enumerate(asked.series):
        led.setdefault(series.parties[0], []).append(place)
    return list(led.values())


def best_rhythms(asked: Wanted, some: Sequence[int]) -> Rhythms:
    """Give each of these series, which one party leads, a pattern of its own.

    One assignment of series to patterns that serves as many sessions as can be (Kuhn, 1955; the
    solver is Crouse's, 2016). Patterns that overlap on one day are not told apart by it: of two
    the one that serves more stays, and the other series are assigned again.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow import

    patterns, served = _served(asked, some)
    found: Rhythms = {}
    left = list(range(len(some)))
    while left and len(patterns):
        rows, columns = linear_sum_assignment(served[left], maximize=True)
        chosen = sorted(
            ((left[row], int(column)) for row, column in zip(rows, columns, strict=True)),
            key=lambda one: (-served[one], one),
        )
        left = []
        for row, column in chosen:
            if not served[row, column]:
                continue
            if _shut(asked, patterns, some, found, row)[column]:
                left.append(row)
            else:
                found[some[row]] = int(patterns[column])
        for row in left:
            served[row, _shut(asked, patterns, some, found, row)] = 0
    return found


def _served(asked: Wanted, some: Sequence[int]) -> tuple[Ints, Ints]:
    """Return all patterns, and how many sessions of each series (rows) each (columns) serves."""
    pairs: list[tuple[Ints, Ints]] = []
    for place in some:
        each = [np.unique(asked.windows[session].pattern) for session in asked.of(place)]
        every = np.concatenate([np.zeros(0, dtype=np.int64), *each])
        found, counts = np.unique(every, return_counts=True)
        pairs.append((found, counts.astype(np.int64)))
    patterns = np.unique(np.concatenate([found for found, _counts in pairs]))
    served = np.zeros((len(some), len(patterns)), dtype=np.int64)
    for row, (found, counts) in enumerate(pairs):
        served[row, np.searchsorted(patterns, found)] = counts
    return patterns, served


def _shut(
    asked: Wanted, patterns: Ints, some: Sequence[int], found: Rhythms, row: int
) -> NDArray[np.bool_]:
    """Return the patterns that overlap with those that are given away already."""
    buffer = asked.problem.buffer_minutes
    mine = asked.series[some[row]].minutes + buffer
    shut: NDArray[np.bool_] = np.zeros(len(patterns), dtype=np.bool_)
    for place, pattern in found.items():
        theirs = asked.series[place].minutes + buffer
        shut |= (
            (patterns // DAY_MINUTES == pattern // DAY_MINUTES)
            & (patterns < pattern + theirs)
            & (pattern < patterns + mine)
        )
    return shut


def hold_rhythms(diary: Diary, rhythms: Rhythms) -> None:
    """Hold every session that can keep to the pattern of its series."""
    for place, pattern in rhythms.items():
        for session in diary.asked.of(place):
            if session not in diary.held:
                for start in np.flatnonzero(diary.asked.windows[session].pattern == pattern):
                    if not diary.in_the_way(session, int(start)):
                        diary.put(session, int(start))
                        break


def nearness(window: Window, pattern: int | None) -> tuple[Ints, ...]:
    """Return how far each start is from a pattern: by weekday, by minutes, by week."""
    if pattern is None:
        zero = np.zeros_like(window.pattern)
        return zero, zero, zero
    days, minutes = np.divmod(window.pattern, DAY_MINUTES)
    day, minute = divmod(pattern, DAY_MINUTES)
    return (
        (days % 7 != day % 7).astype(np.int64),
        np.abs(minutes - minute),
        np.abs(days // 7 - day // 7),
    )


def nearest_first(window: Window, starts: Ints, pattern: int | None) -> Ints:
    """Sort starts: those on the weekday and near the time of the pattern first, then early ones."""
    weekday, minutes, week = nearness(window, pattern)
    order = np.lexsort((window.at[starts], week[starts], minutes[starts], weekday[starts]))
    sorted_starts: Ints = starts[order]
    return sorted_starts
