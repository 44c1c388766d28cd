"""Turn what a clock on the wall reads into moments. Imported where it runs: slow to load.

A moment is free when the clock on the wall reads hours that are free. So a time that the clocks
skip in spring is no moment at all, and one that they show twice in autumn is two.
Spans are rows (begin, end) of whole minutes since 1970, half open, apart and in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.calendars import DAY_MINUTES, Blackout, Hours

Ints = NDArray[np.int64]
EPOCH = date(1970, 1, 1).toordinal()
THURSDAY = 3
"""The weekday of the first of January 1970, Monday being 0."""


def day_of(on: date) -> int:
    """Return a date as days since 1970."""
    return on.toordinal() - EPOCH


def weekday_of(days: Ints) -> Ints:
    """Return 0 for Monday to 6 for Sunday."""
    return (days + THURSDAY) % 7


def union(spans: Ints) -> Ints:
    """Merge what overlaps or touches."""
    if not len(spans):
        return spans.reshape(0, 2)
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    reach = np.maximum.accumulate(spans[:, 1])
    first = np.concatenate([[True], spans[1:, 0] > reach[:-1]])
    last = np.concatenate([np.flatnonzero(first)[1:] - 1, [len(spans) - 1]])
    return np.stack([spans[first, 0], reach[last]], axis=1)


def common(every: Sequence[Ints]) -> Ints:
    """Return what lies in all of these."""
    begins = np.concatenate([one[:, 0] for one in every])
    ends = np.concatenate([one[:, 1] for one in every])
    at = np.concatenate([begins, ends])
    turn = np.repeat(np.array([1, -1], dtype=np.int64), [len(begins), len(ends)])
    order = np.lexsort((turn, at))
    at, depth = at[order], turn[order].cumsum()
    full = np.flatnonzero(depth == len(every))
    return np.stack([at[full], at[full + 1]], axis=1)


def without(spans: Ints, taken: Ints, begin: int, end: int) -> Ints:
    """Return what is left of spans between two moments."""
    edges = np.concatenate([[begin], np.clip(union(taken), begin, end).ravel(), [end]])
    rest = edges.reshape(-1, 2)
    return common([spans, rest[rest[:, 0] < rest[:, 1]]])


def on_days(days: Ints, begins: time, ends: time) -> Ints:
    """Return the same stretch of several days, as the wall reads it."""
    first = begins.hour * 60 + begins.minute
    last = ends.hour * 60 + ends.minute
    last += DAY_MINUTES if last <= first else 0
    return np.stack([days * DAY_MINUTES + first, days * DAY_MINUTES + last], axis=1)


def free_on_wall(
    hours: Iterable[Hours], blackouts: Iterable[Blackout], first: int, last: int
) -> Ints:
    """Return when somebody is free between two days, as the wall reads it."""
    days = np.arange(first - 1, last + 1, dtype=np.int64)
    stretches = [
        on_days(days[weekday_of(days) == one.weekday], one.begins, one.ends) for one in hours
    ]
    free = union(np.concatenate([np.zeros((0, 2), dtype=np.int64), *stretches]))
    dark = [
        on_days(np.arange(day_of(one.first_on), day_of(one.last_on) + 1), one.begins, one.ends)
        for one in blackouts
    ]
    taken = np.concatenate([np.zeros((0, 2), dtype=np.int64), *dark])
    return without(free, taken, first * DAY_MINUTES, (last + 1) * DAY_MINUTES)


@lru_cache(maxsize=256)
def offsets(zone: str, first: int, last: int) -> tuple[tuple[int, int, int], ...]:
    """Return stretches of moments during which a zone's clocks do not change: begin, end, offset.

    From a day before the first to two days after the last; the offset is in minutes.
    """
    clock = ZoneInfo(zone)
    moments = range((first - 1) * DAY_MINUTES, (last + 3) * DAY_MINUTES, DAY_MINUTES)
    found, begin, now = [], moments[0], _offset(clock, moments[0])
    for before, after in pairwise(moments):
        if (then := _offset(clock, after)) != now:
            change = _change(clock, before, after)
            found.append((begin, change, now))
            begin, now = change, then
    return (*found, (begin, moments[-1], now))


def _offset(clock: ZoneInfo, minute: int) -> int:
    away = datetime.fromtimestamp(minute * 60, clock).utcoffset()
    return int(away.total_seconds()) // 60 if away else 0


def _change(clock: ZoneInfo, before: int, after: int) -> int:
    """Return the first minute of the new offset, by halving."""
    old = _offset(clock, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(clock, middle) == old:
            before = middle
        else:
            after = middle
    return after


def moments_of(wall: Ints, zone: str, first: int, last: int) -> Ints:
    """Turn spans that the wall reads into spans of moments."""
    pieces = []
    for begin, end, offset in offsets(zone, first, last):
        here = np.clip(wall, begin + offset, end + offset) - offset
        pieces.append(here[here[:, 0] < here[:, 1]])
    return union(np.concatenate(pieces))


def readings(moments: Ints, zone: str, first: int, last: int) -> Ints:
    """Return what the wall reads at these moments."""
    stretches = offsets(zone, first, last)
    begins = np.array([begin for begin, _end, _offset in stretches])
    shift = np.array([offset for _begin, _end, offset in stretches])
    wall: Ints = moments + shift[np.searchsorted(begins, moments, side="right") - 1]
    return wall
