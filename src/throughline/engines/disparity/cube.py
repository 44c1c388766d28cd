"""The cube: the finest cells, counted once, and every table of groups added up from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import prod

import numpy as np

from throughline.engines.disparity.base_query import Cells, count_cells
from throughline.engines.disparity.codebook import Attribute, Codebook
from throughline.engines.disparity.encoding import Encoded, encode
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.tables import Counts, IntArray, Table

DENSE = 2_000_000
"""Up to so many combinations of levels, a table is added up in an array that has them all."""

MOST_WITH_A_PLACE = 3
"""A school or district is crossed with at most so many other attributes."""


@dataclass(frozen=True, slots=True)
class Cube:
    """Counts of the finest cells of all attributes but places.

    ``stated`` students are there according to another source; tables then carry coverage.
    """

    codebook: Codebook
    cells: Cells
    snapshot: str
    encoded: Encoded | None = None
    stated: int | None = None
    engine: str = "duckdb"
    cuboids: dict[tuple[int, ...], Cells] = field(default_factory=dict, compare=False, repr=False)

    def table(self, by: Sequence[str], outcome: str) -> Table:
        """Return the counts of every group that these attributes make together.

        Raises
        ------
        KeyError
            There is no such attribute or outcome; the sentence lists those there are.
        ValueError
            An attribute stands twice, or a place is crossed with too many others.
        """
        if len(set(by)) != len(by):
            raise ValueError("An attribute stands twice.")
        attributes = [self.codebook.attribute(name) for name in by]
        at = self._outcome(outcome)
        cells = self._cells_for(attributes)
        axes = [cells.attributes.index(self.codebook.attributes.index(one)) for one in attributes]
        groups, counts = roll_up(cells, axes, attributes, at)
        whole = _counts(self.cells, np.zeros(len(self.cells.n), np.int64), 1, at)
        students = int(whole.n[0])
        return Table(
            by=tuple(by),
            groups=groups,
            outcome=self.codebook.outcomes[at].outcome,
            counts=counts,
            whole=whole,
            overlapping=any(one.overlapping for one in attributes),
            coverage=Fraction(students, self.stated) if self.stated else None,
            snapshot=self.snapshot,
        )

    def tables(self, outcome: str, ways: Sequence[int] = (0, 1, 2, 3)) -> Iterator[Table]:
        """Yield the tables of every choice of so many attributes, places left out."""
        names = [one.name for one in self.codebook.attributes if not one.place]
        for way in ways:
            for by in combinations(names, way):
                yield self.table(by, outcome)

    def _outcome(self, name: str) -> int:
        names = [one.outcome.name for one in self.codebook.outcomes]
        if name not in names:
            raise KeyError(f"There is no outcome {name!r}. There is: {', '.join(names)}.")
        return names.index(name)

    def _cells_for(self, attributes: Sequence[Attribute]) -> Cells:
        places = [one for one in attributes if one.place]
        if not places:
            return self.cells
        if len(attributes) - len(places) > MOST_WITH_A_PLACE:
            raise ValueError(
                f"{places[0].name} can be crossed with {MOST_WITH_A_PLACE} other attributes at most: "
                "more would make groups of a few students in every school."
            )
        chosen = tuple(sorted(self.codebook.attributes.index(one) for one in attributes))
        if chosen not in self.cuboids:
            if self.encoded is None:
                raise ValueError(f"The rows that tell {places[0].name} were not kept.")
            self.cuboids[chosen] = count_cells(self.encoded, chosen, engine=self.engine)
        return self.cuboids[chosen]


def build_cube(
    rows: Source | Encoded,
    codebook: Codebook,
    engine: str = "duckdb",
    *,
    packed: bool | None = None,
    threads: int | None = None,
    stated: int | None = None,
) -> Cube:
    """Count every cell once.

    Parameters
    ----------
    rows
        A file with one row a student, or one whose rows are encoded already.
    stated
        The students there are according to another source, for the coverage.

    Raises
    ------
    Unreadable, Refused
        The file does not keep to the codebook.
    """
    encoded = rows if isinstance(rows, Encoded) else encode(rows, codebook)
    cells = count_cells(encoded, encoded.crossed, engine=engine, packed=packed, threads=threads)
    return Cube(codebook, cells, encoded.snapshot, encoded, stated, engine)


def roll_up(
    cells: Cells, axes: Sequence[int], attributes: Sequence[Attribute], outcome: int
) -> tuple[tuple[tuple[str, ...], ...], Counts]:
    """Add up cells along ``axes``; return the labels of every occupied group and its counts.

    Groups come in the order of the codebook. While their combinations are few they have a place
    in an array each; else only those that occur are numbered.
    """
    rows, positions = _positions(cells, axes, attributes)
    sizes = [len(one.groups) for one in attributes]
    flat = np.zeros(len(rows), np.int64)
    for position, size in zip(positions, sizes, strict=True):
        flat = flat * size + position
    if prod(sizes) <= DENSE:
        dense = _counts(cells, flat, prod(sizes), outcome, rows)
        occupied = np.flatnonzero(dense.n)
        counts = _chosen(dense, occupied)
    else:
        occupied, numbered = np.unique(flat, return_inverse=True)
        counts = _counts(cells, numbered, len(occupied), outcome, rows)
    return tuple(_labels(occupied, sizes, attributes)), counts


def _positions(
    cells: Cells, axes: Sequence[int], attributes: Sequence[Attribute]
) -> tuple[IntArray, list[IntArray]]:
    """Return, for every cell and group it counts in, the cell and the group's position per axis.

    A cell of an any-part attribute counts in each of its parts; any other in one group.
    """
    rows = np.arange(len(cells.n))
    positions: list[IntArray] = []
    for axis, attribute in zip(axes, attributes, strict=True):
        codes = cells.codes[rows, axis]
        if not attribute.overlapping:
            positions.append(codes)
            continue
        members = (*attribute.members, (len(attribute.levels),))
        lengths = np.array([len(levels) for levels in members])
        flat = np.array([level for levels in members for level in levels], np.int64)
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        repeats = lengths[codes]
        into = np.repeat(np.arange(len(rows)), repeats)
        within = np.arange(len(into)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        rows = rows[into]
        positions = [one[into] for one in positions]
        positions.append(flat[np.repeat(starts[codes], repeats) + within])
    return rows, positions


def _counts(
    cells: Cells, groups: IntArray, size: int, outcome: int, rows: IntArray | None = None
) -> Counts:
    def added(values: IntArray) -> IntArray:
        sums = np.zeros(size, np.int64)
        np.add.at(sums, groups, values if rows is None else values[rows])
        return sums

    return Counts(
        added(cells.n),
        added(cells.n_valid[:, outcome]),
        added(cells.total[:, outcome]),
        added(cells.squares[:, outcome]),
    )


def _chosen(counts: Counts, at: IntArray) -> Counts:
    return Counts(counts.n[at], counts.n_valid[at], counts.total[at], counts.squares[at])


def _labels(
    flat: IntArray, sizes: Sequence[int], attributes: Sequence[Attribute]
) -> Iterator[tuple[str, ...]]:
    if not sizes:
        yield from ((),) * len(flat)
        return
    positions = np.unravel_index(flat, sizes)
    columns = [
        [attribute.groups[at] for at in position.tolist()]
        for position, attribute in zip(positions, attributes, strict=True)
    ]
    yield from zip(*columns, strict=True)
