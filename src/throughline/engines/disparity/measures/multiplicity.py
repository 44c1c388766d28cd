"""How surprising each comparison is by chance alone, and all comparisons of a page together."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
from numpy.typing import ArrayLike

from throughline.engines.disparity.measures.differences import Scores, hedges_g
from throughline.engines.disparity.measures.intervals import share
from throughline.engines.disparity.tables import FloatArray, IntArray

LEAST_EXPECTED = 5
"""Below this expected count the exact test is used."""

_SAME = 1 + 1e-9
"""Two tables count as equally likely when their probabilities differ by less than rounding."""


def benjamini_hochberg(p_values: ArrayLike) -> FloatArray:
    """Return adjusted p values, one for each given: k p(j) / j, made monotone from the largest.

    References
    ----------
    Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03])
    array([0.03, 0.04, 0.04])
    """
    given = np.asarray(p_values, dtype=np.float64)
    k = len(given)
    order = np.argsort(given, kind="stable")
    raised = given[order] * k / np.arange(1, k + 1)
    adjusted = np.minimum.accumulate(raised[::-1])[::-1]
    answer = np.empty(k)
    answer[order] = np.minimum(adjusted, 1.0)
    return answer


def two_groups(events: IntArray, n: IntArray, other: IntArray, m: IntArray) -> FloatArray:
    """Return two-sided p values of "the same rate in both groups"; NaN where one group is empty.

    Pooled two-proportion z; Fisher's exact test where an expected count is below five. 1 where
    nobody or everybody has the event.
    """
    pooled = share(events + other, n + m)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        score = (share(events, n) - share(other, m)) / error
    answer = np.array([erfc(abs(value) / sqrt(2)) for value in score.tolist()])
    counted = (n > 0) & (m > 0)
    drawn, everyone = events + other, n + m
    rarest = np.minimum(drawn, everyone - drawn) * np.minimum(n, m)
    for row in np.flatnonzero(counted & (rarest < LEAST_EXPECTED * everyone)):
        answer[row] = fisher(int(events[row]), int(n[row]), int(other[row]), int(m[row]))
    return np.where(counted, answer, np.nan)


def fisher(events: int, n: int, other: int, m: int) -> float:
    """Return the two-sided p value of Fisher's exact test: all tables no likelier than this one.

    References
    ----------
    Fisher 1935, Journal of the Royal Statistical Society 98:39.

    Examples
    --------
    >>> round(fisher(3, 4, 1, 4), 4)
    0.4857
    """
    drawn = events + other
    least, most = max(0, drawn - m), min(n, drawn)
    k = np.arange(least, most, dtype=np.float64)
    steps = (n - k) * (drawn - k) / ((k + 1) * (m - drawn + k + 1))
    return _no_likelier(steps, events - least)


def two_means(group: Scores, other: Scores) -> FloatArray:
    """Return two-sided p values of "the same mean", by the t test that pools the variance.

    NaN with fewer than two students on a side, or when all scores are the same.
    """
    from scipy.special import stdtr  # slow import

    n, m = group.n.astype(np.float64), other.n.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = hedges_g(group, other).d * np.sqrt(n * m / (n + m))
    return np.asarray(2 * stdtr(n + m - 2, -np.abs(score)), dtype=np.float64)


def against_goal(events: IntArray, n: IntArray, *, goal: float) -> FloatArray:
    """Return two-sided p values of "the rate is the goal": score z, exact binomial when small.

    References
    ----------
    Clopper and Pearson 1934, Biometrika 26:404, for the exact test.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (share(events, n) - goal) / np.sqrt(goal * (1 - goal) / n)
    answer = np.array([erfc(abs(value) / sqrt(2)) for value in score.tolist()])
    for row in np.flatnonzero((n > 0) & (n * min(goal, 1 - goal) < LEAST_EXPECTED)):
        answer[row] = _binomial(int(events[row]), int(n[row]), goal)
    return np.where(n > 0, answer, np.nan)


def _binomial(events: int, n: int, goal: float) -> float:
    if goal in {0, 1}:
        return float(events == n * goal)
    k = np.arange(n, dtype=np.float64)
    return _no_likelier((n - k) * goal / ((k + 1) * (1 - goal)), events)


def _no_likelier(steps: FloatArray, at: int) -> float:
    """Sum the probability of all outcomes that are no likelier than outcome ``at``.

    ``steps[k]`` is the probability of outcome k + 1 over that of outcome k. It falls with k, so the
    likeliest outcome is where it passes 1; counting from there nothing overflows.
    """
    peak = int(np.searchsorted(-steps, -1.0))
    up = np.cumprod(steps[peak:])
    down = np.cumprod(1 / steps[:peak][::-1])[::-1] if peak else np.empty(0)
    likely = np.concatenate([down, [1.0], up])
    return float(min(1.0, likely[likely <= likely[at] * _SAME].sum() / likely.sum()))
