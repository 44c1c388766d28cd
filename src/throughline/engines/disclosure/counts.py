"""Counts of a frozen snapshot, and what is publicly known about them as ranges."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from throughline.engines.disclosure.grids import Axis, Grid, Ints
from throughline.engines.disclosure.unusable import Unusable

NO_LIMIT = 2**40
"""More students than there are: nothing is known on that side."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Students of every leaf with the outcome, in C order of the leaves."""

    name: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A frozen snapshot: students by every combination of attributes, and outcomes over them.

    Attributes
    ----------
    axes
        Attributes, or chains of them.
    n
        Students of every leaf, in C order of the axes' leaves. Combinations that do not occur
        have 0.
    outcomes
        Each over the same ``n``. Students whose outcome is unknown belong in another table.
    source
        Names the frozen rows (SHA-256 of files, codebook and rules). Releases about one source are
        audited together.
    """

    axes: tuple[Axis, ...]
    n: tuple[int, ...]
    outcomes: tuple[Outcome, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        leaves = int(np.prod(self.grid.leaf_shape))
        if len(self.n) != leaves or any(len(one.events) != leaves for one in self.outcomes):
            raise Unusable(f"a table over these attributes needs {leaves} counts in every column")
        if min(self.n) < 0:
            raise Unusable("a group cannot have fewer than no students")
        if len({one.name for one in self.outcomes}) != len(self.outcomes):
            raise Unusable("an outcome is given twice")
        for one in self.outcomes:
            if any(not 0 <= x <= n for x, n in zip(one.events, self.n, strict=True)):
                raise Unusable(f"{one.name}: more students with the outcome than students")

    @property
    def grid(self) -> Grid:
        """All cells."""
        return Grid(self.axes)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the outcomes."""
        return tuple(one.name for one in self.outcomes)

    @property
    def identity(self) -> str:
        """The source, or the SHA-256 of the counts where no source is named."""
        if self.source:
            return self.source
        facts = [
            [[axis.levels, axis.paths] for axis in self.axes],
            self.n,
            [[one.name, one.events] for one in self.outcomes],
        ]
        return sha256(json.dumps(facts).encode()).hexdigest()


def tabulate(
    attributes: Sequence[str],
    groups: Sequence[Sequence[str]],
    n: Sequence[int],
    outcomes: Mapping[str, Sequence[int]] | None = None,
    *,
    hierarchies: Sequence[Sequence[str]] = (),
    source: str = "",
) -> Table:
    """Build a table from the groups that occur.

    Parameters
    ----------
    attributes
        Names, in the order of the labels of a group.
    groups
        One list of labels per group; those that repeat are added up.
    n
        Students per group.
    outcomes
        Students per group with each outcome.
    hierarchies
        Chains of attributes from fine to coarse, such as ``("school", "district")``.
    source
        See `Table`.

    Examples
    --------
    >>> table = tabulate(["school", "race"], [["A", "Black"], ["B", "White"]], [12, 30])
    >>> table.n
    (12, 0, 0, 30)
    """
    axes = _axes(attributes, groups, hierarchies)
    place = {name: column for column, name in enumerate(attributes)}
    shape = tuple(len(axis.paths) for axis in axes)
    found = [{path: number for number, path in enumerate(axis.paths)} for axis in axes]
    columns = [[place[name] for name in axis.levels] for axis in axes]
    where = [
        int(np.ravel_multi_index(
            [known[tuple(group[c] for c in part)] for known, part in zip(found, columns, strict=True)],
            shape,
        ))
        for group in groups
    ]  # fmt: skip

    def spread(values: Sequence[int]) -> tuple[int, ...]:
        out = [0] * int(np.prod(shape))
        for leaf, value in zip(where, values, strict=True):
            out[leaf] += int(value)
        return tuple(out)

    parts = tuple(Outcome(name, spread(events)) for name, events in (outcomes or {}).items())
    return Table(axes, spread(n), parts, source)


def _axes(
    attributes: Sequence[str], groups: Sequence[Sequence[str]], hierarchies: Sequence[Sequence[str]]
) -> tuple[Axis, ...]:
    chains = {chain[0]: tuple(chain) for chain in hierarchies}
    coarse = {name for chain in hierarchies for name in chain[1:]}
    if unknown := (set(chains) | coarse) - set(attributes):
        raise Unusable(f"a hierarchy names {', '.join(sorted(unknown))}, which is no attribute")
    if not groups:
        raise Unusable("there is no group to count")
    axes = []
    for name in attributes:
        if name in coarse:
            continue
        levels = chains.get(name, (name,))
        columns = [list(attributes).index(level) for level in levels]
        paths = dict.fromkeys(tuple(group[c] for c in columns) for group in groups)
        axes.append(Axis(levels, tuple(paths)))
    return tuple(axes)


class Known:
    """Ranges of every count that are public. Starts with nothing known but that counts are counts.

    ``low`` and ``high`` are int arrays of shape (1 + 2 x outcomes, cells): row 0 holds students,
    rows 1 + 2j and 2 + 2j those with and without outcome j.
    """

    def __init__(self, table: Table) -> None:
        grid = table.grid
        n = grid.add_up(np.array(table.n))
        rows = [n]
        for outcome in table.outcomes:
            events = grid.add_up(np.array(outcome.events))
            rows += [events, n - events]
        self.values: Ints = np.stack(rows)
        self.low: Ints = np.zeros_like(self.values)
        self.high: Ints = np.full_like(self.values, NO_LIMIT)

    def copy(self) -> Known:
        """Return ranges that can be narrowed without narrowing these."""
        other = object.__new__(Known)
        other.values, other.low, other.high = self.values, self.low.copy(), self.high.copy()
        return other

    def narrow(self, row: int, cell: int, low: int, high: int) -> None:
        """Learn that a count lies within a range.

        Raises
        ------
        ValueError
            The true count lies outside: the publication is about other data.
        """
        if not low <= self.values[row, cell] <= high:
            raise ValueError("a number that was published does not fit this data")
        self.low[row, cell] = max(self.low[row, cell], low)
        self.high[row, cell] = min(self.high[row, cell], high)

    @property
    def up(self) -> Ints:
        """How far every count could be above its true value."""
        return self.high - self.values

    @property
    def down(self) -> Ints:
        """How far every count could be below its true value."""
        return self.values - self.low
