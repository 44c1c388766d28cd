"""How often noise alone does it: the chance behind each rule that may carry a claim.

Noise means independent points without a change. Every chance allows for a line or limit that was
itself computed from few points, which textbook rates leave out. Nothing is drawn at random:
integrals are sums over fixed nodes, so the same figures give the same chance everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ALLOWED = 0.05
"""A rule may fire on noise in at most this share of series, as published tables round it."""

_ROUNDING = 1.01

LEAST_RUN = 6
"""No shorter run is a shift, however few points follow."""

_NODES = 32


def within(chance: float, allowed: float = ALLOWED) -> bool:
    """Return whether a chance is allowed: .0502 is printed as 5.0 %."""
    return chance <= allowed * _ROUNDING


@lru_cache(maxsize=4096)
def run_by_noise(baseline: int, later: int, length: int) -> float:
    """Return the chance of ``length`` or more of ``later`` points in a row on one given side.

    The line is the median of ``baseline`` earlier points. Exact for an odd baseline whatever the
    distribution; an even one averages two middle points, and is taken as normal there.
    """
    if length < 1:
        return 1.0
    if length > later:
        return 0.0
    share, weight = _above_a_median(baseline)
    running = np.zeros((length, share.size))
    running[0] = 1
    reached = np.zeros_like(share)
    for _ in range(later):
        reached += running[-1] * share
        running = np.vstack(((running.sum(axis=0) * (1 - share))[None], running[:-1] * share))
    return float(np.clip((reached * weight).sum(), 0, 1))


@lru_cache(maxsize=4096)
def run_needed(baseline: int, later: int) -> int:
    """Return the shortest run, at least 6, that noise shows in at most 5 % of series."""
    length = LEAST_RUN
    while not within(run_by_noise(baseline, later, length)):
        length += 1
    return length


def _above_a_median(baseline: int) -> tuple[Array, Array]:
    """Return shares of the population above a median of ``baseline`` points, and their weights."""
    from scipy.special import betaincinv, ndtr, ndtri  # slow import

    x, weight = _unit_nodes()
    half = baseline // 2
    if baseline % 2:
        return 1 - betaincinv(half + 1, half + 1, x), weight
    upper = betaincinv(half + 1, half, x)[:, None]
    lower = upper * x[None, :] ** (1 / half)
    share = 1 - ndtr((ndtri(lower) + ndtri(upper)) / 2)
    return share.ravel(), np.outer(weight, weight).ravel()


def _unit_nodes() -> tuple[Array, Array]:
    x, weight = np.polynomial.legendre.leggauss(_NODES)
    return (x + 1) / 2, weight / 2


@lru_cache(maxsize=4096)
def beyond_by_noise(baseline: int, later: int, beyond: int, *, medians: bool = False) -> float:
    """Return the chance of ``beyond`` or more of ``later`` points past one given limit.

    Limits are three sigma from moving ranges of ``baseline`` normal points. The mean range over
    1.128 has variance (0.8264 B - 1.082) / (B - 1)^2 (Cryer and Ryan 1990, J Qual Technol 22:187)
    and is taken as gamma; for the median range, mean 1 + 0.47 / (B - 1) and relative variance
    1.5 / (B - 1) were fitted to simulation (a test holds both to a point).
    """
    from scipy.special import bdtrc, gammaincinv, ndtr, ndtri  # slow import

    if beyond < 1:
        return 1.0
    if beyond > later:
        return 0.0
    x, weight = _unit_nodes()
    spread, mean, line = (0.8264 * baseline - 1.082) / (baseline - 1) ** 2, 1.0, 1.0
    if medians:
        spread, mean, line = 1.5 / (baseline - 1), 1 + 0.47 / (baseline - 1), pi / 2
    sigma = mean * spread * gammaincinv(1 / spread, x)
    center = ndtri(x) * sqrt(line / baseline)
    past = ndtr(-(center[:, None] + 3 * sigma[None, :]))
    return float((bdtrc(beyond - 1, later, past) * np.outer(weight, weight)).sum())


def counts_by_noise(
    events: int, people: int, sizes: Sequence[int], limits: Sequence[int], beyond: int, *, up: bool
) -> float:
    """Return the chance of ``beyond`` or more later points past their limit on a p chart.

    Parameters
    ----------
    events, people
        Of the whole baseline. The unknown rate is averaged over its Jeffreys distribution.
    sizes
        People at each later point.
    limits
        The largest count that is still within the upper limit; with ``up`` false, the smallest
        that is still within the lower one.
    """
    from scipy.special import bdtr, bdtrc, betaincinv  # slow import

    if beyond < 1:
        return 1.0
    x, weight = _unit_nodes()
    rate = betaincinv(events + 0.5, people - events + 0.5, x)
    reached = np.zeros((beyond + 1, rate.size))
    reached[0] = 1
    for n, limit in zip(sizes, limits, strict=True):
        past = bdtrc(limit, n, rate) if up else bdtr(max(limit - 1, 0), n, rate) * (limit > 0)
        moved = reached * past
        moved[-1] = 0
        reached = reached - moved
        reached[1:] += moved[:-1]
    return float(np.clip((reached[-1] * weight).sum(), 0, 1))


def range_spread(baseline: int) -> float:
    """Return the standard deviation of (mean moving range / 1.128) for noise with sigma 1."""
    return sqrt((0.8264 * baseline - 1.082) / (baseline - 1) ** 2)
