"""Exchange the spots of sessions until nobody gains. Imported where it runs: slow to load."""

from __future__ import annotations

import numpy as np

from throughline.engines.matching.agenda_grid import Floor, Ints
from throughline.engines.matching.working import Work

MOST_IDLE = 1_200
"""Steps without a better agenda after which the search ends."""
PATIENCE = 30
"""Steps without a better agenda after which the best so far is shaken."""
SHAKEN = 8
"""Every so many sessions, one exchange by chance."""
SHUT = 1 << 40
"""Costs more than everything that can be; a few thousand times itself is exact in a float."""


def improved(floor: Floor, spots: Ints, work: Work) -> Ints:
    """Return spots of these sessions that cost no more, by tabu search.

    A step is the best exchange of two sessions, or move of one to a free spot, that is not tabu:
    for some steps after a session left a spot it does not return, unless all would be better off
    than ever (Glover, 1989). All exchanges are priced at once. Where that leads nowhere the best
    agenda so far is shaken: some exchanges by chance, and on from there.
    """
    if len(spots) < 2 or not floor.regret.any():
        return spots
    search = _Search(floor, spots)
    chance = np.random.Generator(np.random.PCG64(work.limits.seed))
    best, least, idle = spots.copy(), floor.worth(spots), 0
    now = least
    while idle < MOST_IDLE and work.spend():
        change = search.step(least - now, int(chance.integers(4, 10)))
        idle += 1
        now += change or 0
        if now < least:
            best, least, idle = search.spots.copy(), now, 0
        elif change is None or idle % PATIENCE == 0:
            search.spots = best.copy()
            search.shake(chance, 1 + len(spots) // SHAKEN)
            now = floor.worth(search.spots)
    return best


class _Search:
    def __init__(self, floor: Floor, spots: Ints) -> None:
        self.floor, self.spots = floor, spots.copy()
        self.cost = np.where(floor.may, floor.cost, SHUT)
        self.pairs = (floor.regret + np.where(floor.apart, SHUT, 0)).astype(np.float64)
        self.twice = 2 * self.pairs.astype(np.int64)
        self.shared = floor.shared.astype(np.int64)
        self.tabu = np.zeros_like(self.cost)
        self.steps = 0

    def step(self, wanted: int, tenure: int) -> int | None:
        """Make the best change; return what it costs, or nothing if all are shut.

        Tabu changes only count if they cost less than ``wanted``.
        """
        self.steps += 1
        swaps, moves = self._swaps(), self._moves()
        best = [int(np.argmin(costs)) for costs in (swaps, moves)]
        if wanted <= min(swaps.flat[best[0]], moves.flat[best[1]]):
            closed = self.tabu[:, self.spots] > self.steps
            swaps = np.where(closed | closed.T, SHUT, swaps)
            moves = np.where(self.tabu > self.steps, SHUT, moves)
            best = [int(np.argmin(costs)) for costs in (swaps, moves)]
        change = int(min(swaps.flat[best[0]], moves.flat[best[1]]))
        if change >= SHUT // 2:
            return None
        if moves.flat[best[1]] <= swaps.flat[best[0]]:
            row, spot = divmod(best[1], moves.shape[1])
            self._put({row: spot}, tenure)
        else:
            one, other = divmod(best[0], len(self.spots))
            self._put({one: int(self.spots[other]), other: int(self.spots[one])}, tenure)
        return change

    def shake(self, chance: np.random.Generator, times: int) -> None:
        """Exchange so many pairs of sessions by chance, as far as that can be."""
        for _time in range(times):
            can = np.argwhere(self._swaps() < SHUT // 2)
            if not len(can):
                return
            one, other = (int(place) for place in can[int(chance.integers(len(can)))])
            self._put({one: int(self.spots[other]), other: int(self.spots[one])}, 0)

    def _put(self, new: dict[int, int], tenure: int) -> None:
        for row, spot in new.items():
            self.tabu[row, self.spots[row]] = self.steps + tenure
            self.spots[row] = spot

    def _with(self) -> Ints:
        """Return for each session and slot what being on then would cost beside the others."""
        slots = self.floor.slot[self.spots]
        there: Ints = (self.pairs @ self.floor.once[slots]).astype(np.int64)
        return there

    def _swaps(self) -> Ints:
        """Price every exchange of two sessions (n, n)."""
        rows, slots = np.arange(len(self.spots)), self.floor.slot[self.spots]
        beside = self._with()
        then = beside[:, slots]
        apart = ~self.floor.once[np.ix_(slots, slots)]
        gain = then + self.cost[:, self.spots]
        own = beside[rows, slots] + self.cost[rows, self.spots]
        both = gain + gain.T - own[:, None] - own[None, :] - self.twice * apart
        np.fill_diagonal(both, SHUT)
        priced: Ints = both
        return priced

    def _moves(self) -> Ints:
        """Price every move of a session to a free spot (n, spots)."""
        rows, slots = np.arange(len(self.spots)), self.floor.slot[self.spots]
        beside = self._with()
        own = beside[rows, slots] + self.cost[rows, self.spots]
        there = beside[:, self.floor.slot] + self.cost
        taken = self.shared[self.spots].sum(axis=0)[None, :] - self.shared[self.spots]
        priced: Ints = np.where(taken > 0, SHUT, there - own[:, None])
        priced[rows, self.spots] = SHUT
        return priced
