"""Ratios of two rates or of two odds, and their intervals."""

from __future__ import annotations

import numpy as np

from throughline.engines.disparity.measures.intervals import Limits, Z, quotient, share
from throughline.engines.disparity.tables import BoolArray, FloatArray, IntArray

SMALL = 5
"""Below this many students with or without the event in either group, score limits are used."""

_STEPS = 70
_FARTHEST = 40.0
"""Natural logarithm of the largest ratio that is looked at; e to the 40th is past any count."""


def risk_ratio(events: IntArray, n: IntArray, other: IntArray, m: IntArray) -> FloatArray:
    """Return ``(events/n) / (other/m)``; NaN when the other group has no events or is empty."""
    return quotient(share(events, n), share(other, m))


def katz(events: IntArray, n: IntArray, other: IntArray, m: IntArray, *, z: float = Z) -> Limits:
    """Return the log interval of the risk ratio; NaN where a group has no events.

    References
    ----------
    Katz, Baptista, Azen and Pike 1978, Biometrics 34:469.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = risk_ratio(events, n, other, m)
        error = np.sqrt(1 / events - 1 / n + 1 / other - 1 / m)
        spread = np.where((events > 0) & (other > 0), np.exp(z * error), np.nan)
    return Limits(ratio / spread, ratio * spread)


def koopman(events: IntArray, n: IntArray, other: IntArray, m: IntArray, *, z: float = Z) -> Limits:
    """Return the score interval of the risk ratio, without the Miettinen-Nurminen correction.

    The lower end is 0 when the group has no events; the upper end is infinite when the other group
    has none. Bisection on the logarithm of the ratio, once on each side of the estimate.

    References
    ----------
    Koopman 1984, Biometrics 40:513.

    Examples
    --------
    >>> counts = [np.array([count]) for count in (36, 40, 16, 80)]
    >>> low, high = koopman(*counts)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (2.9396, 7.1522)
    """
    counted = (n > 0) & (m > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.log(risk_ratio(events, n, other, m))
    middle = np.where(other == 0, _FARTHEST, np.where(events == 0, -_FARTHEST, middle))
    table = (events, n, other, m)
    low = np.exp(_crossing(table, np.full(middle.shape, -_FARTHEST), middle, z))
    high = np.exp(_crossing(table, np.full(middle.shape, _FARTHEST), middle, z))
    low = np.where(events == 0, 0.0, low)
    high = np.where(other == 0, np.inf, high)
    return Limits(np.where(counted, low, np.nan), np.where(counted, high, np.nan))


def _crossing(
    table: tuple[IntArray, IntArray, IntArray, IntArray],
    outside: FloatArray,
    inside: FloatArray,
    z: float,
) -> FloatArray:
    """Return where, between the two log ratios, the score statistic passes ``z`` squared."""
    for _ in range(_STEPS):
        half = (outside + inside) / 2
        beyond = _score(table, np.exp(half)) > z**2
        outside, inside = np.where(beyond, half, outside), np.where(beyond, inside, half)
    return (outside + inside) / 2


def _score(table: tuple[IntArray, IntArray, IntArray, IntArray], ratio: FloatArray) -> FloatArray:
    """Return Koopman's chi-square distance between the counts and a true risk ratio."""
    events, n, other, m = table
    a = ratio * (n + m)
    b = ratio * (n + other) + events + m
    # The smaller root of a q^2 - b q + (events + other) = 0, written so that nothing cancels.
    root = np.sqrt(np.maximum(b**2 - 4 * a * (events + other), 0.0))
    q = np.minimum(2 * (events + other) / np.maximum(b + root, 1e-300), 1.0)
    p = np.minimum(ratio * q, 1.0)
    return _distance(events, n, p) + _distance(other, m, q)


def _distance(events: IntArray, n: IntArray, expected: FloatArray) -> FloatArray:
    off = (events - n * expected) ** 2
    variance = n * expected * (1 - expected)
    return np.divide(off, variance, out=np.zeros(off.shape), where=variance > 0)


def risk_ratio_limits(
    events: IntArray, n: IntArray, other: IntArray, m: IntArray, *, z: float = Z
) -> tuple[Limits, BoolArray]:
    """Return the interval of the risk ratio, and where it is Koopman's rather than Katz's.

    Katz where all four counts, with and without the event, are at least five; score elsewhere.
    """
    fewest = np.minimum.reduce([events, n - events, other, m - other])
    score = fewest < SMALL
    low, high = katz(events, n, other, m, z=z)
    if score.any():
        small = koopman(events[score], n[score], other[score], m[score], z=z)
        low[score], high[score] = small.low, small.high
    return Limits(low, high), score


def ratio_to_everyone(ratio: FloatArray, weight: FloatArray) -> FloatArray:
    """Turn a ratio to all others into the ratio to everyone, the group being ``weight`` of all.

    Works on an estimate and on both ends of an interval, infinity included.

    Examples
    --------
    >>> ratio_to_everyone(np.array([2.0, np.inf]), np.array([0.25, 0.25]))
    array([1.6, 4. ])
    """
    with np.errstate(divide="ignore"):
        share_of_rate = weight + (1 - weight) / ratio
        return np.asarray(1 / share_of_rate, dtype=np.float64)


def odds_ratio(events: IntArray, n: IntArray, other: IntArray, m: IntArray) -> FloatArray:
    """Return the sample odds ratio; NaN where it would be infinite or a group is empty."""
    top = events.astype(np.float64) * (m - other)
    bottom = (n - events).astype(np.float64) * other
    return quotient(top, bottom)


def woolf(events: IntArray, n: IntArray, other: IntArray, m: IntArray, *, z: float = Z) -> Limits:
    """Return the log interval of the odds ratio; NaN where one of the four counts is zero.

    References
    ----------
    Woolf 1955, Annals of Human Genetics 19:251.
    """
    cells = [events, n - events, other, m - other]
    full = np.minimum.reduce(cells) > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(sum(1 / cell for cell in cells))
        spread = np.where(full, np.exp(z * error), np.nan)
        ratio = odds_ratio(events, n, other, m)
    return Limits(ratio / spread, ratio * spread)
