"""Percentage-point gap with its margin, and whole students to a target. Exact integers throughout.

The target is a fraction ``top / bottom``: everyone's rate, another group's, or a goal. It stays at
its present value; that more students reach it moves it a little is left out on purpose.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import numpy as np

from throughline.engines.disparity.measures.exact import Exact, ceiling, exact
from throughline.engines.disparity.tables import BoolArray, FloatArray, IntArray

LEAST_MARGIN = Fraction(3, 100)
"""The margin of error of the percentage-point gap is never below 3 points (CCCCO 2017)."""

FACTOR = Fraction(196, 100)
"""1.96 as printed in the method, not the exact point of the normal distribution."""

_SQUARED = FACTOR**2 / 4

FOUR_FIFTHS = Fraction(8, 10)
"""29 CFR 1607.4(D): a rate below four fifths of the highest; CCCCO uses it for both indexes."""


def margin(n: IntArray) -> FloatArray:
    """Return the margin of error of the percentage-point gap as a share; NaN for nobody.

    ``max(1.96 sqrt(0.25 / n), 0.03)``: 1,068 students or more have the 3 points.

    References
    ----------
    California Community Colleges Chancellor's Office 2017, Percentage Point Gap Method.

    Examples
    --------
    >>> margin(np.array([100, 3000]))
    array([0.098, 0.03 ])
    """
    size = np.where(n > 0, n, 1)
    wide = np.maximum(float(FACTOR) * np.sqrt(0.25 / size), float(LEAST_MARGIN))
    return np.where(n > 0, wide, np.nan)


def _short_by(events: Exact, n: Exact, top: Exact, bottom: Exact, *, good: bool) -> Exact:
    """Return how far the group is on the wrong side of the target, times ``n * bottom``."""
    below: Exact = n * top - events * bottom
    return below if good else -below


def _allowed(n: Exact, bottom: Exact) -> Exact:
    """Return the margin times ``n * bottom``, rounded down to a whole number."""
    return exact(_largest_within(int(size), int(b)) for size, b in zip(n, bottom, strict=True))


def _largest_within(n: int, bottom: int) -> int:
    # 1.96 sqrt(.25 / n) n bottom = sqrt(1.96^2 / 4 n) bottom, so its square is rational.
    square = _SQUARED.numerator * n * bottom**2 // _SQUARED.denominator
    return max(isqrt(square), LEAST_MARGIN.numerator * n * bottom // LEAST_MARGIN.denominator)


def flagged(events: IntArray, n: IntArray, top: Exact, bottom: Exact, *, good: bool) -> BoolArray:
    """Tell which groups lie further from the target than their margin, strictly.

    A group exactly on the line is not flagged. For an adverse outcome the mirror image holds: the
    rate minus the margin exceeds the target.
    """
    size = exact(n)
    short = _short_by(exact(events), size, top, bottom, good=good)
    return np.array(short > _allowed(size, bottom), dtype=np.bool_)


def students_to_no_longer_flagged(
    events: IntArray, n: IntArray, top: Exact, bottom: Exact, *, good: bool
) -> IntArray:
    """Return the fewest students whose outcome would have to differ for the flag to go.

    Examples
    --------
    >>> counts = np.array([310, 410]), np.array([1000, 2000])
    >>> target = exact([5140, 5140]), exact([10000, 10000])
    >>> students_to_no_longer_flagged(*counts, *target, good=True)
    array([174, 558])
    """
    size = exact(n)
    short = _short_by(exact(events), size, top, bottom, good=good)
    return _never_negative(ceiling(short - _allowed(size, bottom), bottom))


def students_to_parity(
    events: IntArray, n: IntArray, top: Exact, bottom: Exact, *, good: bool
) -> IntArray:
    """Return the fewest more events (good outcome) or fewer events (bad) that reach the target.

    Examples
    --------
    >>> counts = np.array([310, 410, 43]), np.array([1000, 2000, 100])
    >>> target = exact([5140] * 3), exact([10000] * 3)
    >>> students_to_parity(*counts, *target, good=True)
    array([204, 618,   9])
    """
    short = _short_by(exact(events), exact(n), top, bottom, good=good)
    return _never_negative(ceiling(short, bottom))


def _never_negative(students: Exact) -> IntArray:
    return np.maximum(students, 0).astype(np.int64)


def below_four_fifths(events: IntArray, n: IntArray, top: Exact, bottom: Exact) -> BoolArray:
    """Tell which rates are below four fifths of the target, compared without rounding."""
    rate = exact(events) * bottom * FOUR_FIFTHS.denominator
    line = exact(n) * top * FOUR_FIFTHS.numerator
    return np.array(rate < line, dtype=np.bool_)
