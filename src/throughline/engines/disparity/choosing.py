"""Which rows of a table are the comparator: a named group, or the group that does best."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from throughline.engines.disparity.comparators import Group, Highest
from throughline.engines.disparity.naming import all_listed, students_of
from throughline.engines.disparity.refusals import NoComparator, TooFew
from throughline.engines.disparity.tables import MISSING, BoolArray, Table


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows, bool array of shape (G,), and whom they are in words."""

    rows: BoolArray
    label: str


def named(table: Table, group: Group) -> Chosen:
    """Return the row with these labels.

    Where groups are crossed, one label stands for all rows that have it: White students of any
    income, beside every group by race and income.

    Raises
    ------
    NoComparator
        No row has the labels, or one label stands under two attributes.
    TooFew
        No outcome is known there.
    """
    under = _attribute_of(table, group)
    if under is None:
        rows = np.array([labels == group.labels for labels in table.groups], dtype=np.bool_)
        label = students_of(table.by, group.labels)
    else:
        only = group.labels[0]
        rows = np.array([labels[under] == only for labels in table.groups], dtype=np.bool_)
        label = students_of((table.by[under],), group.labels)
    if not table.counts.n_valid[rows].any():
        raise TooFew(f"No outcome is known for {label}, so nobody can be compared with them.")
    return Chosen(rows, label)


def _attribute_of(table: Table, group: Group) -> int | None:
    """Return the attribute that a lone label belongs to, or None when a whole row is named."""
    if group.labels in table.groups:
        return None
    wanted = " / ".join(group.labels)
    lone = group.labels[0] if len(group.labels) == 1 and not table.overlapping else None
    under = [at for at in range(len(table.by)) if lone in {labels[at] for labels in table.groups}]
    if len(under) > 1:
        names = " and ".join(table.by[at] for at in under)
        raise NoComparator(
            f"{wanted!r} is a group by {names}: name one label for each of {', '.join(table.by)}."
        )
    if not under:
        what = " and ".join(table.by) or "the total"
        raise NoComparator(
            f"There is no group {wanted!r} by {what}. There are: {all_listed(table.groups)}."
        )
    return under[0]


def best(table: Table, highest: Highest, *, good: bool) -> Chosen:
    """Return the group of the highest rate (or mean) of a good outcome, the lowest of a bad one.

    Raises
    ------
    TooFew
        No group is large enough.
    """
    sizes, totals = table.counts.n_valid.tolist(), table.counts.total.tolist()
    large = [
        row
        for row, labels in enumerate(table.groups)
        if sizes[row] >= max(highest.at_least, 1) and MISSING not in labels
    ]
    if not large:
        raise TooFew(
            f"No group has {highest.at_least} students with a known outcome, so none can stand "
            "as the one that does best. Compare with everyone or with a goal."
        )
    rates = [Fraction(totals[row], sizes[row]) for row in large]
    row = large[rates.index(max(rates) if good else min(rates))]
    what = f"{'highest' if good else 'lowest'} {'rate' if table.outcome.binary else 'mean'}"
    who = students_of(table.by, table.groups[row])
    return Chosen(np.arange(len(table.groups)) == row, f"{who} ({what})")
