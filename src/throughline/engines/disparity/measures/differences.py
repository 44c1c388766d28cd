"""Differences: relative, in percent, and of the means of scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from throughline.engines.disparity.measures.exact import Exact, divided, exact
from throughline.engines.disparity.measures.intervals import Limits, Z
from throughline.engines.disparity.tables import FloatArray, IntArray


def relative_percent(ratio: FloatArray) -> FloatArray:
    """Return by how many percent a rate lies above (or, negative, below) the other.

    Percent, never percentage points: 74.6 against 87.6 is 14.8 percent less and 13.0 points less.

    Examples
    --------
    >>> relative_percent(np.array([0.75, 2.0]))
    array([-25., 100.])
    """
    return 100 * (ratio - 1)


@dataclass(frozen=True, slots=True)
class Scores:
    """Students with a known score, sum and sum of squares; int arrays of shape (G,)."""

    n: IntArray
    total: IntArray
    squares: IntArray


def _around_mean(scores: Scores) -> Exact:
    """Return n times the sum of squares around the mean, exactly."""
    around: Exact = exact(scores.n) * exact(scores.squares) - exact(scores.total) ** 2
    return around


def mean(scores: Scores, scale: int) -> FloatArray:
    """Return the mean in the units of the score; NaN for an empty group."""
    return divided(exact(scores.total), exact(scores.n) * scale)


def mean_limits(scores: Scores, scale: int) -> Limits:
    """Return the 95 % t interval of the mean; NaN below two students.

    References
    ----------
    Student 1908, Biometrika 6:1.
    """
    from scipy.special import stdtrit  # slow import

    n = exact(scores.n)
    variance = divided(_around_mean(scores), n * n * (n - 1) * scale**2)
    half = np.full(variance.shape, np.nan)
    many = scores.n > 1
    half[many] = stdtrit(scores.n[many] - 1, 0.975) * np.sqrt(variance[many])
    center = mean(scores, scale)
    return Limits(center - half, center + half)


@dataclass(frozen=True, slots=True)
class HedgesG:
    """Standardized mean difference; float arrays of shape (G,), NaN where it does not exist."""

    d: FloatArray
    correction: FloatArray
    g: FloatArray
    error: FloatArray
    limits: Limits


def hedges_g(group: Scores, other: Scores, *, z: float = Z) -> HedgesG:
    """Return the difference of two means in pooled standard deviations, small samples corrected.

    Sums and squares are whole numbers, so that the sums of squares around the means are exact and
    the scale of the score cancels. Needs two students in each group and some spread.

    References
    ----------
    Hedges 1981, Journal of Educational Statistics 6:107; Borenstein, Hedges, Higgins and Rothstein
    2009, Introduction to Meta-Analysis, chapter 4.
    """
    n, m = exact(group.n), exact(other.n)
    # SS1 + SS2 with the common denominator n m, and the difference of means likewise.
    spread = _around_mean(group) * m + _around_mean(other) * n
    apart = exact(group.total) * m - exact(other.total) * n
    enough = (group.n > 1) & (other.n > 1)
    freedom = np.where(enough, group.n + other.n - 2, 1).astype(np.float64)
    size = np.where(enough, divided(n + m, n * m), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = np.sqrt(divided(spread, n * m) / freedom)
        d = np.where(enough & (deviation > 0), divided(apart, n * m) / deviation, np.nan)
        correction = 1 - 3 / (4 * freedom - 1)
        error = correction * np.sqrt(size + d**2 / (2 * (group.n + other.n)))
    g = correction * d
    return HedgesG(d, correction, g, error, Limits(g - z * error, g + z * error))
