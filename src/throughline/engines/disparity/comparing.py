"""Compare every group of a table with a comparator, in as many measures as asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from throughline.engines.disparity.comparators import Comparator
from throughline.engines.disparity.figures import Figure, Figures, masked, sealed
from throughline.engines.disparity.measures.differences import Scores
from throughline.engines.disparity.measures.multiplicity import (
    against_goal,
    benjamini_hochberg,
    two_groups,
    two_means,
)
from throughline.engines.disparity.refusals import NoComparator, NotDefined, Refusal
from throughline.engines.disparity.registry import (
    DEFAULT,
    DEFAULT_OF_SCORES,
    MEASURES,
    Measure,
    OutcomeIs,
    measure_named,
)
from throughline.engines.disparity.sides import Sides, beside
from throughline.engines.disparity.tables import BoolArray, FloatArray, IntArray, Outcome, Table


@dataclass(frozen=True, slots=True)
class Comparison:
    """All figures of one table against one comparator. Nothing here is hidden for privacy.

    Attributes
    ----------
    comparator, comparator_label
        With whom, as asked and in words ("White students", "all other students").
    n, n_valid, total
        Students, those with a known outcome, events (or fixed-point sum); shape (G,).
    is_comparator
        The rows that are the comparator themselves; they have rates and no comparison.
    figures
        One entry per measure, by id, in the order asked for.
    p_value, p_adjusted, tested
        Two-sided p of "no difference", and after Benjamini-Hochberg over ``comparisons`` of them;
        both 1 where not ``tested``.
    comparisons
        How many were looked at together: those of this table, or more after ``together``.
    coverage, snapshot
        As the table has them.
    """

    by: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    outcome: Outcome
    outcome_is: OutcomeIs
    comparator: Comparator
    comparator_label: str
    n: IntArray
    n_valid: IntArray
    total: IntArray
    is_comparator: BoolArray
    figures: Mapping[str, Figures]
    p_value: FloatArray
    p_adjusted: FloatArray
    tested: BoolArray
    comparisons: int
    overlapping: bool
    coverage: Fraction | None
    snapshot: str

    def figure(self, measure: str, row: int) -> Figure | None:
        """Return one number with its interval, or None where it does not exist.

        Raises
        ------
        NotDefined
            The measure was not asked for.
        """
        if measure not in self.figures:
            raise NotDefined(
                f"{measure!r} is not in this comparison; it has {', '.join(self.figures)}."
            )
        return self.figures[measure].at(row)

    def row(self, *labels: str) -> int:
        """Return the index of the group with these labels."""
        return self.groups.index(labels)


def compare(
    table: Table,
    *,
    comparator: Comparator,
    outcome_is: OutcomeIs,
    measures: Sequence[str] | None = None,
) -> Comparison:
    """Compare every group of ``table`` with ``comparator``.

    Parameters
    ----------
    comparator
        Required: who the others are changes the answer, so there is no default.
    outcome_is
        Whether the event is good or bad for a student. It decides the direction of parity, of
        flags, and which group does best.
    measures
        Ids of the registry; without them rate, gap, risk ratio and students to parity, or mean and
        standardized difference for scores.

    Raises
    ------
    NoComparator
        There is nobody to compare with, or a measure does not compare with them.
    TooFew
        No outcome is known where one is needed.
    NotDefined
        A measure is unknown, or does not exist for this outcome or table.

    Notes
    -----
    Linear in the number of groups.
    """
    if outcome_is not in {"good", "bad"}:
        raise NotDefined(f"An outcome is 'good' or 'bad' for a student, not {outcome_is!r}.")
    good = outcome_is == "good"
    if measures is None:
        measures = DEFAULT if table.outcome.binary else DEFAULT_OF_SCORES
    chosen = [measure_named(name) for name in dict.fromkeys(measures)]
    for measure in chosen:
        _check(measure, table, comparator, outcome_is)
    sides = beside(table, comparator, good=good)
    p_value = _p_values(table, sides)
    tested = np.asarray(np.isfinite(p_value) & ~sides.is_comparator, dtype=np.bool_)
    return Comparison(
        by=table.by,
        groups=table.groups,
        outcome=table.outcome,
        outcome_is=outcome_is,
        comparator=comparator,
        comparator_label=sides.label,
        n=table.counts.n,
        n_valid=table.counts.n_valid,
        total=table.counts.total,
        is_comparator=sides.is_comparator,
        figures=MappingProxyType({m.id: _figures(m, table, sides) for m in chosen}),
        p_value=sealed(np.where(tested, p_value, 1.0)),
        p_adjusted=sealed(_adjusted(p_value, tested)),
        tested=sealed(tested),
        comparisons=int(tested.sum()),
        overlapping=table.overlapping,
        coverage=table.coverage,
        snapshot=table.snapshot,
    )


def fitting(table: Table, *, comparator: Comparator, outcome_is: OutcomeIs) -> tuple[str, ...]:
    """Return the ids of all measures that exist for this outcome and comparator, in their order."""
    return tuple(
        measure.id for measure in MEASURES if _fits(measure, table, comparator, outcome_is)
    )


def _fits(measure: Measure, table: Table, comparator: Comparator, outcome_is: OutcomeIs) -> bool:
    try:
        _check(measure, table, comparator, outcome_is)
    except Refusal:
        return False
    return True


def _check(measure: Measure, table: Table, comparator: Comparator, outcome_is: OutcomeIs) -> None:
    if measure.of_scores == table.outcome.binary:
        takes = "scores" if measure.of_scores else "outcomes that happen or do not"
        raise NotDefined(f"{measure.name} takes {takes}; {table.outcome.name} is not of that kind.")
    if outcome_is not in measure.outcomes:
        raise NotDefined(f"{measure.name}: {measure.polarity}")
    if measure.own is not None:
        if table.overlapping and measure.own.kind == "everyone":
            raise NotDefined(
                f"{measure.name} needs groups that add up to everyone; here a student may be in "
                "several groups."
            )
    elif measure.comparators and comparator.kind not in measure.comparators:
        allowed = ", ".join(measure.comparators)
        raise NoComparator(f"{measure.name} does not compare with {comparator.kind}; {allowed} do.")


def _figures(measure: Measure, table: Table, asked: Sides) -> Figures:
    sides = asked if measure.own is None else beside(table, measure.own, good=asked.good)
    compares = bool(measure.comparators)
    shown = table.counts.n_valid >= measure.floor
    if compares:
        shown = shown & ~sides.is_comparator
    return masked(
        measure.compute(sides),
        np.asarray(shown, dtype=np.bool_),
        measure=measure.id,
        unit=measure.unit,
        sources=measure.sources,
        comparator=sides.label if compares else "",
    )


def _p_values(table: Table, sides: Sides) -> FloatArray:
    """Return p of "no difference" to the rest, NaN where it cannot be asked."""
    counts, other = sides.group, sides.other
    if not sides.are_apart:
        return np.full(len(counts), np.nan)
    if other is None:
        goal = float(Fraction(int(sides.top[0]), int(sides.bottom[0])))
        return against_goal(counts.total, counts.n_valid, goal=goal)
    if table.outcome.binary:
        return two_groups(counts.total, counts.n_valid, other.total, other.n_valid)
    return two_means(*(Scores(side.n_valid, side.total, side.squares) for side in (counts, other)))


def _adjusted(p_value: FloatArray, tested: BoolArray) -> FloatArray:
    answer = np.ones(p_value.shape)
    answer[tested] = benjamini_hochberg(p_value[tested])
    return answer


def together(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Adjust over everything that is looked at on one page or in one command.

    Each comparison comes back with ``p_adjusted`` over all of them and their common number.
    """
    if not comparisons:
        return ()
    tested = np.concatenate([one.tested for one in comparisons])
    values = np.concatenate([one.p_value for one in comparisons])
    adjusted = _adjusted(values, tested)
    ends = np.cumsum([len(one.groups) for one in comparisons])[:-1]
    return tuple(
        replace(one, p_adjusted=sealed(part), comparisons=int(tested.sum()))
        for one, part in zip(comparisons, np.split(adjusted, ends), strict=True)
    )
