"""Merge categories that are small nearly everywhere, before anything has to hide.

Pooling shows more counts and fewer groups. Which groups were merged stands in the label, and an
attribute is pooled only when a host names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from throughline.engines.disclosure.counts import Outcome, Table
from throughline.engines.disclosure.grids import Axis, Ints
from throughline.engines.disclosure.unusable import Unusable

MOSTLY = 0.5
"""A category is small when more than this share of the groups it occurs in are."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """Categories of an attribute that became one."""

    attribute: str
    label: str
    members: tuple[str, ...]


def pool(
    table: Table, attributes: Sequence[str], *, threshold: int
) -> tuple[Table, tuple[Pooled, ...]]:
    """Merge the small categories of some attributes, one attribute after the other.

    Parameters
    ----------
    attributes
        In the order in which to merge. Hierarchies (schools) are never pooled.
    threshold
        Groups of 1 to threshold - 1 students are small.

    Examples
    --------
    >>> from throughline.engines.disclosure.counts import tabulate
    >>> groups = [["A", "Black"], ["A", "Pacific"], ["A", "Native"], ["A", "White"]]
    >>> small, pooled = pool(tabulate(["school", "race"], groups, [40, 3, 8, 90]), ["race"], threshold=10)
    >>> pooled[0].label, small.n
    ('Pacific, Native', (40, 90, 11))
    """
    done = []
    for name in attributes:
        place = next((i for i, axis in enumerate(table.axes) if axis.levels == (name,)), None)
        if place is None:
            raise Unusable(f"{name} cannot be pooled: it is a hierarchy or no attribute")
        members = _small(table, place, threshold)
        if len(members) > 1:
            table, pooled = _merge(table, place, members)
            done.append(pooled)
    return table, tuple(done)


def _small(table: Table, place: int, threshold: int) -> list[int]:
    """Categories to merge: all small ones, with the next smallest when one stands alone."""
    n = np.moveaxis(np.array(table.n).reshape(table.grid.leaf_shape), place, 0)
    n = n.reshape(len(n), -1)
    occupied = np.maximum((n > 0).sum(axis=1), 1)
    small = ((n > 0) & (n < threshold)).sum(axis=1) / occupied > MOSTLY
    found = np.flatnonzero(small).tolist()
    if len(found) == 1:
        by_size = [int(c) for c in np.argsort(n.sum(axis=1), kind="stable") if c not in found]
        found += by_size[:1]
    return sorted(found) if len(found) < len(n) else []


def _merge(table: Table, place: int, members: list[int]) -> tuple[Table, Pooled]:
    axis = table.axes[place]
    labels = tuple(axis.paths[member][0] for member in members)
    pooled = Pooled(axis.levels[0], ", ".join(labels), labels)
    kept = [path for i, path in enumerate(axis.paths) if i not in members]
    axes = list(table.axes)
    axes[place] = Axis(axis.levels, (*kept, (pooled.label,)))

    def merged(counts: tuple[int, ...]) -> tuple[int, ...]:
        values: Ints = np.array(counts, dtype=np.int64).reshape(table.grid.leaf_shape)
        rest = np.delete(values, members, axis=place)
        together = values.take(members, axis=place).sum(axis=place, keepdims=True)
        flat: list[int] = np.concatenate([rest, together], axis=place).ravel().tolist()
        return tuple(flat)

    outcomes = tuple(Outcome(one.name, merged(one.events)) for one in table.outcomes)
    return replace(table, axes=tuple(axes), n=merged(table.n), outcomes=outcomes), pooled
