"""Promises of one layer of counts, and the changes that prove them.

The layer of students has one row of counts, the layer of an outcome two: with and without it.
A promise is how far a hidden count must be able to lie above and below its true value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from throughline.engines.disclosure.grids import Flags, Floats, Ints
from throughline.engines.disclosure.policy import SPAN
from throughline.engines.disclosure.searching import Change, Room, Sheet


@dataclass(frozen=True, slots=True)
class Promises:
    """What hidden counts must be able to be, shape (rows, cells).

    ``up`` and ``down`` are 0 where nothing particular is promised; ``span`` is the least difference
    between two possible values.
    """

    up: Ints
    down: Ints
    span: Ints

    def kept(self, up: Ints, down: Ints) -> Flags:
        """Which promises are kept by counts that reach so far."""
        return (up >= self.up) & (down >= self.down) & (up + down >= self.span)

    def without(self, cell: int) -> Promises:
        """Return the promises when one cell is shown."""
        fewer = [part.copy() for part in (self.up, self.down, self.span)]
        for part in fewer:
            part[:, cell] = 0
        return Promises(*fewer)


def promises(
    values: Ints, hidden: Flags, threshold: int, *, zeros: Flags | None = None
) -> Promises:
    """Return what is promised for hidden counts.

    A count of 1 to threshold - 1 can be the threshold, and one less than it is; every other one
    has at least three possible values. ``zeros`` names hidden zeros that should reach the
    threshold too.
    """
    small = hidden & (values > 0) & (values < threshold)
    reach = small if zeros is None else small | (hidden & zeros)
    return Promises(
        np.where(reach, threshold - values, 0), small.astype(np.int64), np.where(hidden, SPAN, 0)
    )


@dataclass(frozen=True, slots=True)
class Start:
    """A change of students from which an outcome's own change may start.

    ``n`` and ``events`` have shape (cells,).
    """

    n: Ints
    events: Ints


class Layer:
    """One layer of counts, what is promised on it, and the proofs found so far.

    Parameters
    ----------
    sheet
        Where to look. The sheet of an outcome moves those with it while students stay; its room
        is set by the layer.
    rooms
        One per row: students; or those with and those without the outcome.
    wanted
        Promises, shape (rows, cells).
    starts
        Changes of students with this outcome following; they prove something by themselves, and
        changes of the outcome may be added to them.
    """

    def __init__(
        self, sheet: Sheet, rooms: Sequence[Room], wanted: Promises, starts: Sequence[Start] = ()
    ) -> None:
        self.rooms, self.wanted, self.starts = tuple(rooms), wanted, tuple(starts)
        still = np.zeros_like(wanted.up[0])
        self.sheet = replace(sheet, room=self._room(still))
        self._students = np.array([start.n for start in starts]).reshape(-1, wanted.up.shape[1])
        base = np.zeros((1, *wanted.up.shape), dtype=np.int64)
        if starts:
            base = np.concatenate([base, [outcome_rows(one.n, one.events) for one in starts]])
        self.base_up, self.base_down = base.max(axis=0), -base.min(axis=0)
        self.proofs: list[tuple[Change, Ints]] = []
        self.up, self.down = self.base_up.copy(), self.base_down.copy()

    def _room(self, students: Ints) -> Room:
        """Room of the row that moves, once students have changed."""
        if len(self.rooms) == 1:
            return self.rooms[0]
        events, others = self.rooms
        return Room(
            np.minimum(events.up, others.down + students),
            np.minimum(events.down, others.up - students),
        )

    def kept(self) -> Flags:
        """Which promises are proven, shape (rows, cells)."""
        return self.wanted.kept(self.up, self.down)

    def open(self) -> list[tuple[int, int]]:
        """Rows and cells of promises not yet proven: particular ones first, smallest counts first."""
        rows, cells = np.nonzero(~self.kept())
        order = np.lexsort((cells, rows, -self.wanted.up[rows, cells]))
        return [(int(rows[i]), int(cells[i])) for i in order]

    def kept_at(self, row: int, cell: int) -> bool:
        """Whether one promise is proven."""
        wanted, up, down = self.wanted, self.up[row, cell], self.down[row, cell]
        return bool(
            up >= wanted.up[row, cell]
            and down >= wanted.down[row, cell]
            and up + down >= wanted.span[row, cell]
        )

    def add(self, change: Change, rows: Ints) -> None:
        """Keep a proof."""
        self.proofs.append((change, rows))
        np.maximum(self.up, rows, out=self.up)
        np.maximum(self.down, -rows, out=self.down)

    def prove(self, row: int, cell: int, *, price: Floats, fixed: Flags | None = None) -> Flags:
        """Look for what one promise lacks and keep what is found; return the cells touched.

        ``price`` says what it costs to touch a cell, ``fixed`` which cells must not be touched.
        """
        sheet = replace(self.sheet, price=price, room=_held(self.sheet.room, fixed))
        touched = np.zeros(self.up.shape[1], dtype=bool)
        for way in self._lacking(row, cell, sheet, fixed):
            found = self._find(sheet, row, cell, way, fixed)
            if found is not None:
                self.add(*found)
                touched |= (found[1] != 0).any(axis=0)
        return touched

    def _lacking(
        self, row: int, cell: int, sheet: Sheet, fixed: Flags | None
    ) -> Iterator[tuple[int, int]]:
        wanted = self.wanted
        if self.up[row, cell] < wanted.up[row, cell]:
            yield 1, int(wanted.up[row, cell])
        if self.down[row, cell] < wanted.down[row, cell]:
            yield -1, int(wanted.down[row, cell])
        up, down = int(self.up[row, cell]), int(self.down[row, cell])
        if up + down >= (span := int(wanted.span[row, cell])):
            return
        prices = {}
        for way in ((1, span - down), (-1, span - up)):
            if (found := self._find(sheet, row, cell, way, fixed)) is not None:
                prices[way] = float(sheet.price[(found[1] != 0).any(axis=0)].sum())
        if prices:
            yield min(prices, key=lambda way: prices[way])

    def _find(
        self, sheet: Sheet, row: int, cell: int, way: tuple[int, int], fixed: Flags | None
    ) -> tuple[Change, Ints] | None:
        sign, amount = way
        change = sheet.reach(cell, sign if row == 0 else -sign, amount)
        if len(self.rooms) == 1:
            return None if change is None else (change, change.n[None])
        if change is not None:
            return change, outcome_rows(np.zeros_like(change.n), change.n)
        return self._after_a_start(sheet, row, cell, way, fixed)

    def _after_a_start(
        self, sheet: Sheet, row: int, cell: int, way: tuple[int, int], fixed: Flags | None
    ) -> tuple[Change, Ints] | None:
        """Let students come or go first, then move the outcome by what is still lacking."""
        sign, amount = way
        far = np.argsort(-sign * self._students[:, cell], kind="stable")[:TRIES]
        for start in (self.starts[number] for number in far):
            left = amount - sign * int(outcome_rows(start.n, start.events)[row, cell])
            if left <= 0:
                continue
            room = _held(self._room(start.n).after(start.events), fixed)
            change = replace(sheet, room=room).reach(cell, sign if row == 0 else -sign, left)
            if change is not None:
                events = start.events + change.n
                return Change(events), outcome_rows(start.n, events)
        return None

    def prove_all(self, price: Floats, fixed: Flags | None = None) -> bool:
        """Prove what is open; stop at the first promise that cannot be."""
        for row, cell in self.open():
            if not self.kept_at(row, cell):
                self.prove(row, cell, price=price, fixed=fixed)
                if not self.kept_at(row, cell):
                    return False
        return True

    def take(self, other: Layer) -> None:
        """Go on with the promises and proofs of another state of this layer."""
        self.wanted, self.proofs, self.up, self.down = (
            other.wanted, other.proofs, other.up, other.down,
        )  # fmt: skip

    def without(self, cell: int) -> Layer:
        """Return the layer with only those proofs that leave a cell as it is."""
        other = copy(self)
        gone = [rows[:, cell].any() for _change, rows in self.proofs]
        other.proofs = [one for one, is_gone in zip(self.proofs, gone, strict=True) if not is_gone]
        other.up, other.down = self.up.copy(), self.down.copy()
        lost = [rows for (_change, rows), is_gone in zip(self.proofs, gone, strict=True) if is_gone]
        if lost:
            cells = np.flatnonzero(np.any(lost, axis=(0, 1)))
            left = np.array([rows[:, cells] for _change, rows in other.proofs])
            left = left.reshape(-1, len(self.up), len(cells))
            other.up[:, cells] = left.max(axis=0, initial=0)
            other.down[:, cells] = -left.min(axis=0, initial=0)
            np.maximum(other.up, self.base_up, out=other.up)
            np.maximum(other.down, self.base_down, out=other.down)
        return other


TRIES = 3
"""So many changes of students are tried as the start of a change of an outcome."""


def outcome_rows(n: Ints, events: Ints) -> Ints:
    """Return changes of those with and those without an outcome, shape (2, cells)."""
    return np.stack([events, n - events])


def _held(room: Room, fixed: Flags | None) -> Room:
    if fixed is None:
        return room
    return Room(np.where(fixed, 0, room.up), np.where(fixed, 0, room.down))
