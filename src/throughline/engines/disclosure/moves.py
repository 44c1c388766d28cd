"""Changes of a table that leave its sums intact: the proof that a hidden cell could be another.

A move is a product of one step per axis: from one leaf to another (all nodes that hold both stay),
or one more leaf with every node above it. Moves are whole numbers, so an amount of a move that
stays inside the room of every cell is an integer table nobody can rule out. All moves through one
cell are weighed at once, by contraction along the axes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from throughline.engines.disclosure.grids import Flags, Floats, Grid, Ints

BLOCKED = 1e9
"""Price of a move that some cell has no room for."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of some cells by plus or minus one each.

    ``cells`` and ``signs`` are aligned, shape (cells touched,).
    """

    cells: Ints
    signs: Ints
    price: float


class Steps:
    """All moves through any cell of a grid."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._options: dict[tuple[int, int], tuple[Floats, Floats]] = {}

    def options(self, place: int, node: int) -> tuple[Floats, Floats]:
        """Return the steps along one axis that raise a node by one, and their size.

        Both have shape (steps, nodes); a step is -1, 0 or 1 on every node, its size 0 or 1.
        """
        key = (place, node)
        if key not in self._options:
            matrix = self.grid.memberships[place]
            inside, outside = np.flatnonzero(matrix[node]), np.flatnonzero(matrix[node] == 0)
            columns = matrix.T
            swaps = columns[inside][:, None, :] - columns[outside][None, :, :]
            found = np.concatenate([swaps.reshape(-1, len(matrix)), columns[inside]]).astype(float)
            self._options[key] = found, np.abs(found)
        return self._options[key]

    def cheapest(
        self, cell: int, *, price: Floats, tight_up: Flags, tight_down: Flags, most: int = 1
    ) -> Iterator[Move]:
        """Yield the cheapest moves that raise ``cell``, at most ``most``, cheapest first.

        Parameters
        ----------
        cell
            The cell to raise by one.
        price
            What it costs to touch a cell, shape (cells,).
        tight_up, tight_down
            Cells without room to be raised, or lowered, by the amount that is wanted.
        """
        options = [self.options(place, node) for place, node in enumerate(self.grid.node(cell))]
        steps = [found for found, _size in options]
        tight = tight_up.astype(float) + tight_down
        lean = tight_up.astype(float) - tight_down
        total = self._contract(price + BLOCKED / 2 * tight, [size for _found, size in options])
        total += self._contract(BLOCKED / 2 * lean, steps)
        flat = total.reshape(-1)
        if most == 1:
            ranked = np.array([flat.argmin()])
        else:
            near = np.argpartition(flat, min(most, flat.size) - 1)[:most]
            ranked = near[np.lexsort((near, np.round(flat[near], 6)))]
        for option in ranked:
            if flat[option] >= BLOCKED / 4:
                return
            yield self._move(steps, np.unravel_index(option, total.shape), float(flat[option]))

    def _contract(self, values: Floats, steps: list[Floats]) -> Floats:
        """Sum values over the nodes of every step: shape (steps of axis 1, steps of axis 2, ...)."""
        out = values
        for step in steps:
            out = (step @ out.reshape(step.shape[1], -1)).T
        return out.reshape([len(step) for step in steps])

    def _move(self, steps: list[Floats], option: tuple[np.intp, ...], price: float) -> Move:
        parts = [step[pick] for step, pick in zip(steps, option, strict=True)]
        whole = reduce(np.multiply.outer, parts).reshape(-1).astype(np.int64)
        cells = np.flatnonzero(whole)
        return Move(cells, whole[cells], price)
