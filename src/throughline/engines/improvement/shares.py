"""Charts of shares: p, and p-prime (Laney) for groups so large that chance is not all that varies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import Literal

from throughline.engines.improvement.chances import beyond_by_noise, counts_by_noise, range_spread
from throughline.engines.improvement.control_charts import (
    D2,
    ControlChart,
    Kind,
    frozen_points,
    judge,
)
from throughline.engines.improvement.refusals import NoVariation, Refused, TooFew, TooVaried
from throughline.engines.improvement.series import counts

LEAST_PEOPLE = 25
"""People at each point of a p chart."""

_SLACK = 1e-9
"""A count on a limit is within it, whatever the last digit of the limit."""


def p_chart(
    events: Sequence[int],
    sizes: Sequence[int],
    *,
    baseline: int | None = None,
    better: str | None = None,
) -> ControlChart:
    """Chart shares with limits from chance sampling, wider where a point has fewer people.

    Raises
    ------
    TooFew
        A point has fewer than 25 people.
    NoVariation
        Nobody, or everybody, of the baseline has the event.
    """
    return _shares("p", events, sizes, baseline, better)


def p_prime(
    events: Sequence[int],
    sizes: Sequence[int],
    *,
    baseline: int | None = None,
    better: str | None = None,
) -> ControlChart:
    """Chart shares of large groups: p limits stretched by how much the points really vary.

    Raises
    ------
    TooFew
        A point has fewer than 25 people, or there are fewer than two moving ranges.
    NoVariation
        Nobody or everybody has the event, or the points do not vary.

    References
    ----------
    Laney (2002), Quality Engineering 14:531; worked example in Mohammed et al. (2013).
    """
    return _shares("p-prime", events, sizes, baseline, better)


def _shares(
    kind: Literal["p", "p-prime"],
    events: Sequence[int],
    sizes: Sequence[int],
    baseline: int | None,
    better: str | None,
) -> ControlChart:
    xs, ns = counts(events, sizes, least=LEAST_PEOPLE)
    frozen = frozen_points(baseline, len(xs))
    had, people = sum(xs[:frozen]), sum(ns[:frozen])
    center, lower, upper, sigma_z = _limits(kind, xs, ns, frozen)
    most, least = _ordinary_counts(ns, lower, upper)
    above = tuple(at for at, x in enumerate(xs) if x > most[at])
    below = tuple(at for at, x in enumerate(xs) if x < least[at])

    def by_noise(found: int, limits: Sequence[int], *, up: bool) -> float:
        if kind == "p-prime":
            return beyond_by_noise(frozen, len(xs) - frozen, found)
        return counts_by_noise(had, people, ns[frozen:], limits[frozen:], found, up=up)

    judged = judge(
        baseline, better, len(xs), above, below,
        lambda found: by_noise(found, most, up=True), lambda found: by_noise(found, least, up=False),
    )  # fmt: skip
    return ControlChart(
        kind, tuple(x / n for x, n in zip(xs, ns, strict=True)), center, lower, upper, ns,
        baseline, judged.better, above, below, None, sigma_z, judged.chance_better,
        judged.chance_worse, _overdispersed(kind, sigma_z, frozen) or judged.no_rule,
    )  # fmt: skip


def _limits(
    kind: Kind, xs: Sequence[int], ns: Sequence[int], frozen: int
) -> tuple[float, tuple[float, ...], tuple[float, ...], float | None]:
    """Return center, lower and upper limits, and how much the baseline varies beside chance."""
    had, people = sum(xs[:frozen]), sum(ns[:frozen])
    if had in (0, people):
        raise NoVariation(
            f"{'Everybody' if had else 'Nobody'} in the {frozen} points of the baseline has the "
            "event, so there are no limits."
        )
    center = had / people
    sigmas = [sqrt(center * (1 - center) / n) for n in ns]
    z = [(x / n - center) / sigma for x, n, sigma in zip(xs, ns, sigmas, strict=True)]
    sigma_z = _sigma_z(z[:frozen])
    half = [3 * _stretch(kind, sigma_z) * sigma for sigma in sigmas]
    return (
        center,
        tuple(max(0.0, center - each) for each in half),
        tuple(min(1.0, center + each) for each in half),
        sigma_z,
    )


def _ordinary_counts(
    sizes: Sequence[int], lower: Sequence[float], upper: Sequence[float]
) -> tuple[list[int], list[int]]:
    """Return for each point the most and the fewest people within its limits."""
    most = [floor(n * limit + _SLACK) for n, limit in zip(sizes, upper, strict=True)]
    least = [ceil(n * limit - _SLACK) for n, limit in zip(sizes, lower, strict=True)]
    return most, least


def _sigma_z(z: Sequence[float]) -> float | None:
    moves = [abs(b - a) for a, b in pairwise(z)]
    return sum(moves) / len(moves) / D2 if len(moves) >= 2 else None


def _stretch(kind: Kind, sigma_z: float | None) -> float:
    if kind == "p":
        return 1.0
    if sigma_z is None:
        raise TooFew("Limits need at least two moving ranges, so three points in the baseline.")
    if sigma_z == 0:
        raise NoVariation("The shares do not vary from one point to the next: there are no limits.")
    return sigma_z


def _overdispersed(kind: Kind, sigma_z: float | None, frozen: int) -> Refused | None:
    if kind != "p" or sigma_z is None or sigma_z <= 1 + 2 * range_spread(frozen):
        return None
    return TooVaried(
        f"The baseline varies {sigma_z:.1f} times as much as chance sampling alone, so limits of a "
        "p chart are too narrow here; use a p-prime chart."
    )
