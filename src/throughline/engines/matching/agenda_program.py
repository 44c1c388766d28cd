"""Put sessions into spots as a mixed-integer program. Imported where it runs: slow to load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from throughline.engines.matching.agenda_grid import Floor, Grid, Ints

IMPOSSIBLE = 2
NEARLY = 1e-6
"""How far off a whole number a solver's bound may be, as a share of it."""


@dataclass(frozen=True, slots=True)
class Spots:
    """The spot of each session, or -1; and the least that all those who have one can cost."""

    of: Ints
    least: int


class Unsolved(RuntimeError):  # noqa: N818 - says what happened
    """The solver stopped without an answer."""


def rounded_up(bound: float) -> int:
    """Return the whole number that a cost cannot be below if this bounds it."""
    return int(np.ceil(bound - NEARLY * max(1.0, abs(bound))))


def assign_spots(
    floor: Floor, options: dict[str, float], *, partial: bool = False, regret: bool = False
) -> Spots | None:
    """Give each session a spot at the least cost; nothing if it cannot be.

    With ``partial``, leave out as few sessions as can be. Only with ``regret`` is it counted who
    wants two at once: a weak relaxation, for small agendas.

    Raises
    ------
    Unsolved
        The solver stopped.

    Notes
    -----
    Rows: a session has one spot; a room and moment one session; of sessions that are never at
    once, one is on at each moment. Moments are beginnings of slots, which suffices for intervals.
    """
    many = len(floor.cost)
    if not many:
        return Spots(np.zeros(0, dtype=np.int64), 0)
    if not partial and not floor.may.any(axis=1).all():
        return None
    program = _Program(floor)
    if partial:
        program.leave_out()
    if regret:
        program.count_regret()
    solver: Any = {"mip_rel_gap": 0, **options}
    result = milp(
        program.cost,
        integrality=program.whole,
        bounds=Bounds(0, 1),
        constraints=program.constraint(),
        options=solver,
    )
    if result.status == IMPOSSIBLE:
        return None
    if result.x is None:
        raise Unsolved
    of = program.spots(result.x)
    bound = result.fun if result.mip_dual_bound is None else result.mip_dual_bound
    left_out = int((of < 0).sum()) * program.dear
    return Spots(of, rounded_up(float(bound) - left_out))


class _Program:
    """Columns: each spot that each session may have. Rows hold one of theirs at most."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.many = len(floor.cost)
        self.row, self.spot = np.nonzero(floor.may)
        self.cost = floor.cost[self.row, self.spot].astype(float)
        self.dear = float(floor.cost.max(axis=1, initial=0).sum() + floor.regret.sum() // 2) + 1
        self.height = self.many
        self.partial = False
        self._entries: list[tuple[Ints, Ints, float]] = [(self.row, np.arange(len(self.row)), 1)]
        slot = floor.slot[self.spot]
        for on in floor.moments:
            here = np.flatnonzero(on[slot])
            self._add(here, floor.room[self.spot[here]])
        for group in cliques(floor.apart):
            inside = np.isin(self.row, group)
            for on in floor.moments:
                here = np.flatnonzero(on[slot] & inside)
                self._add(here, np.zeros_like(here))

    def _add(self, columns: Ints, which: Ints) -> Ints:
        """Add one row for each of ``which``; return them."""
        kinds, number = np.unique(which, return_inverse=True)
        rows = self.height + np.arange(len(kinds))
        self._entries.append((self.height + number, columns, 1))
        self.height += len(kinds)
        return rows

    def leave_out(self) -> None:
        """Let sessions have no spot, which costs more than all else together."""
        self.partial = True
        rows = np.arange(self.many)
        self._entries.append((rows, len(self.cost) + rows, 1))
        self.cost = np.concatenate([self.cost, np.full(self.many, self.dear)])

    def count_regret(self) -> None:
        """Add a column for each two that somebody wants both of: 1 if they are at once."""
        pairs = np.argwhere(np.triu(self.floor.regret))
        slot = self.floor.slot[self.spot]
        for number, (one, other) in enumerate(pairs):
            mine = (self.row == one) | (self.row == other)
            for on in self.floor.moments:
                here = np.flatnonzero(mine & on[slot])
                rows = self._add(here, np.zeros_like(here))
                self._entries.append((rows, np.full_like(rows, len(self.cost) + number), -1))
        self.cost = np.concatenate([self.cost, self.floor.regret[tuple(pairs.T)].astype(float)])

    @property
    def whole(self) -> Ints:
        """Which columns are yes or no: regret follows from them."""
        spare = self.many if self.partial else 0
        return (np.arange(len(self.cost)) < len(self.row) + spare).astype(np.int64)

    def constraint(self) -> LinearConstraint:
        """Return all rows: a session has one spot, every other row one at most."""
        rows, columns = (np.concatenate([one[part] for one in self._entries]) for part in (0, 1))
        values = np.concatenate([np.full(len(one[0]), one[2]) for one in self._entries])
        matrix = csr_array((values, (rows, columns)), shape=(self.height, len(self.cost)))
        lows = np.full(self.height, -np.inf)
        lows[: self.many] = 1
        return LinearConstraint(matrix, lows, np.ones(self.height))

    def spots(self, values: NDArray[np.float64]) -> Ints:
        """Return the spot of each session, -1 for none."""
        chosen: Grid = values[: len(self.row)] > 0.5
        of = np.full(self.many, -1, dtype=np.int64)
        of[self.row[chosen]] = self.spot[chosen]
        return of


def cliques(apart: Grid) -> list[list[int]]:
    """Cover all pairs that are never at once by sets in which every two are such a pair."""
    left = apart.copy()
    found = []
    while left.any():
        one, other = (int(place) for place in np.argwhere(left)[0])
        group = [one, other]
        for more in range(len(apart)):
            if more not in group and apart[more, group].all():
                group.append(more)
        left[np.ix_(group, group)] = False
        found.append(sorted(group))
    return found
