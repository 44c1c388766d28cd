"""The linear programs over pairs, and the prices that prove them. Slow to load.

A transport problem has whole-number corners (Hoffman & Kruskal, 1956), so its linear program is
exact, and its whole-number prices prove that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack, vstack

from throughline.engines.matching.network import Grid, Ints, Network
from throughline.engines.matching.pairs import Prices
from throughline.engines.matching.working import Exhausted, Work

SCALE = 10**9
"""Weights of rows are fractions; in prices they are whole numbers of this part."""
NEAREST = (12, 40)
"""How many pairs a row keeps at first, and if they do not suffice."""
BARE: Mapping[str, Any] = {"presolve": False}
DEVEX: Mapping[str, Any] = {**BARE, "simplex_dual_edge_weight_strategy": "devex"}
"""What is fastest for a bare transport problem, with and without a least for columns (measured)."""
ROWS = 100
"""How many rows are priced at once."""
NEARLY = 1e-6
"""Parts of a point that are noise."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A corner of a linear program, and its prices."""

    amounts: NDArray[np.float64]
    arcs: tuple[Ints, Ints]
    prices: Prices
    unit: int
    """What one point is in prices."""

    def grid(self, shape: tuple[int, ...]) -> Grid:
        """Return the pairs that meet."""
        on = np.zeros(shape, dtype=np.bool_)
        taken = self.amounts > 0.5
        on[self.arcs[0][taken], self.arcs[1][taken]] = True
        return on


Solve: TypeAlias = Callable[[Network, Work], Flow | None]
"""Solves a transport problem; nothing if it cannot."""


def priced(
    net: Network, work: Work, *, floor: int | None = None, lift: bool = False
) -> Flow | None:
    """Solve the transport problem; with a floor for every row, or lifting the lowest row."""
    return priced_by(partial(linear, floor=floor, lift=lift), net, work)


def priced_by(solve: Solve, net: Network, work: Work) -> Flow | None:
    """Solve the transport problem, looking at the best pairs of each row and column first.

    Prices say which others could do better; those are added until there are none (column
    generation, Gilmore & Gomory, 1961). Value and prices are then those of all pairs.
    """
    for few in narrowed(net):
        flow = _priced_over(solve, net, few, work)
        if flow is not None:
            return flow
    return None


def _priced_over(solve: Solve, net: Network, few: Network, work: Work) -> Flow | None:
    """Add what could do better, and what is as near to it, until nothing could."""
    while (flow := solve(few, work)) is not None:
        missing = net.allowed & ~few.allowed
        each = (above[missing[rows]] for rows, above in priced_above(net, flow.prices))
        over = max((int(one.max(initial=-1)) for one in each), default=-1)
        if over <= flow.unit * NEARLY:
            break
        for rows, above in priced_above(net, flow.prices):
            missing[rows] &= above > -over
        few = replace(few, allowed=few.allowed | missing)
    return flow


def narrowed(net: Network) -> Iterator[Network]:
    """Return the network with the best few pairs of each row and column, more of them, and all."""
    for many in NEAREST:
        if max(net.score.shape, default=0) > many:
            yield replace(net, allowed=nearest(net, many))
    yield net


def best_total(net: Network, work: Work, solve: Solve | None = None) -> tuple[Grid, Prices] | None:
    """Return pairs with the most points, and prices; nothing if not all rows can be served."""
    flow = priced_by(solve or linear, net, work)
    return None if flow is None else (flow.grid(net.score.shape), flow.prices)


def nearest(net: Network, many: int) -> Grid:
    """Return the best pairs of each row, and of each column that must have some."""
    score = np.where(net.allowed, -net.score, 1).astype(np.int32)
    near = np.zeros_like(net.allowed)
    for axis, some in ((1, many), (0, many if net.least.any() else 0)):
        some = min(some, score.shape[axis])
        if not some:
            continue
        best = np.argpartition(score, some - 1, axis=axis).take(np.arange(some), axis=axis)
        np.put_along_axis(near, best, True, axis)
    return near & net.allowed


def dual(net: Network, prices: Prices) -> int:
    """Return the bound of the weighted sum that these prices prove, without pinned pairs."""
    of_rows, of_columns = np.array(prices.rows, np.int64), np.array(prices.columns, np.int64)
    room = np.where(of_columns >= 0, net.most, net.least)
    paid = int((room * of_columns).sum()) + int((net.need * of_rows).sum())
    for rows, above in priced_above(net, prices):
        paid += int(np.maximum(0, np.where(net.allowed[rows], above, 0)).sum())
    return paid


def priced_above(net: Network, prices: Prices) -> Iterator[tuple[slice, Ints]]:
    """Return what each pair is worth above its prices, some rows at a time to save memory."""
    weights, of_rows = np.array(prices.weights, np.int64), np.array(prices.rows, np.int64)
    of_columns = np.array(prices.columns, np.int64)
    for first in range(0, len(weights), ROWS):
        rows = slice(first, first + ROWS)
        yield rows, weights[rows, None] * net.score[rows] - of_rows[rows, None] - of_columns


