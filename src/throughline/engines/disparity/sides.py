"""Every group of a table beside the students it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from throughline.engines.disparity.choosing import best, named
from throughline.engines.disparity.comparators import Comparator, Goal, Group, Highest, Kind
from throughline.engines.disparity.measures.exact import Exact, exact
from throughline.engines.disparity.measures.intervals import share
from throughline.engines.disparity.refusals import NoComparator, TooFew
from throughline.engines.disparity.tables import BoolArray, Counts, FloatArray, Table


@dataclass(frozen=True, slots=True)
class Sides:
    """Groups and their comparator; arrays of shape (G,).

    Attributes
    ----------
    other
        Students that are not in the group: the sample that intervals and tests compare with. Where
        everyone is the comparator it is the rest of everyone; a goal has none.
    top, bottom
        What is compared with, as a fraction of whole numbers: a rate, or a mean times the scale.
        ``bottom`` is 0 where there is nobody.
    weight
        The group's share of everyone when everyone is the comparator, else 0.
    is_comparator
        The row is the comparator itself: nothing to compare.
    are_apart
        No student is on both sides of ``group`` and ``other``, so an interval is honest.
    """

    kind: Kind
    label: str
    group: Counts
    other: Counts | None
    everyone: Counts
    top: Exact
    bottom: Exact
    weight: FloatArray
    is_comparator: BoolArray
    are_apart: bool
    good: bool
    scale: int


def beside(table: Table, comparator: Comparator, *, good: bool) -> Sides:
    """Return the groups of ``table`` beside ``comparator``.

    Raises
    ------
    NoComparator
        The comparator does not exist in this table.
    TooFew
        It exists and has no student with a known outcome.
    """
    if not table.whole.n_valid[0]:
        raise TooFew(f"No student in this table has a known outcome ({table.outcome.name}).")
    if isinstance(comparator, Goal):
        return _goal(table, comparator.share, good=good)
    if isinstance(comparator, Group | Highest):
        return _some_rows(table, comparator, good=good)
    return _whole(table, comparator.kind, good=good)


def rest_of(table: Table) -> Counts:
    """Return, for each group, everyone who is not in it.

    Raises
    ------
    NoComparator
        Groups overlap, or one is larger than everyone.
    """
    whole, counts = table.whole, table.counts
    rest = [
        getattr(whole, name) - getattr(counts, name)
        for name in ("n", "n_valid", "total", "squares")
    ]
    events_fit = not table.outcome.binary or ((rest[2] >= 0) & (rest[2] <= rest[1])).all()
    if (rest[1] < 0).any() or (rest[1] > rest[0]).any() or not events_fit:
        raise NoComparator(
            "A group has more students or events than everyone, so the stated total and the "
            "groups do not belong together. Check the total, or compare with a named group."
        )
    return Counts(*rest)


def _whole(table: Table, kind: Kind, *, good: bool) -> Sides:
    if kind == "all-others" and table.overlapping:
        raise NoComparator(
            "Students may be in several of these groups, so a group has no 'all others'. "
            "Compare with everyone or with a named group."
        )
    rest = rest_of(table)
    alone = rest.n_valid == 0
    if kind == "all-others" and alone.all():
        raise NoComparator(
            "All students with a known outcome are in one group, so there is no one to compare "
            "with. Group by another attribute, or compare with a goal."
        )
    everyone = kind == "everyone"
    top, bottom = exact(rest.total), exact(rest.n_valid)
    if everyone:
        top = exact(np.repeat(table.whole.total, len(rest)))
        bottom = exact(np.repeat(table.whole.n_valid, len(rest)))
    return Sides(
        kind=kind,
        label="all students" if everyone else "all other students",
        group=table.counts,
        other=rest,
        everyone=table.whole,
        top=top,
        bottom=bottom,
        weight=share(table.counts.n_valid, table.whole.n_valid) * everyone,
        is_comparator=alone,
        are_apart=True,
        good=good,
        scale=table.outcome.scale,
    )


def _some_rows(table: Table, comparator: Group | Highest, *, good: bool) -> Sides:
    if isinstance(comparator, Group):
        chosen = named(table, comparator)
    else:
        chosen = best(table, comparator, good=good)
    size, counts = len(table.groups), table.counts
    other = Counts(
        *(
            np.repeat(part[chosen.rows].sum(), size)
            for part in (counts.n, counts.n_valid, counts.total, counts.squares)
        )
    )
    return Sides(
        kind=comparator.kind,
        label=chosen.label,
        group=counts,
        other=other,
        everyone=table.whole,
        top=exact(other.total),
        bottom=exact(other.n_valid),
        weight=np.zeros(size),
        is_comparator=chosen.rows,
        are_apart=not table.overlapping,
        good=good,
        scale=table.outcome.scale,
    )


def _goal(table: Table, goal: Fraction, *, good: bool) -> Sides:
    if not table.outcome.binary:
        raise NoComparator("A goal is a share of students; scores have no goal here.")
    size = len(table.groups)
    percent = f"{float(100 * goal):.1f}".removesuffix(".0")
    return Sides(
        kind="goal",
        label=f"the goal of {percent} %",
        group=table.counts,
        other=None,
        everyone=table.whole,
        top=exact([goal.numerator] * size),
        bottom=exact([goal.denominator] * size),
        weight=np.zeros(size),
        is_comparator=np.zeros(size, dtype=np.bool_),
        are_apart=True,
        good=good,
        scale=1,
    )
