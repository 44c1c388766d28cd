"""Rates and their differences with intervals (Wilson; Newcombe's hybrid score)."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

from throughline.engines.improvement.refusals import TooFew
from throughline.engines.improvement.series import check_count

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Count:
    """``events`` of ``n`` people."""

    events: int
    n: int

    def __post_init__(self) -> None:
        check_count(self.events, self.n, "A count")

    @property
    def share(self) -> float:
        """Return the rate, 0 to 1."""
        return self.events / self.n


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval. ``points`` are percentage points, ``own`` the measure's unit."""

    value: float
    low: float
    high: float
    unit: Literal["share", "points", "own"]
    confidence: float = CONFIDENCE

    @property
    def excludes_zero(self) -> bool:
        """Whether no change lies outside the interval."""
        return self.low > 0 or self.high < 0


def rate(count: Count, confidence: float = CONFIDENCE) -> Estimate:
    """Return a rate with its Wilson score interval (Newcombe 1998, Stat Med 17:857).

    Raises
    ------
    TooFew
        The group is empty.
    """
    if count.n == 0:
        raise TooFew("A rate needs at least one person; the group is empty.")
    z, n, p = z_of(confidence), count.n, count.share
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0.0 if count.events == 0 else middle - half
    high = 1.0 if count.events == n else middle + half
    return Estimate(p, low, high, "share", confidence)


def difference(of: Count, minus: Count, confidence: float = CONFIDENCE) -> Estimate:
    """Return a difference of two independent rates in percentage points.

    Newcombe 1998, Stat Med 17:873, method 10.
    """
    return spread_apart(rate(of, confidence), rate(minus, confidence), scale=100)


def spread_apart(of: Estimate, minus: Estimate, *, scale: float = 1) -> Estimate:
    """Return the difference of two independent estimates from their intervals (MOVER).

    Zou and Donner (2008), Stat Med 27:1693. Newcombe's method is the case of two rates.
    """
    value = of.value - minus.value
    low = value - sqrt((of.value - of.low) ** 2 + (minus.high - minus.value) ** 2)
    high = value + sqrt((of.high - of.value) ** 2 + (minus.value - minus.low) ** 2)
    return Estimate(scale * value, scale * low, scale * high, "points", of.confidence)


def z_of(confidence: float) -> float:
    """Return the two-sided normal quantile, such as 1.96 for .95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)
