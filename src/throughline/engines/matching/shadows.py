"""What prices and exchanges prove about a choice without solving again. Slow to load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import vstack

from throughline.engines.matching.solving import Program

SCALE = 10**6
"""Prices are fractions of a point; here they are whole numbers of this part, so sums are exact."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Shadow:
    """The linear program's prices of a choice: what turning somebody round loses at least.

    By weak duality any prices bound every choice: the bound is what all rows are paid, and what
    each candidate is worth above the prices. Whoever is turned round gives that up, or brings it
    (reduced costs; Dantzig, 1963). Counted in whole numbers, so noise in the prices can only make
    the bound weaker, never wrong.
    """

    def __init__(self, program: Program, points: Sequence[int]) -> None:
        matrix, gains, bounds = program.matrix(), program.gains(points), program.bounds()
        low, high = (np.array(each, dtype=np.int64) for each in program.limits())
        paid = _paid(program, gains, bounds) if program.width else np.zeros(low.size)
        size = float(np.abs(gains) @ bounds[1] + np.abs(paid) @ (1 + high))
        self.scale = max(1, min(SCALE, int(2**60 / (1 + size))))
        prices = np.rint(paid * self.scale).astype(np.int64)
        worth = matrix.T.astype(np.int64) @ prices
        self._above = gains.astype(np.int64) * self.scale - worth
        kept = np.maximum(self._above * bounds[1], self._above * bounds[0]).astype(np.int64)
        self._bound = int((np.where(prices >= 0, high, low) * prices).sum() + kept.sum())

    def bound(self, place: int | None = None, value: int = 0) -> int:
        """Return what no choice has more than; of those in which a place has this value."""
        if place is None:
            return self._bound // self.scale
        above = int(self._above[place])
        return (self._bound - max(0, above) + above * value) // self.scale


def _paid(program: Program, gains: Floats, bounds: Floats) -> Floats:
    """Return what each row is paid in the linear program; nothing if the solver gave up."""
    matrix, (low, high) = program.matrix(), program.limits()
    ask: Any = linprog  # its types know no sparse matrix
    answer = ask(
        -gains,
        A_ub=vstack([matrix, -matrix]).tocsr(),
        b_ub=np.array([*high, *(-one for one in low)], dtype=float),
        bounds=bounds.T,
        method="highs-ds",
    )
    program.work.spend()
    if answer.status != 0:
        return np.zeros(len(low))
    marginals = np.asarray(answer.ineqlin.marginals)
    return np.asarray(marginals[len(low) :] - marginals[: len(low)])


class Swaps:
    """What a choice loses when two change places, and which two may."""

    def __init__(self, program: Program, points: Sequence[int], chosen: Sequence[int]) -> None:
        whole = program.matrix().toarray().astype(np.int64)
        self._rows, slack = whole[:, : program.size], whole[:, program.size :]
        self._low, self._high = (np.array(each, dtype=np.int64) for each in program.limits())
        weights = np.array([weight for weight, _most in program.spare], dtype=np.int64)
        self._lack = np.maximum(slack, 0) @ weights
        self._above = np.maximum(-slack, 0) @ weights
        self._points = np.array(points, dtype=np.int64)
        self.taken = np.zeros(program.size, dtype=np.bool_)
        self.taken[list(chosen)] = True
        self._count = self._rows[:, self.taken].sum(axis=1)
        self._paid = self._lost(self._count[:, None])[0]

    def _lost(self, counts: Ints) -> Ints:
        lacking = np.maximum(0, self._low[:, None] - counts)
        above = np.maximum(0, counts - self._high[:, None])
        return np.asarray(self._lack @ lacking + self._above @ above, dtype=np.int64)

    def losses(self, place: int) -> tuple[Ints, Ints]:
        """Return with whom this place may change, and what that loses."""
        sign = -1 if self.taken[place] else 1
        others = np.flatnonzero(self.taken != self.taken[place])
        counts = self._count[:, None] + sign * (self._rows[:, [place]] - self._rows[:, others])
        lacks = (counts < self._low[:, None]) & (self._lack == 0)[:, None]
        above = (counts > self._high[:, None]) & (self._above == 0)[:, None]
        may = ~(lacks | above).any(axis=0)
        gain = sign * (self._points[place] - self._points[others])
        return others[may], (self._lost(counts) - self._paid - gain)[may]
