"""A table of counts by student group: what the cube gives and every measure takes.

Integers only. A rate is never stored; it is computed from the counts where it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MISSING = "Missing"
"""Label of the group of students for whom an attribute is not known. Never dropped, never zero."""


def whole_numbers(values: ArrayLike) -> IntArray:
    """Return a copy of ``values`` as int64 that nobody can write to.

    Raises
    ------
    TypeError
        The values are not whole numbers (a float is refused even when it looks whole).

    Examples
    --------
    >>> whole_numbers([1, 2])
    array([1, 2])
    """
    given = np.asarray(values)
    if given.size and given.dtype.kind not in "iu":
        raise TypeError(f"counts are whole numbers, not {given.dtype}")
    copied = given.astype(np.int64)
    copied.setflags(write=False)
    return copied


@dataclass(frozen=True, slots=True)
class Counts:
    """Aligned int64 arrays of shape (G,), one entry per group.

    ``n`` students; ``n_valid`` of them with a known outcome; ``total`` is the number of events of
    a binary outcome or the sum of fixed-point scores; ``squares`` the sum of squared fixed-point
    scores (equal to ``total`` for a binary outcome).
    """

    n: IntArray
    n_valid: IntArray
    total: IntArray
    squares: IntArray

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, whole_numbers(getattr(self, field.name)))
        if self.n.ndim != 1 or any(
            getattr(self, field.name).shape != self.n.shape for field in fields(self)
        ):
            raise ValueError("counts are arrays of one dimension and equal length")
        if (self.n_valid < 0).any() or (self.n_valid > self.n).any():
            raise ValueError("a group has more known outcomes than students, or fewer than none")

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.n)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted. A score of 3.27 with scale 100 is stored as 327; binary has scale 1."""

    name: str
    scale: int = 1
    binary: bool = True

    def __post_init__(self) -> None:
        if self.scale < 1:
            raise ValueError(f"a scale is a positive whole number, not {self.scale}")
        if self.binary and self.scale != 1:
            raise ValueError("a binary outcome has scale 1")


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one outcome by student group, occupied cells only.

    Attributes
    ----------
    by
        Names of the attributes, ``()`` for the total.
    groups
        Labels of each row, one per attribute, in the order of the codebook.
    counts
        Arrays of shape (G,).
    whole
        Everyone in the snapshot, arrays of shape (1,). Counted on its own, never a sum of rows.
    overlapping
        A student may be in two rows (any-part counting): no complement, no composition.
    coverage
        Sum of the parts over the stated total; None where no total was stated.
    snapshot
        SHA-256 of what the table was counted from.
    """

    by: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    outcome: Outcome
    counts: Counts
    whole: Counts
    overlapping: bool = False
    coverage: Fraction | None = None
    snapshot: str = ""

    def __post_init__(self) -> None:
        if len(self.groups) != len(self.counts) or len(self.whole) != 1:
            raise ValueError("one row of counts per group, and one for everyone")
        if any(len(labels) != len(self.by) for labels in self.groups):
            raise ValueError(f"every group has one label for each of {self.by}")
        if len(set(self.groups)) != len(self.groups):
            raise ValueError("two rows have the same labels")
        for counts in (self.counts, self.whole) if self.outcome.binary else ():
            if (counts.total < 0).any() or (counts.total > counts.n_valid).any():
                raise ValueError("a group has more events than known outcomes, or fewer than none")


def events_of(events: ArrayLike, n: ArrayLike, n_valid: ArrayLike | None = None) -> Counts:
    """Return counts of a binary outcome; every outcome is known unless ``n_valid`` says less."""
    return Counts(n, n if n_valid is None else n_valid, events, events)  # type: ignore[arg-type]


def aggregated(
    by: str,
    rows: Sequence[tuple[str, int, int]],
    *,
    outcome: str,
    everyone: tuple[int, int] | None,
    snapshot: str = "",
) -> Table:
    """Return a table from rows that someone else has counted: label, events, students.

    ``everyone`` is the stated total (events, students). With None nothing was stated: the total is
    the sum of the rows, and coverage cannot be told.

    Examples
    --------
    >>> table = aggregated("race", [("Black", 746, 1000), ("White", 876, 1000)],
    ...                    outcome="graduated", everyone=(8320, 10000))
    >>> table.coverage
    Fraction(1, 5)
    """
    counts = events_of([row[1] for row in rows], [row[2] for row in rows])
    if everyone is None:
        whole = events_of([counts.total.sum()], [counts.n.sum()])
        coverage = None
    else:
        whole = events_of([everyone[0]], [everyone[1]])
        coverage = Fraction(int(counts.n.sum()), everyone[1]) if everyone[1] else None
    return Table(
        by=(by,),
        groups=tuple((row[0],) for row in rows),
        outcome=Outcome(outcome),
        counts=counts,
        whole=whole,
        coverage=coverage,
        snapshot=snapshot,
    )
