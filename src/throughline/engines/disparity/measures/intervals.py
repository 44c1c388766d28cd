"""Score intervals of a rate and of the difference of two rates."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from throughline.engines.disparity.tables import FloatArray, IntArray

Z = 1.959963984540054
"""97.5 % point of the normal distribution: every interval is a 95 % interval unless told."""


class Limits(NamedTuple):
    """Lower and upper ends, float arrays of one shape; NaN where there is no interval."""

    low: FloatArray
    high: FloatArray


def quotient(top: FloatArray | IntArray, bottom: FloatArray | IntArray) -> FloatArray:
    """Return ``top / bottom``, NaN where ``bottom`` is not above 0."""
    answer: FloatArray = np.full(np.broadcast(top, bottom).shape, np.nan)
    np.divide(top, bottom, out=answer, where=np.greater(bottom, 0))
    return answer


def share(events: IntArray, n: IntArray) -> FloatArray:
    """Return ``events / n`` between 0 and 1, NaN for an empty group."""
    return quotient(events, n)


def wilson(events: IntArray, n: IntArray, *, z: float = Z) -> Limits:
    """Return the score interval of a rate, as shares.

    No events give a lower end of exactly 0, events for all an upper end of exactly 1.

    References
    ----------
    Wilson 1927, JASA 22:209; examples in Newcombe 1998, Statistics in Medicine 17:857.

    Examples
    --------
    >>> low, high = wilson(np.array([81]), np.array([263]))
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.2553, 0.3662)
    """
    p = share(events, n)
    size = np.where(n > 0, n, 1).astype(np.float64)
    center = (p + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * np.sqrt(p * (1 - p) / size + z**2 / (4 * size**2))
    low = np.where(events == 0, np.where(n > 0, 0.0, np.nan), center - half)
    high = np.where((events == n) & (n > 0), 1.0, center + half)
    return Limits(low, high)


def newcombe(
    events: IntArray, n: IntArray, other: IntArray, m: IntArray, *, z: float = Z
) -> Limits:
    """Return the hybrid score interval of ``events/n - other/m``, as a difference of shares.

    The two groups have no student in common.

    References
    ----------
    Newcombe 1998, Statistics in Medicine 17:873, method 10.

    Examples
    --------
    >>> counts = [np.array([count]) for count in (56, 70, 48, 80)]
    >>> low, high = newcombe(*counts)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.0524, 0.3339)
    """
    p, q = share(events, n), share(other, m)
    low_p, high_p = wilson(events, n, z=z)
    low_q, high_q = wilson(other, m, z=z)
    return Limits(
        p - q - np.sqrt((p - low_p) ** 2 + (high_q - q) ** 2),
        p - q + np.sqrt((high_p - p) ** 2 + (q - low_q) ** 2),
    )
