"""Find integer tables that nobody can rule out, for one cell after the other.

A sheet is one layer of counts in which changes are looked for: students, whose outcomes have to
follow, or one outcome while all students stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from throughline.engines.disclosure.grids import Floats, Ints
from throughline.engines.disclosure.moves import Move, Steps

CANDIDATES = 64
"""So many cheapest moves of students are tried until the outcomes can follow one."""


@dataclass(frozen=True, slots=True)
class Room:
    """How far counts may move, shape (..., cells)."""

    up: Ints
    down: Ints

    def after(self, change: Ints) -> Room:
        """Return what is left when counts have changed."""
        return Room(self.up - change, self.down + change)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of students and of every outcome that leaves all sums and all known ranges intact.

    ``n`` has shape (cells,). ``most`` and ``least`` are two ways in which outcomes can follow
    students: as many as possible of those who come or go have the outcome, or as few; shape
    (outcomes, cells), or None on a sheet whose counts nothing follows.
    """

    n: Ints
    most: Ints | None = None
    least: Ints | None = None

    def following(self, outcome: int) -> tuple[Ints, ...]:
        """Return the two ways in which one outcome can follow, each of shape (cells,)."""
        if self.most is None or self.least is None:
            return ()
        return self.most[outcome].astype(np.int64), self.least[outcome].astype(np.int64)


@dataclass(frozen=True, slots=True)
class Followers:
    """Room of the outcomes when students move: ``events`` and ``others``, (outcomes, cells)."""

    events: Room
    others: Room

    def split(self, move: Move, sign: int, size: int) -> tuple[Ints, Ints] | None:
        """Return the least and most of ``size`` students with each outcome, or None if it cannot be."""
        way = move.signs * sign
        plus, minus = move.cells[way > 0], move.cells[way < 0]
        most = np.minimum(_least(self.events, plus, minus), size)
        least = size - np.minimum(_least(self.others, plus, minus), size)
        return None if (least > most).any() else (least, most)

    def after(self, n: Ints, events: Ints) -> Followers:
        """Return the room left after a change of students and outcomes."""
        return Followers(self.events.after(events), self.others.after(n - events))


def _least(room: Room, plus: Ints, minus: Ints) -> Ints:
    ends = np.concatenate([room.up[:, plus], room.down[:, minus]], axis=1)
    found: Ints = ends.min(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where to look: the steps of the grid, room of every cell, price of touching it.

    ``followers`` is given for students who have outcomes.
    """

    steps: Steps
    room: Room
    price: Floats
    followers: Followers | None = None

    def reach(self, cell: int, sign: int, amount: int) -> Change | None:
        """Return the cheapest change found that raises (or lowers) a cell by ``amount``.

        In one step it often needs cells as large as margins; in several, small cells can share it.
        Both are tried, and the one whose cells cost least is taken; where a large step leads
        nowhere, small ones may still arrive.
        """
        best, least = None, np.inf
        for size in _halved(amount):
            found = self._in_steps(cell, sign, amount, size)
            price = np.inf if found is None else float(self.price[found.n != 0].sum())
            if price < least:
                best, least = found, price
            if least == 0:
                break
        return best

    def _in_steps(self, cell: int, sign: int, amount: int, size: int) -> Change | None:
        """Return a change by ``amount``, in steps of ``size`` or, where none has room, smaller ones.

        It is a sum of moves, hence whole numbers throughout.
        """
        sheet, done = self, self._nothing()
        left = amount
        while left:
            size = min(size, left)
            step = sheet._step(cell, sign, size)
            if step is None:
                if size == 1:
                    return None
                size //= 2
                continue
            done = _added(done, step)
            left -= size
            if left:
                sheet = sheet._after(step)
        return _small(done)

    def _nothing(self) -> Change:
        none = np.zeros_like(self.room.up)
        if self.followers is None:
            return Change(none)
        many = np.zeros_like(self.followers.events.up)
        return Change(none, many, many)

    def _step(self, cell: int, sign: int, size: int) -> Change | None:
        up, down = (self.room.up, self.room.down) if sign > 0 else (self.room.down, self.room.up)
        moves = self.steps.cheapest(
            cell,
            price=self.price,
            tight_up=up < size,
            tight_down=down < size,
            most=CANDIDATES if self.followers else 1,
        )
        for move in moves:
            change = np.zeros_like(self.room.up)
            change[move.cells] = move.signs * sign * size
            if self.followers is None:
                return Change(change)
            split = self.followers.split(move, sign, size)
            if split is not None:
                way = np.sign(change)
                return Change(change, split[1][:, None] * way, split[0][:, None] * way)
        return None

    def _after(self, step: Change) -> Sheet:
        price = np.where(step.n != 0, 0.0, self.price)
        followers = self.followers
        if followers is not None and step.most is not None and step.least is not None:
            most, least = followers.after(step.n, step.most), followers.after(step.n, step.least)
            followers = Followers(
                _tighter(most.events, least.events), _tighter(most.others, least.others)
            )
        return replace(self, room=self.room.after(step.n), price=price, followers=followers)


def _halved(amount: int) -> Iterator[int]:
    """Yield an amount, half of it, and so on down to one."""
    while amount > 1:
        yield amount
        amount = -(-amount // 2)
    yield 1


def _small(change: Change) -> Change:
    """Store in less memory what is kept for long."""
    if change.most is None or change.least is None:
        return change
    return Change(change.n, change.most.astype(np.int32), change.least.astype(np.int32))


def _tighter(one: Room, other: Room) -> Room:
    return Room(np.minimum(one.up, other.up), np.minimum(one.down, other.down))


def _added(one: Change, other: Change) -> Change:
    if one.most is None or one.least is None or other.most is None or other.least is None:
        return Change(one.n + other.n)
    return Change(one.n + other.n, one.most + other.most, one.least + other.least)
