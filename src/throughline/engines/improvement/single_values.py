"""XmR charts: single values and the ranges between neighbors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from throughline.engines.improvement.chances import beyond_by_noise
from throughline.engines.improvement.control_charts import (
    D2,
    ControlChart,
    Ranges,
    frozen_points,
    judge,
)
from throughline.engines.improvement.refusals import NoVariation, Refused, TooFew, TooVaried
from throughline.engines.improvement.series import middle, numbers

MEAN_RANGE_LIMIT = 3.267
MEDIAN_LIMIT = 3.145
MEDIAN_RANGE_LIMIT = 3.865
"""Wheeler's constants: upper limit of ranges; limits and range limit from the median range."""


def xmr(
    values: Sequence[float],
    *,
    baseline: int | None = None,
    better: str | None = None,
    form: Literal["mean", "median"] = "mean",
) -> ControlChart:
    """Chart single values with limits from their moving ranges.

    Mean form: mean ± 3/1.128 mean ranges. Median form, for series with a few wild points:
    median ± 3.145 median ranges.

    Raises
    ------
    TooFew
        Fewer than two moving ranges.
    NoVariation
        The moving ranges are all (median form: mostly) zero, so there are no limits.

    References
    ----------
    Wheeler (1993), Understanding Variation; NIST/SEMATECH e-Handbook, 6.3.2.2.
    """
    points = numbers(values)
    frozen = frozen_points(baseline, len(points))
    if frozen < 3:
        raise TooFew(
            f"Limits need at least two moving ranges, so three points; the baseline has {frozen}."
        )
    moves = tuple(abs(b - a) for a, b in pairwise(points))
    center, typical, half = _limits(points[:frozen], moves[: frozen - 1], form)
    above = tuple(at for at, value in enumerate(points) if value > center + half)
    below = tuple(at for at, value in enumerate(points) if value < center - half)

    def chance(found: int) -> float:
        return beyond_by_noise(frozen, len(points) - frozen, found, medians=form == "median")

    judged = judge(baseline, better, len(points), above, below, chance, chance)
    top = MEAN_RANGE_LIMIT if form == "mean" else MEDIAN_RANGE_LIMIT
    return ControlChart(
        "xmr", points, center, (center - half,) * len(points), (center + half,) * len(points), None,
        baseline, judged.better, above, below, Ranges(moves, typical, top * typical), None,
        judged.chance_better, judged.chance_worse,
        judged.no_rule or _near_zero(points[:frozen], center - half),
    )  # fmt: skip


def _limits(
    points: Sequence[float], moves: Sequence[float], form: Literal["mean", "median"]
) -> tuple[float, float, float]:
    """Return the center, the typical moving range, and how far the limits lie from the center."""
    if form == "mean":
        center, typical = sum(points) / len(points), sum(moves) / len(moves)
    else:
        center, typical = middle(points), middle(moves)
    if typical == 0:
        raise NoVariation(
            "The points do not vary from one to the next, so ordinary variation is unknown "
            "and there are no limits."
        )
    return center, typical, (3 / D2 if form == "mean" else MEDIAN_LIMIT) * typical


def _near_zero(before: tuple[float, ...], lower: float) -> Refused | None:
    """Refuse claims from figures that cannot be negative though their lower limit is.

    Such figures are lopsided: noise passes the upper limit up to four times as often as stated.
    """
    if lower >= 0 or min(before) < 0:
        return None
    return TooVaried(
        "The figures lie so close to zero that the lower limit would be negative; limits carry no "
        "claim here. Take a run chart."
    )
