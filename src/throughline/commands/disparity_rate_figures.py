"""Measures of two published rates: the value where both are points, and every range they allow."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from throughline.engines.disparity.measures.intervals import Limits
    from throughline.engines.disparity.published import Percent
    from throughline.engines.disparity.rates import GroupRate
    from throughline.engines.disparity.tables import IntArray

    Formula = Callable[[IntArray, IntArray, IntArray, IntArray], Limits]

Figures = dict[str, Any]
Ends = list[float | None]


def figures(one: GroupRate, other: GroupRate, *, apart: bool) -> dict[str, Figures]:
    """Return the measures that rates alone have, as values, intervals and ranges.

    Intervals need the students of both sides, and that no student is on both (``apart``).
    """
    if one.range is None or other.range is None:
        return {}
    both = one.printed is not None and other.printed is not None
    p, q = (one.printed or Fraction(0)), (other.printed or Fraction(0))
    gap_range: Ends = [
        float(one.range.low - other.range.high), float(one.range.high - other.range.low)
    ]  # fmt: skip
    gap = {"value": float(p - q) if both else None, "range": gap_range}
    ratio_range = _ratios(one.range, other.range)
    ratio = p / q if both and q else None
    sized = apart and one.n and other.n
    gap_interval = _gap_interval(one, other) if sized else None
    ratio_interval = _ratio_interval(one, other) if sized else None
    return {
        "gap_points": {**gap, "interval": gap_interval},
        "percentage_point_gap": gap,
        "risk_ratio": {
            "value": None if ratio is None else float(ratio),
            "range": ratio_range,
            "interval": ratio_interval,
        },
        "relative_difference_percent": {
            "value": None if ratio is None else float(100 * (ratio - 1)),
            "range": _percents(ratio_range),
            "interval": ratio_interval and _percents(ratio_interval),
        },
    }


def rate_interval(one: GroupRate) -> Ends | None:
    """Return the Wilson interval of a published rate, as wide as its rounding makes it."""
    from throughline.engines.disparity.measures.intervals import wilson

    if not one.n:
        return None
    found = wilson(_events(one), _repeated(one.n, 2))
    return [float(found.low[0]), float(found.high[1])]


def is_told(one: GroupRate) -> bool:
    """Whether anything is published of a rate: "0 to 100 %" says nothing."""
    return one.range is not None and (one.range.low > 0 or one.range.high < 100)


def rate_sentence(who: str, one: GroupRate, other: GroupRate, whom: str) -> str:
    """Return one line: the rate, and how it stands to the comparator."""
    name = f"{who[:1].upper()}{who[1:]}"
    if one.range is None or not is_told(one):
        return f"{name}: no rate is published"
    if one.printed is None:
        level = f"{float(one.range.low):.1f} to {float(one.range.high):.1f} %"
    else:
        level = f"{float(one.printed):.1f} %"
    if one is other:
        return f"{name}: {level}, the others are compared with this group"
    found = figures(one, other, apart=False)
    return f"{name}: {level}, {_gap_words(found['gap_points'], whom)}{_relative_words(found)}"


def rate_evidence(one: GroupRate) -> str:
    """Return how many students a rate is about, and its interval; nothing where that is unknown."""
    if not one.n:
        return ""
    said = f"{one.n:,} students"
    if not is_told(one):
        return said
    low, high = rate_interval(one) or (None, None)
    return f"{said}; 95 % interval {100 * (low or 0):.1f} to {100 * (high or 0):.1f} %"


def _gap_words(gap: Figures, whom: str) -> str:
    if gap["value"] is None:
        low, high = gap["range"]
        if low < 0 < high:
            return f"from {-low:.1f} percentage points below to {high:.1f} percentage points above {whom}"
        near, far = sorted((abs(low), abs(high)))
        side = "above" if low >= 0 else "below"
        return f"{near:.1f} to {far:.1f} percentage points {side} {whom}"
    if not gap["value"]:
        return f"the same as {whom}"
    points = f"{abs(gap['value']):.1f}"
    unit = "percentage point" if points == "1.0" else "percentage points"
    return f"{points} {unit} {'above' if gap['value'] > 0 else 'below'} {whom}"


def _relative_words(found: dict[str, Figures]) -> str:
    value = found["relative_difference_percent"]["value"]
    if not value or f"{abs(value):.1f}" == "0.0":
        return ""
    return f"; {abs(value):.1f} % {'more' if value > 0 else 'less'} likely"


def _ratios(one: Percent, other: Percent) -> Ends:
    low = float(one.low / other.high) if other.high else None
    return [low, float(one.high / other.low) if other.low else None]


def _percents(ratios: Ends) -> Ends:
    return [None if end is None else 100 * (end - 1) for end in ratios]


def _repeated(n: int, times: int) -> IntArray:
    import numpy as np

    return np.full(times, n, dtype=np.int64)


def _events(one: GroupRate) -> IntArray:
    """Return the fewest and the most students with the outcome that a rate allows."""
    import numpy as np

    from throughline.engines.disparity.published import Percent, students_within

    within = students_within(one.range or Percent(Fraction(0), Fraction(100)), one.n or 0)
    return np.array(within, dtype=np.int64)


def _gap_interval(one: GroupRate, other: GroupRate) -> Ends:
    from throughline.engines.disparity.measures.intervals import newcombe

    low, high = _widest(newcombe, one, other)
    return [100 * low, 100 * high]


def _ratio_interval(one: GroupRate, other: GroupRate) -> Ends:
    from throughline.engines.disparity.measures.ratios import risk_ratio_limits

    low, high = _widest(lambda *counts: risk_ratio_limits(*counts)[0], one, other)
    return [low, high if high < float("inf") else None]


def _widest(formula: Formula, one: GroupRate, other: GroupRate) -> tuple[float, float]:
    """Return the ends of an interval over all corners of two ranges."""
    import numpy as np

    pairs = np.array(list(product(_events(one), _events(other))), dtype=np.int64)
    found = formula(pairs[:, 0], _repeated(one.n or 0, 4), pairs[:, 1], _repeated(other.n or 0, 4))
    return float(np.nanmin(found.low)), float(np.nanmax(found.high))
