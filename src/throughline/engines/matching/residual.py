"""What is left of a network when a plan is in it: the ways round a pair. Slow to load."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from throughline.engines.matching.network import Grid, Network
from throughline.engines.matching.pairs import PairPlan, Prices
from throughline.engines.matching.transport import dual, priced_above
from throughline.engines.matching.working import Work

ARCS_A_STEP = 200
"""How many pairs one step of work looks at."""

Floats = NDArray[np.float64]
Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]


class Sides:
    """Both sides of each pair: met and not met, within a network and above a floor."""

    def __init__(
        self,
        net: Network,
        on: Grid,
        plan: PairPlan,
        above: tuple[int | None, bool],
        work: Work,
    ) -> None:
        self._net, self._on, self._work = net, on, work
        self._floor, single = above
        self._sums = net.sums(on)
        self._load = (on * net.time[:, None]).sum(axis=0)
        self._value = 0 if plan.total is None else plan.total.value
        self._prices = plan.total_prices if net.even else None
        best = plan.total is not None and plan.total.value == plan.total.bound
        free = self._floor is None or single
        self._most: int | None = None
        self._ways: csr_array | None = None
        self._lengths: dict[tuple[bool, int], Floats] = {}
        if self._prices is not None and best and free and self._prices.scale == 1:
            self._ways = self._residual(self._prices)

    def margin(self, row: int, column: int) -> tuple[int | None, bool]:
        """Return the points that turning a pair round loses, and whether that is exact."""
        if not (self._net.allowed | self._on)[row, column]:
            return None, True
        if self._ways is not None and self._prices is not None and self._work.left:
            return self._way_round(self._prices, row, column), True
        known = self._by_exchange(row, column)
        if self._prices is None:
            return known, False
        least = self._by_prices(self._prices, row, column)
        return known, known is not None and known <= least

    def _residual(self, prices: Prices) -> csr_array:
        """Return the ways to change the plan, with what each step costs above its prices.

        Rows come first, then columns, at last the room that columns have. Lengths are stretched
        and one longer each, so that no step has none.
        """
        net, on = self._net, self._on
        height, width = on.shape
        above = np.concatenate([each for _rows, each in priced_above(net, prices)])
        u = np.array(prices.columns, dtype=np.int64)
        off, met = np.nonzero(net.allowed & ~on), np.nonzero(on)
        room = np.flatnonzero(self._load < net.most)
        spare = np.flatnonzero(self._load > net.least)
        hub = height + width
        tails = [off[0], met[1] + height, room + height, np.full(spare.size, hub)]
        heads = [off[1] + height, met[0], np.full(room.size, hub), spare + height]
        costs = [-above[off], above[met], -u[room], u[spare]]
        lengths = np.concatenate(costs).astype(np.float64) * (hub + 2) + 1
        ends = np.concatenate(tails), np.concatenate(heads)
        return coo_array((lengths, ends), shape=(hub + 1, hub + 1)).tocsr()

    def _way_round(self, prices: Prices, row: int, column: int) -> int | None:
        """Return what the cheapest ring of changes through a pair costs."""
        height, width = self._on.shape
        met = bool(self._on[row, column])
        length = float(self._length(met, row)[height + column])
        if not np.isfinite(length):
            return None
        rest: int = int(length) // (height + width + 2)
        return rest + abs(self._above(prices, row, column))

    def _above(self, prices: Prices, row: int, column: int) -> int:
        """Return what a pair is worth above its prices."""
        worth = prices.weights[row] * int(self._net.score[row, column])
        return worth - prices.rows[row] - prices.columns[column]

    def _length(self, met: bool, row: int) -> Floats:
        """Return the shortest ways from a row, or to it."""
        if (met, row) not in self._lengths and self._ways is not None:
            ways = self._ways if met else self._ways.T.tocsr()
            self._work.spend(1 + self._ways.nnz // ARCS_A_STEP)
            self._lengths[met, row] = dijkstra(ways, indices=[row])[0]
        return self._lengths[met, row]

    def _by_prices(self, prices: Prices, row: int, column: int) -> int:
        """Return what turning a pair round loses at least."""
        above = self._above(prices, row, column)
        turned = self._bound(prices)
        turned -= max(0, above) if self._on[row, column] else max(0, -above)
        return self._value - turned // prices.scale

    def _bound(self, prices: Prices) -> int:
        """Return the bound of the total, in what prices count in."""
        if self._most is None:
            net, weights = self._net, np.array(prices.weights, np.int64)
            extra = int((weights - prices.scale)[net.served].sum()) * (self._floor or 0)
            self._most = dual(net, prices) + int((weights * net.base).sum()) - extra
        return self._most

    def _by_exchange(self, row: int, column: int) -> int | None:
        """Return what the best exchange of two pairs, or a move, loses that turns a pair round."""
        if self._on[row, column]:
            others, beside = np.nonzero(self._on)
            return self._least((np.array([row]), np.array([column])), (others, beside), None)
        mine = np.flatnonzero(self._on[row])
        theirs = np.flatnonzero(self._on[:, column])
        own, held = (np.full(mine.size, row), mine), (theirs, np.full(theirs.size, column))
        return self._least(own, held, column)

    def _least(self, some: Pairs, others: Pairs, into: int | None) -> int | None:
        """Return the least loss of the first pairs trading with the second, or moving to room."""
        (row, by), (other, beside) = some, others
        net, score = self._net, self._net.score
        free = net.allowed & ~self._on
        one, two = row[:, None], by[:, None]
        may = free[one, beside] & free[other, two] & (one != other) & (two != beside)
        mine = score[one, beside] - score[one, two]
        theirs = score[other, two] - score[other, beside]
        moved = net.time[one] - net.time[other]
        may &= (self._load[beside] + moved <= net.most[beside]) & (
            self._load[two] - moved <= net.most[two]
        )
        if self._floor is not None:
            may &= (self._sums[one] + mine >= self._floor) & (
                self._sums[other] + theirs >= self._floor
            )
        losses = [int(each) for each in (-mine - theirs)[may]]
        targets = np.arange(score.shape[1]) if into is None else np.array([into])
        gain = score[one, targets] - score[one, two]
        can = free[one, targets] & (self._load[targets] + net.time[one] <= net.most[targets])
        can &= self._load[two] - net.time[one] >= net.least[two]
        if self._floor is not None:
            can &= self._sums[one] + gain >= self._floor
        return min([*losses, *(int(each) for each in -gain[can])], default=None)
