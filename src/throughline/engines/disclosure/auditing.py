"""Try to work out what was hidden, knowing all that was published.

A promise counts as kept only when integer tables were found that agree with everything public
and show it; each is checked in whole numbers. What cannot be shown in time counts as broken.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from throughline.engines.disclosure.counts import Known
from throughline.engines.disclosure.grids import Flags, Floats, Grid, Ints
from throughline.engines.disclosure.layers import Layer, Promises, outcome_rows
from throughline.engines.disclosure.moves import Steps
from throughline.engines.disclosure.patterns import outcome_layer, student_layer
from throughline.engines.disclosure.policy import Audit
from throughline.engines.disclosure.searching import Change
from throughline.engines.disclosure.solving import TINY, Model

METHOD = (
    "integer tables found by moves along the axes, then linear and integer programs (HiGHS), "
    "each checked in whole numbers"
)

FEW = 20
"""Where more promises are open after quick moves, other moves rarely help, and programs decide."""


class Attack:
    """One attacker's view of hidden counts.

    Parameters
    ----------
    known
        All that is public, as ranges.
    wanted
        What was promised, shape (rows, cells).
    seconds_left
        Until the attack must end.
    """

    def __init__(
        self,
        grid: Grid,
        known: Known,
        wanted: Promises,
        seconds_left: Callable[[], float],
    ) -> None:
        self.grid, self.known, self.wanted = grid, known, wanted
        self.hidden = wanted.span > 0
        self.seconds_left = seconds_left
        self.up = np.zeros_like(known.values)
        self.down = np.zeros_like(known.values)
        self.narrow: set[tuple[int, int]] = set()
        """Counts for which an exact range was found, and it is a single value."""

    def run(self, *, thorough: bool = True) -> Audit:
        """Attack every hidden count; what quick moves cannot show counts as broken if not thorough."""
        self._by_moves()
        if thorough and not self._kept().all():
            self._by_programs()
        broken = ~self._kept()
        width = (self.up + self.down)[self.hidden]
        return Audit(
            recoverable=len(self.narrow),
            broken=int(broken.sum()),
            narrowest_width=int(width.min()) if width.size else None,
            checked=int(self.hidden.sum()),
            method=METHOD,
        )

    def _kept(self) -> Flags:
        return self.wanted.kept(self.up, self.down)

    def _by_moves(self) -> None:
        """Try any moves, then those of few cells, which find the few that the first ones missed."""
        steps = Steps(self.grid)
        self._moved(steps, np.zeros(self.grid.size))
        if 0 < (~self._kept()).sum() <= FEW:
            self._moved(steps, np.ones(self.grid.size))

    def _moved(self, steps: Steps, price: Floats) -> None:
        students = student_layer(self.grid, steps, self.known, self._part(slice(0, 1)))
        self._attack(students, price, slice(0, 1))
        for outcome in range(len(self.known.values) // 2):
            rows = slice(1 + 2 * outcome, 3 + 2 * outcome)
            layer = outcome_layer(steps, self.known, outcome, self._part(rows), students)
            self._attack(layer, price, rows)

    def _part(self, rows: slice) -> Promises:
        wanted = self.wanted
        return Promises(wanted.up[rows], wanted.down[rows], wanted.span[rows])

    def _attack(self, layer: Layer, price: Floats, rows: slice) -> None:
        for row, cell in layer.open():
            if self.seconds_left() <= 0:
                break
            if not layer.kept_at(row, cell):
                layer.prove(row, cell, price=price)
        for change, found in layer.proofs:
            if self._holds(found, rows) and self._followed(change):
                self.up[rows] = np.maximum(self.up[rows], found)
                self.down[rows] = np.maximum(self.down[rows], -found)
        self.up[rows] = np.maximum(self.up[rows], layer.base_up)
        self.down[rows] = np.maximum(self.down[rows], layer.base_down)

    def _holds(self, change: Ints, rows: slice) -> bool:
        """Whether changed counts add up, and agree with all that is known, in whole numbers."""
        there = self.known.values[rows] + change
        fits = (there >= self.known.low[rows]) & (there <= self.known.high[rows])
        return bool(fits.all()) and all(self.grid.adds_up(row) for row in change)

    def _followed(self, change: Change) -> bool:
        """Whether every outcome can follow a change of students, in both ways that are used."""
        for outcome in range(0 if change.most is None else len(change.most)):
            rows = slice(1 + 2 * outcome, 3 + 2 * outcome)
            for events in change.following(outcome):
                if not self._holds(outcome_rows(change.n, events), rows):
                    return False
        return True

    def _by_programs(self) -> None:
        model = Model(self.grid, self.known, self.seconds_left)
        for row, cell in zip(*np.nonzero(~self._kept()), strict=True):
            if not self._kept()[row, cell]:
                self._solve(model, int(row), int(cell))

    def _solve(self, model: Model, row: int, cell: int) -> None:
        """Find how far one count can move: over the reals, and over integers where that is open."""
        sure = True
        for sign in (1, -1):
            bound = model.reach(row, cell, sign, whole=False)
            if bound.rows is None and bound.reach is not None and bound.reach >= 1 - TINY:
                bound = model.reach(row, cell, sign, whole=True)
            self._learn(bound.rows)
            if bound.reach == np.inf:
                self._unlimited(row, cell, sign)
            sure &= bound.reach is not None
        if sure and self.up[row, cell] + self.down[row, cell] == 0:
            self.narrow.add((row, cell))

    def _learn(self, rows: Ints | None) -> None:
        if rows is not None:
            np.maximum(self.up, rows, out=self.up)
            np.maximum(self.down, -rows, out=self.down)

    def _unlimited(self, row: int, cell: int, sign: int) -> None:
        """Nothing limits the count on this side (a hidden total): that is safe."""
        reach = self.up if sign > 0 else self.down
        reach[row, cell] = max(reach[row, cell], self.wanted.up[row, cell], 2)
