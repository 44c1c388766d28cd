"""The cube: the finest cells, counted once, and every table of groups added up from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from throughline.engines.disparity.base_query import Cells, count_cells
from throughline.engines.disparity.codebook import Attribute, Codebook
from throughline.engines.disparity.encoding import Encoded, encode
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.refusals import NotDefined, NotThere
from throughline.engines.disparity.rolling import measures, roll_up, scattered
from throughline.engines.disparity.tables import Counts, IntArray, Table

KEPT = 4_000_000
"""So many numbers of the arrays of several outcomes are kept at once: 32 MB."""

MOST_WITH_A_PLACE = 3
"""A school or district is crossed with at most so many other attributes."""


@dataclass(frozen=True, slots=True)
class Cube:
    """Counts of the finest cells of all attributes but places.

    ``stated`` students are there according to another source; tables then carry coverage.
    ``cuboids``, ``arrays`` and ``wholes`` keep what was counted and laid out for the tables asked for so far.
    """

    codebook: Codebook
    cells: Cells
    snapshot: str
    encoded: Encoded | None = None
    stated: int | None = None
    engine: str = "duckdb"
    cuboids: dict[tuple[int, ...], Cells] = field(default_factory=dict, compare=False, repr=False)
    arrays: dict[int, IntArray | None] = field(default_factory=dict, compare=False, repr=False)
    wholes: dict[int, Counts] = field(default_factory=dict, compare=False, repr=False)

    def table(self, by: Sequence[str], outcome: str) -> Table:
        """Return the counts of every group that these attributes make together.

        Raises
        ------
        NotThere
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
        dense = self._array(at) if cells is self.cells else None
        groups, counts = roll_up(cells, axes, attributes, at, dense)
        whole = self._whole(at)
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

    def _array(self, outcome: int) -> IntArray | None:
        if outcome not in self.arrays:
            kept = sum(one.size for one in self.arrays.values() if one is not None)
            if kept > KEPT:
                self.arrays.clear()
            self.arrays[outcome] = scattered(self.cells, outcome)
        return self.arrays[outcome]

    def _whole(self, outcome: int) -> Counts:
        if outcome not in self.wholes:
            self.wholes[outcome] = Counts(*measures(self.cells, outcome).sum(axis=1)[:, None])
        return self.wholes[outcome]

    def _outcome(self, name: str) -> int:
        names = [one.outcome.name for one in self.codebook.outcomes]
        if name not in names:
            raise NotThere(f"There is no outcome {name!r}. There is: {', '.join(names)}.")
        return names.index(name)

    def _cells_for(self, attributes: Sequence[Attribute]) -> Cells:
        places = [one for one in attributes if one.place]
        if not places:
            return self.cells
        if len(attributes) - len(places) > MOST_WITH_A_PLACE:
            raise NotDefined(
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
