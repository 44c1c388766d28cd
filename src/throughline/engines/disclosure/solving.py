"""The least and most a count can be, over everything that agrees with what is public.

Linear programs bound it over the reals, integer programs over whole students. Unknowns are the
leaves: students, and those with every outcome. Only the part of the table that hangs together with
the count is solved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse.csgraph import connected_components

from throughline.engines.disclosure.counts import NO_LIMIT, Known
from throughline.engines.disclosure.grids import Flags, Floats, Grid, Ints

TINY = 1e-6
"""Solvers work in floating point; what they find is checked in integers before it counts."""

OPTIMAL, UNBOUNDED = 0, 3
"""Status of scipy's solvers."""


@dataclass(frozen=True, slots=True)
class Bound:
    """How far a count can move one way.

    Attributes
    ----------
    reach
        Students it can move, or infinity; None when the solver did not finish.
    rows
        The integer table that shows it, as changes of all counts, shape (rows, cells), if any.
    """

    reach: float | None
    rows: Ints | None = None


class Model:
    """Every integer table that agrees with what is known.

    Variables are changes of the leaves: students first, then those with each outcome.
    """

    def __init__(self, grid: Grid, known: Known, seconds_left: Callable[[], float]) -> None:
        self.grid, self.known, self.seconds_left = grid, known, seconds_left
        self.leaves = len(grid.leaf_cells)
        self.outcomes = len(known.values) // 2
        self.extra = 0
        """Variables after those of the leaves, of models that need some."""

    @cached_property
    def _sums(self) -> sparse.csr_array:
        """0/1, cells x leaves."""
        out = sparse.csr_array(np.ones((1, 1)))
        for matrix in self.grid.memberships:
            out = sparse.csr_array(sparse.kron(out, sparse.csr_array(matrix.astype(float))))
        return out

    def _row(self, row: int, cells: Ints) -> sparse.csr_array:
        """Express changes of some cells of a row of `Known` in the variables."""
        sums = self._sums[cells]
        empty = sparse.csr_array(sums.shape)
        blocks = [empty] * (1 + self.outcomes)
        if row == 0:
            blocks[0] = sums
        elif row % 2:
            blocks[(row + 1) // 2] = sums
        else:
            blocks[0], blocks[row // 2] = sums, -sums
        return sparse.csr_array(sparse.hstack(blocks))

    @cached_property
    def _limits(self) -> tuple[sparse.csr_array, Floats, Floats]:
        return self.limits()

    def limits(self) -> tuple[sparse.csr_array, Floats, Floats]:
        """All that is known, as low <= matrix @ change <= high."""
        matrices, lows, highs = [], [], []
        is_leaf = np.zeros(self.grid.size, dtype=bool)
        is_leaf[self.grid.leaf_cells] = True
        for row in range(len(self.known.values)):
            low = self.known.low[row] - self.known.values[row]
            high = self.known.high[row] - self.known.values[row]
            says = (self.known.low[row] > 0) | (high < NO_LIMIT // 2) | is_leaf
            cells = np.flatnonzero(says)
            matrices.append(self._row(row, cells))
            lows.append(low[cells].astype(float))
            highs.append(np.where(high[cells] < NO_LIMIT // 2, high[cells], np.inf))
        matrix = sparse.csr_array(sparse.vstack(matrices))
        return matrix, np.concatenate(lows), np.concatenate(highs)

    @cached_property
    def _parts(self) -> tuple[Flags, Ints]:
        """Which variables can move, and the connected part every variable belongs to."""
        matrix, low, high = self._limits
        movable = np.ones(matrix.shape[1], dtype=bool)
        counts = np.diff(matrix.indptr)
        fixed = matrix[np.flatnonzero((counts == 1) & (low == 0) & (high == 0))]
        movable[fixed.indices] = False
        links = abs(matrix) @ sparse.diags_array(movable.astype(float))
        _number, part = connected_components(links.T @ links, directed=False)
        return movable, part.astype(np.int64)

    def agrees(self, values: Ints) -> bool:
        """Whether a table agrees with all that is known, exactly."""
        return bool(((values >= self.known.low) & (values <= self.known.high)).all())

    def reach(
        self, row: int, cell: int, sign: int, *, whole: bool, limit: int | None = None
    ) -> Bound:
        """Return how far a count can move up (sign 1) or down (-1), at most ``limit``.

        ``whole`` asks for integers.
        """
        if self.seconds_left() <= 0:
            return Bound(None)
        target = self._row(row, np.array([cell]))
        target = sparse.csr_array(
            sparse.hstack([target, sparse.csr_array((1, self.extra), dtype=float)])
        )
        movable, part = self._parts
        inside = movable & np.isin(part, part[target.indices])
        columns = np.flatnonzero(inside)
        cost = -sign * target[:, columns].toarray().ravel()
        if not cost.any():
            return Bound(0.0)
        matrix, low, high = self._limits
        matrix = matrix[:, columns]
        used = np.diff(matrix.indptr) > 0
        problem = (matrix[np.flatnonzero(used)], low[used], high[used])
        if limit is not None:
            problem = (
                sparse.csr_array(sparse.vstack([problem[0], sparse.csr_array(-cost[None])])),
                np.append(problem[1], -np.inf),
                np.append(problem[2], limit),
            )
        solve = self._integers if whole else self._reals
        status, change = solve(cost, *problem)
        if status == UNBOUNDED:
            return Bound(np.inf)
        if status != OPTIMAL or change is None:
            return Bound(None)
        everything = np.zeros(self._limits[0].shape[1])
        everything[columns] = change
        return Bound(float(-cost @ change), self._checked(everything))

    def _reals(
        self, cost: Floats, matrix: sparse.csr_array, low: Floats, high: Floats
    ) -> tuple[int, Floats | None]:
        same = low == high
        over, under = np.isfinite(high) & ~same, ~same
        equal, at_most = matrix[np.flatnonzero(same)], matrix[np.flatnonzero(over)]
        # scipy's type stubs do not know that sparse matrices are welcome.
        problem: dict[str, Any] = {
            "A_eq": equal,
            "b_eq": low[same],
            "A_ub": sparse.vstack([at_most, -matrix[np.flatnonzero(under)]]),
            "b_ub": np.concatenate([high[over], -low[under]]),
        }
        result = linprog(
            cost,
            **problem,
            bounds=(None, None),
            method="highs",
            options={"time_limit": max(self.seconds_left(), 0.001)},
        )
        return int(result.status), result.x

    def _integers(
        self, cost: Floats, matrix: sparse.csr_array, low: Floats, high: Floats
    ) -> tuple[int, Floats | None]:
        result = milp(
            cost,
            integrality=np.ones(len(cost), dtype=np.int64),
            bounds=Bounds(-np.inf, np.inf),
            constraints=LinearConstraint(matrix, low, high),
            options={"time_limit": max(self.seconds_left(), 0.001)},
        )
        return int(result.status), result.x

    def _checked(self, change: Floats) -> Ints | None:
        """Return a solution as changes of all counts if it is whole and agrees exactly."""
        change = change[: self.leaves * (1 + self.outcomes)]
        nearest = np.rint(change)
        if np.abs(nearest - change).max() > TINY:
            return None
        parts = nearest.astype(np.int64).reshape(1 + self.outcomes, self.leaves)
        n = self.grid.add_up(parts[0])
        rows = [n]
        for part in parts[1:]:
            events = self.grid.add_up(part)
            rows += [events, n - events]
        found = np.stack(rows)
        return found if self.agrees(self.known.values + found) else None