def linear(
    net: Network, work: Work, *, floor: int | None = None, lift: bool = False
) -> Flow | None:
    """Solve the transport problem; with a floor for every row, or lifting the lowest row.

    Nothing if it cannot be done.
    """
    row, column = np.nonzero(net.allowed)
    size, (height, width) = row.size, net.score.shape
    if not size and not lift:
        nothing = Prices(1, (1,) * height, (0,) * height, (0,) * width)
        can = not (net.need.any() or net.least.any())
        return Flow(np.zeros(0), (row, column), nothing, 1) if can else None
    points = net.score[row, column].astype(float)
    ones, places = np.ones(size), np.arange(size)
    by_row = coo_array((ones, (row, places)), shape=(height, size)).tocsr()
    by_column = coo_array((ones, (column, places)), shape=(width, size)).tocsr()
    worth = coo_array((points, (row, places)), shape=(height, size)).tocsr()[net.served]
    blocks, limits, extra = [by_column, -by_column], [net.most, -net.least], int(lift)
    if lift or floor is not None:
        blocks.append(-worth)
        limits.append(net.base[net.served] - (floor or 0))
    left = vstack(blocks)
    if lift:
        raised = np.append(np.zeros(2 * width), np.ones(worth.shape[0]))
        left = hstack([left, csr_array(raised[:, None])])
        by_row = hstack([by_row, csr_array((height, 1))])
    answer = _solve(
        np.append(np.zeros(size) if lift else -points, -np.ones(extra)),
        (left, np.concatenate(limits)),
        (by_row, net.need),
        np.append(np.ones(size), np.full(extra, np.inf)),
        work,
        {} if lift or floor is not None else DEVEX if not net.least.any() else BARE,
    )
    if answer.status == 2:
        return None
    if answer.status != 0:
        raise Exhausted
    marginals = np.asarray(answer.ineqlin.marginals)
    fair = np.zeros(height)
    fair[net.served] = -marginals[2 * width :] if marginals.size > 2 * width else 0.0
    duals = (
        fair,
        -np.asarray(answer.eqlin.marginals),
        marginals[width : 2 * width] - marginals[:width],
    )
    scale = 1 if floor is None and not lift else _scale(net, duals)
    whole = [np.rint(each * scale).astype(np.int64) for each in duals]
    total = 0 if lift else scale
    weights = np.maximum(0, whole[0]) + total
    prices = Prices(total, *(tuple(each.tolist()) for each in (weights, *whole[1:])))
    return Flow(answer.x[:size], (row, column), prices, scale)


def _solve(
    cost: NDArray[np.float64],
    most: tuple[Any, Any],
    equal: tuple[Any, Any],
    high: Any,
    work: Work,
    ways: Mapping[str, Any] = BARE,
) -> Any:
    """Ask for a corner: the simplex method ends in one."""
    if not work.left:
        raise Exhausted
    ask: Any = linprog  # its types know no sparse matrix
    answer = ask(
        cost,
        A_ub=most[0].tocsr(),
        b_ub=most[1].astype(float),
        A_eq=equal[0].tocsr(),
        b_eq=equal[1].astype(float),
        bounds=np.column_stack([np.zeros(cost.size), high]),
        method="highs-ds",
        options={**work.of_simplex(), **ways},
    )
    work.spend(1 + int(answer.nit))
    return answer


def _scale(net: Network, duals: tuple[NDArray[np.float64], ...]) -> int:
    """As fine as whole numbers of 64 bits allow."""
    fair, of_rows, of_columns = (np.abs(each) for each in duals)
    most = float(fair.max(initial=0) + 1) * float(net.score.max(initial=0)) * net.score.size
    paid = float(of_rows @ np.abs(net.need) + of_columns @ np.abs(net.most))
    return max(1, min(SCALE, int(2**61 / (1 + most + paid))))


def even_needs(net: Network, work: Work) -> Ints | None:
    """Return how often each row is served when not all can be: as often, then as evenly, as can be.

    The first meeting of a row counts more than its second: a concave sum over a polymatroid, so
    that it loses no meeting over all (Federgruen & Groenevelt, 1986).
    """
    row, column = np.nonzero(net.allowed)
    size, (height, width) = row.size, net.score.shape
    need = np.maximum(0, net.need)
    slot = np.repeat(np.arange(height), need)
    rank = np.concatenate([np.arange(one) for one in need]) if slot.size else np.zeros(0)
    by_row = coo_array((np.ones(size), (row, np.arange(size))), shape=(height, size))
    by_column = coo_array((np.ones(size), (column, np.arange(size))), shape=(width, size)).tocsr()
    slots = coo_array(
        (-np.ones(slot.size), (slot, np.arange(slot.size))), shape=(height, slot.size)
    )
    pad = csr_array((width, slot.size))
    gain = np.concatenate([np.zeros(size), rank - (need.max(initial=0) + 1)])
    answer = _solve(
        gain,
        (
            vstack([hstack([by_column, pad]), hstack([-by_column, pad])]),
            np.append(net.most, -net.least),
        ),
        (hstack([by_row, slots]), np.zeros(height)),
        np.ones(gain.size),
        work,
    )
    if answer.status != 0:
        return None
    return np.bincount(slot, np.rint(answer.x[size:]), minlength=height).astype(np.int64)
