"""Each measure of the registry, from two sides to figures. The formulas are in ``measures``."""

from __future__ import annotations

import numpy as np

from throughline.engines.disparity.figures import Computed
from throughline.engines.disparity.measures import composition, differences, parity, ratios
from throughline.engines.disparity.measures.exact import divided
from throughline.engines.disparity.measures.intervals import (
    Limits,
    newcombe,
    quotient,
    share,
    wilson,
)
from throughline.engines.disparity.sides import Sides
from throughline.engines.disparity.tables import BoolArray, Counts, FloatArray, IntArray


def _compared_rate(sides: Sides) -> FloatArray:
    """Return the rate that is compared with, as a share; NaN where there is nobody."""
    return divided(sides.top, sides.bottom)


def _four(sides: Sides, other: Counts) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    return sides.group.total, sides.group.n_valid, other.total, other.n_valid


def _no_interval(computed: Computed, sides: Sides) -> Computed:
    """Drop the interval where students may be on both sides."""
    if sides.are_apart:
        return computed
    return Computed(computed.value, flagged=computed.flagged, exists=computed.exists)


def rate(sides: Sides) -> Computed:
    """Return events over students with a known outcome."""
    events, n = sides.group.total, sides.group.n_valid
    return Computed(share(events, n), wilson(events, n))


def mean(sides: Sides) -> Computed:
    """Return the mean score in its own units."""
    scores = _scores(sides.group)
    return Computed(
        differences.mean(scores, sides.scale), differences.mean_limits(scores, sides.scale)
    )


def gap_points(sides: Sides) -> Computed:
    """Return the rate minus the comparator's, in percentage points."""
    value = share(sides.group.total, sides.group.n_valid) - _compared_rate(sides)
    if sides.other is None:
        low, high = wilson(sides.group.total, sides.group.n_valid)
        goal = _compared_rate(sides)
        return Computed(100 * value, Limits(100 * (low - goal), 100 * (high - goal)))
    low, high = newcombe(*_four(sides, sides.other))
    shrunk = 100 * (1 - sides.weight)
    return _no_interval(Computed(100 * value, Limits(shrunk * low, shrunk * high)), sides)


def risk_ratio(sides: Sides) -> Computed:
    """Return the rate over the comparator's."""
    rate_of_group, compared = share(sides.group.total, sides.group.n_valid), _compared_rate(sides)
    value = quotient(rate_of_group, compared)
    if sides.other is None:
        low, high = wilson(sides.group.total, sides.group.n_valid)
        return Computed(value, Limits(low / compared, high / compared))
    limits, score = ratios.risk_ratio_limits(*_four(sides, sides.other))
    mapped = Limits(*(ratios.ratio_to_everyone(end, sides.weight) for end in limits))
    methods = np.where(score, "score (Koopman)", "log (Katz)")
    return _no_interval(Computed(value, mapped, methods=methods), sides)


def relative_difference_percent(sides: Sides) -> Computed:
    """Return by how many percent the rate differs from the comparator's."""
    ratio = risk_ratio(sides)
    limits = ratio.limits and Limits(*(differences.relative_percent(end) for end in ratio.limits))
    value = differences.relative_percent(np.asarray(ratio.value, dtype=np.float64))
    return Computed(value, limits, methods=ratio.methods)


def odds_ratio(sides: Sides) -> Computed:
    """Return the odds over the comparator's odds."""
    if sides.other is None:
        raise TypeError("a goal has no odds")
    four = _four(sides, sides.other)
    return _no_interval(Computed(ratios.odds_ratio(*four), ratios.woolf(*four)), sides)


def _scores(counts: Counts) -> differences.Scores:
    return differences.Scores(counts.n_valid, counts.total, counts.squares)


def standardized_mean_difference(sides: Sides) -> Computed:
    """Return Hedges' g."""
    if sides.other is None:
        raise TypeError("a goal has no spread")
    found = differences.hedges_g(_scores(sides.group), _scores(sides.other))
    return _no_interval(Computed(found.g, found.limits), sides)


def _of_everyone(sides: Sides) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    return (
        sides.group.total,
        sides.group.n_valid,
        sides.everyone.total,
        sides.everyone.n_valid,
    )


def composition_index(sides: Sides) -> Computed:
    """Return share of events over share of students."""
    return Computed(composition.composition_index(*_of_everyone(sides)), risk_ratio(sides).limits)


def composition_share(sides: Sides) -> Computed:
    """Return share of all events."""
    part = share(sides.group.n_valid, sides.everyone.n_valid)
    low, high = risk_ratio(sides).limits or (part * np.nan, part * np.nan)
    return Computed(share(sides.group.total, sides.everyone.total), Limits(part * low, part * high))


def composition_difference(sides: Sides) -> Computed:
    """Return share of events minus share of students, in percentage points."""
    part = share(sides.group.n_valid, sides.everyone.n_valid)
    low, high = composition_share(sides).limits or (part * np.nan, part * np.nan)
    value = composition.composition_difference(*_of_everyone(sides))
    return Computed(100 * value, Limits(100 * (low - part), 100 * (high - part)))


def e_formula(sides: Sides) -> Computed:
    """Return the highest share of the program that the E-formula expects; flagged when exceeded."""
    events, n, all_events, everyone = _of_everyone(sides)
    return Computed(
        composition.e_formula(n, everyone, all_events) / 100,
        flagged=composition.above_e_formula(events, n, all_events, everyone),
    )


def proportionality_index(sides: Sides) -> Computed:
    """Return the composition index with the flag of four fifths."""
    index = composition_index(sides)
    return Computed(index.value, index.limits, flagged=_below_four_fifths(sides))


def eighty_percent_index(sides: Sides) -> Computed:
    """Return the rate over the best group's rate with the flag of four fifths."""
    ratio = risk_ratio(sides)
    return Computed(
        ratio.value, ratio.limits, flagged=_below_four_fifths(sides), methods=ratio.methods
    )


def _below_four_fifths(sides: Sides) -> BoolArray:
    return parity.below_four_fifths(sides.group.total, sides.group.n_valid, sides.top, sides.bottom)


def percentage_point_gap(sides: Sides) -> Computed:
    """Return the gap in points with the method's own margin and flag."""
    events, n = sides.group.total, sides.group.n_valid
    value = 100 * (share(events, n) - _compared_rate(sides))
    width = 100 * parity.margin(n)
    return Computed(
        value,
        Limits(value - width, value + width),
        flagged=parity.flagged(events, n, sides.top, sides.bottom, good=sides.good),
        methods=np.full(value.shape, "margin of the method"),
    )


def students_to_no_longer_flagged(sides: Sides) -> Computed:
    """Return the fewest students after whom the percentage-point gap is not flagged."""
    students = parity.students_to_no_longer_flagged(
        sides.group.total, sides.group.n_valid, sides.top, sides.bottom, good=sides.good
    )
    return Computed(students, exists=_somebody(sides))


def students_to_parity(sides: Sides) -> Computed:
    """Return the fewest students after whom the rate reaches the comparator's present rate."""
    students = parity.students_to_parity(
        sides.group.total, sides.group.n_valid, sides.top, sides.bottom, good=sides.good
    )
    return Computed(students, exists=_somebody(sides))


def _somebody(sides: Sides) -> BoolArray:
    return np.asarray((sides.group.n_valid > 0) & (sides.bottom > 0), dtype=np.bool_)
