"""Print ranges instead of counts: rates on a ladder by the size of the group, or rounded counts.

The ladder is the one seen in the federal files of graduation rates (EDFacts ACGR): the smaller the
group, the wider the range. Its last step begins above 300 students, because a whole percent of
fewer than that holds less than three counts; where another step would, the wider one below is
used for every group of that size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from throughline.engines.disclosure.counts import Known
from throughline.engines.disclosure.grids import Flags
from throughline.engines.disclosure.patterns import Pattern
from throughline.engines.disclosure.policy import SPAN, Policy
from throughline.engines.disclosure.unusable import Unusable

PROTECTED = "PS"
"""Printed where not even a range is."""

Steps = tuple[tuple[str, int, int], ...]

LADDER: tuple[tuple[int, Steps], ...] = (
    (5, ()),
    (15, (("LT50", 0, 49), ("GE50", 50, 100))),
    (30, (("LE20", 0, 20), ("21-39", 21, 39), ("40-59", 40, 59), ("60-79", 60, 79), ("GE80", 80, 100))),
    (60, (("LE10", 0, 10),
          *((f"{a}-{a + 8 + (a > 11)}", a, a + 8 + (a > 11)) for a in (11, 20, 30, 40, 50, 60, 70, 80)),
          ("GE90", 90, 100))),
    (300, (("LE5", 0, 5),
           *((f"{a}-{b}", a, b) for a, b in ((6, 9), *((a, a + 4) for a in range(10, 95, 5)))),
           ("GE95", 95, 100))),
)  # fmt: skip
"""Largest group, and its ranges: printed text, first and last whole percent."""

FINEST: Steps = (
    ("LE1", 0, 1),
    *((str(percent), percent, percent) for percent in range(2, 99)),
    ("GE99", 99, 100),
)
"""Ranges of groups larger than any on the ladder."""


@dataclass(frozen=True, slots=True)
class Band:
    """A printed rate, and the fewest and most students with the outcome that it allows."""

    text: str
    low: int
    high: int


def band(events: int, n: int) -> Band:
    """Return what the ladder prints for a rate.

    Examples
    --------
    >>> band(80, 100)
    Band(text='80-84', low=80, high=84)
    >>> band(3, 5)
    Band(text='PS', low=0, high=5)
    """
    if not 0 <= events <= n:
        raise Unusable("more students with the outcome than students")
    return next(one for one in _bands(n) if one.low <= events <= one.high)


@cache
def _bands(n: int) -> tuple[Band, ...]:
    """Return all ranges for a group: the finest of the ladder that all hold three counts."""
    ladder = [steps for most, steps in LADDER if n > most] + [_step(n)]
    for steps in reversed(ladder):
        found = tuple(_students(text, first, last, n) for text, first, last in steps)
        if found and all(one.high - one.low >= SPAN for one in found):
            return found
    return (Band(PROTECTED, 0, n),)


def _step(n: int) -> Steps:
    return next((steps for most, steps in LADDER if n <= most), FINEST)


def _students(text: str, first: int, last: int, n: int) -> Band:
    """Rates were rounded to a whole percent, halves up."""
    low = -((1 - 2 * first) * n // 200) if first else 0
    high = -(-(2 * last + 1) * n // 200) - 1 if last < 100 else n
    return Band(text, low, high)


def rounded(count: int, base: int) -> tuple[int, int]:
    """Return the least and most count that round to the same multiple of ``base``.

    Halves round up.

    Examples
    --------
    >>> rounded(12, 5), rounded(13, 5), rounded(2, 5)
    ((8, 12), (13, 17), (0, 2))
    """
    nearest = (2 * count + base) // (2 * base) * base
    low = -(-(2 * nearest - base) // 2)
    return max(0, low), low + base - 1


def blurred(known: Known, pattern: Pattern, offered: Flags, policy: Policy) -> Known:
    """Return what is known once ranges are printed of everything offered that does not hide."""
    after = known.copy()
    if policy.mode == "round":
        for cell in np.flatnonzero(offered).tolist():
            _round(after, cell, policy.base)
        return after
    for cell in np.flatnonzero(offered & ~pattern.students).tolist():
        n = int(after.values[0, cell])
        after.narrow(0, cell, n, n)
        for j in np.flatnonzero(~pattern.outcomes[:, cell]).tolist():
            one = band(int(after.values[1 + 2 * j, cell]), n)
            after.narrow(1 + 2 * j, cell, one.low, one.high)
            after.narrow(2 + 2 * j, cell, n - one.high, n - one.low)
    return after


def _round(after: Known, cell: int, base: int) -> None:
    """Round students and those with an outcome; those without are what the two leave."""
    values = after.values[:, cell].tolist()
    fewest, most = rounded(values[0], base)
    after.narrow(0, cell, fewest, most)
    for row in range(1, len(values), 2):
        low, high = rounded(values[row], base)
        after.narrow(row, cell, low, high)
        after.narrow(row + 1, cell, max(0, fewest - high), most - low)
