"""Which counts hide: small ones first, then those that would give them away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from throughline.engines.disclosure.counts import Known
from throughline.engines.disclosure.grids import Flags, Floats, Grid, Ints
from throughline.engines.disclosure.layers import Layer, Promises, Start, promises
from throughline.engines.disclosure.moves import Steps
from throughline.engines.disclosure.policy import Policy
from throughline.engines.disclosure.searching import Followers, Room, Sheet

PRICE_OF_A_MARGIN = 4.0
"""So many times dearer is hiding with every attribute that a count sums over: a reader misses a
margin, which stands in every table, more than a few counts inside of one."""

PRICE_OF_SIZE = 0.1
"""How much dearer hiding becomes with every doubling of a large group."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What hides.

    Attributes
    ----------
    students
        Shape (cells,).
    outcomes
        Shape (outcomes, cells): those with and those without an outcome hide together.
    """

    students: Flags
    outcomes: Flags

    @property
    def rows(self) -> Flags:
        """The same in the rows of `Known`."""
        pairs = np.repeat(self.outcomes, 2, axis=0)
        return np.concatenate([self.students[None], pairs])

    def joined(self, other: Pattern) -> Pattern:
        """Return what hides in either."""
        return Pattern(self.students | other.students, self.outcomes | other.outcomes)


def small_counts(values: Ints, policy: Policy) -> Pattern:
    """Return what hides because it is small (primary suppression).

    A group hides when it has 1 to threshold - 1 students. An outcome hides with its complement
    when its group hides, when either is 1 to threshold - 1, and when nobody or everyone of a group
    under twice the threshold has it.
    """
    k, n = policy.threshold, values[0]
    events, others = values[1::2], values[2::2]
    small = (n > 0) & (n < k)
    pairs = small | ((events > 0) & (events < k)) | ((others > 0) & (others < k))
    if policy.protect_zero_and_all:
        pairs |= ((events == 0) | (others == 0)) & (n > 0) & (n < 2 * k)
    return Pattern(small, pairs)


def published(known: Known, pattern: Pattern, offered: Flags) -> Known:
    """Return what is known once everything offered that does not hide is published."""
    after = known.copy()
    shown = offered & ~pattern.rows
    after.low[shown] = after.values[shown]
    after.high[shown] = after.values[shown]
    empty = offered & (after.values[0] == 0)
    after.high[:, empty] = 0
    return after


def rooms_of(known: Known, row: int) -> Room:
    """Return how far the counts of one row can move."""
    return Room(known.high[row] - known.values[row], known.values[row] - known.low[row])


def student_layer(grid: Grid, steps: Steps, known: Known, wanted: Promises) -> Layer:
    """Build the layer of students, whose outcomes follow."""
    none = np.zeros(grid.size)
    followers = None
    if len(known.values) > 1:
        up, down = known.high - known.values, known.values - known.low
        followers = Followers(Room(up[1::2], down[1::2]), Room(up[2::2], down[2::2]))
    room = rooms_of(known, 0)
    return Layer(Sheet(steps, room, none, followers), [room], wanted)


def outcome_layer(
    steps: Steps, known: Known, outcome: int, wanted: Promises, students: Layer
) -> Layer:
    """Build the layer of one outcome on what was proven for students."""
    starts = [
        Start(change.n, events)
        for change, _rows in students.proofs
        for events in change.following(outcome)
    ]
    rooms = [rooms_of(known, 1 + 2 * outcome), rooms_of(known, 2 + 2 * outcome)]
    sheet = Sheet(steps, rooms[0], np.zeros(len(known.values[0])))
    return Layer(sheet, rooms, wanted, starts)


@dataclass(frozen=True)
class Hiding:
    """Choose what hides.

    Attributes
    ----------
    known
        What was public before, as ranges.
    offered
        Cells that this release would print, shape (cells,).
    kept_hidden
        What must hide anyhow, because it did in a release that this one corrects.
    is_late
        Says when time is up; what follows is refused then.
    """

    grid: Grid
    known: Known
    offered: Flags
    policy: Policy
    kept_hidden: Pattern
    is_late: Callable[[], bool]

    def pattern(self) -> Pattern:
        """Return a pattern that keeps all promises, as far as one was found."""
        steps = Steps(self.grid)
        price = self._price()
        first = self._first()
        base = self._ground()
        wanted = self._wanted(first, slice(0, 1))
        layer = student_layer(self.grid, steps, base, wanted)
        students = self._repair(layer, first.students, price, slice(0, 1))
        outcomes = []
        for j, primary in enumerate(first.outcomes):
            rows = slice(1 + 2 * j, 3 + 2 * j)
            hidden = primary | students
            wanted = self._promised(np.stack([hidden, hidden]), rows)
            part = outcome_layer(steps, base, j, wanted, layer)
            outcomes.append(self._repair(part, hidden, price, rows))
        shape = (len(first.outcomes), self.grid.size)
        return Pattern(students, np.array(outcomes, dtype=bool).reshape(shape))

    def _price(self) -> Floats:
        """Return what hiding a cell costs a reader: inner cells and small groups the least."""
        doublings = np.log2(1 + self.known.values[0] / self.policy.threshold)
        price: Floats = PRICE_OF_A_MARGIN**self.grid.totals * (1 + PRICE_OF_SIZE * doublings)
        return price

    def _first(self) -> Pattern:
        first = small_counts(self.known.values, self.policy).joined(self.kept_hidden)
        open_ = self.offered & (self.known.values[0] > 0)
        return Pattern(first.students & open_, first.outcomes & open_)

    def _ground(self) -> Known:
        nothing = Pattern(
            np.ones(self.grid.size, dtype=bool),
            np.ones((len(self.known.values) // 2, self.grid.size), dtype=bool),
        )
        return published(self.known, nothing, self.offered)

    def _wanted(self, first: Pattern, rows: slice) -> Promises:
        return self._promised(first.rows[rows], rows)

    def _promised(self, hidden: Flags, rows: slice) -> Promises:
        values = self.known.values[rows]
        near = self.known.values[0] < 2 * self.policy.threshold
        zeros = (values == 0) & near if rows.start else None
        return promises(values, hidden, self.policy.threshold, zeros=zeros)

    def _repair(self, layer: Layer, primary: Flags, price: Floats, rows: slice) -> Flags:
        """Hide more until the layer's promises are kept, then less where it can be."""
        hidden = primary.copy()
        tried: set[tuple[int, int]] = set()
        while todo := [one for one in layer.open() if one not in tried]:
            for row, cell in todo:
                tried.add((row, cell))
                if not layer.kept_at(row, cell):
                    cost = np.where(hidden | ~self.offered, 0.0, price)
                    hidden |= layer.prove(row, cell, price=cost) & self.offered
            layer.wanted = self._promised(np.stack([hidden] * len(layer.up)), rows)
        return self._tidy(layer, hidden, primary, price)

    def _tidy(self, layer: Layer, hidden: Flags, primary: Flags, price: Floats) -> Flags:
        """Show every count again that no proof needs; the dearest first."""
        candidates = np.flatnonzero(hidden & ~primary)
        dear = sorted(candidates, key=lambda c: (-price[c], -layer.sheet.room.down[c], c))
        for cell in dear[: self.policy.tidy]:
            if self.is_late():
                break
            trial = layer.without(int(cell))
            fewer = hidden.copy()
            fewer[cell] = False
            trial.wanted = layer.wanted.without(int(cell))
            fixed = self.offered & ~fewer
            if trial.prove_all(np.zeros(len(price)), fixed):
                hidden = fewer
                layer.take(trial)
        return hidden
