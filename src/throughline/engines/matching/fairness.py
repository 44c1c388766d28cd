"""Whoever is served worst comes first, then the total. Imported where it runs: slow to load.

Where everybody meets one, the best floor is a bottleneck flow, exact. Where they meet several it
is as hard as fair division of whole things (Bezáková & Dani, 2005): small problems are solved to
the end, large ones by exchanges on a soft minimum, beside the bound of the linear program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from throughline.engines.matching.exchanges import exchange, raise_total, rotate
from throughline.engines.matching.network import Grid, Network, most_pairs
from throughline.engines.matching.pairs import Prices
from throughline.engines.matching.problems import Certificate
from throughline.engines.matching.transport import best_total, dual, priced
from throughline.engines.matching.working import Exhausted

SMALL = 1_200
"""Up to this many allowed pairs, a problem is solved to the end if the work allows."""
WORK = 2_000
"""Branches that a solver may look at: a count, so that the load of a machine changes nothing."""
SOFT = (0.13, 0.065, 0.032)
"""How soft the minimum is, in parts of the bound, from first to last."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Pairs that meet, and what is proven of them."""

    on: Grid
    total: Certificate
    total_prices: Prices | None = None
    worst: Certificate | None = None
    worst_prices: Prices | None = None


def most_points(net: Network) -> Solution | None:
    """Serve everybody with the most points."""
    if not net.even:
        found = whole(net)
        if found is None:
            return None
        return Solution(found[0], _of_solver(int(net.sums(found[0]).sum()), found[1]))
    best = best_total(net)
    if best is None:
        return None
    on, prices = best
    value = int(net.sums(on).sum())
    return Solution(on, proven(value, total_bound(net, prices, 0)), prices)


def total_bound(net: Network, prices: Prices, floor: int) -> int:
    """Return the bound of the total that these prices prove where nobody falls below ``floor``."""
    extra = np.array(prices.weights, np.int64) - prices.scale
    base = int((np.array(prices.weights, np.int64) * net.base).sum())
    return (dual(net, prices) + base - floor * int(extra[net.served].sum())) // prices.scale


def worst_bound(net: Network, prices: Prices) -> int:
    """Return the bound of the worst-served row that these prices prove."""
    weights = np.array(prices.weights, np.int64)
    paid = dual(net, prices) + int((weights * net.base).sum())
    return paid // int(weights[net.served].sum())


def proven(value: int, bound: int) -> Certificate:
    """Return a certificate by prices."""
    return Certificate(value, bound, "lp-dual")


def _of_solver(value: int, bound: float) -> Certificate:
    above = max(value, int(np.floor(bound + 1e-6)))
    return Certificate(value, above, "optimal" if above == value else "gap")


def fair(net: Network) -> Solution | None:
    """Serve whoever is served worst as well as can be, then everybody with the most points."""
    if (net.need + net.pinned.sum(axis=1)).max(initial=0) <= 1:
        return bottleneck(net)
    start = most_points(net)
    if start is None or not net.served.any():
        return start
    if not net.need.any():
        return replace(start, worst=Certificate(net.worst(start.on), net.worst(start.on)))
    lifted = priced(net, lift=True)
    if lifted is None or not sum(lifted.prices.weights):
        raise Exhausted
    bound = worst_bound(net, lifted.prices)
    if net.allowed.sum() <= SMALL and (done := _to_the_end(net, bound, lifted.prices)):
        return done
    on = found = start.on
    for soft in SOFT:
        if net.worst(on) < bound:
            found = rotate(net, exchange(net, found, max(1.0, soft * bound)))
            on = max(on, found, key=net.worst)
    floor = net.worst(on)
    on = raise_total(net, on, floor)
    return _certified(net, on, proven(floor, bound), lifted.prices)


def _certified(net: Network, on: Grid, worst: Certificate, prices: Prices | None) -> Solution:
    value = int(net.sums(on).sum())
    relaxed = priced(net, floor=worst.value)
    if relaxed is None:
        raise Exhausted
    total = proven(value, total_bound(net, relaxed.prices, worst.value))
    return Solution(on, total, relaxed.prices, worst, prices)


def _to_the_end(net: Network, bound: int, prices: Prices) -> Solution | None:
    """Return the best floor and the best total at it; nothing if the work does not allow it."""
    try:
        return _solved(net, bound, prices)
    except Exhausted:
        return None


def _solved(net: Network, bound: int, prices: Prices) -> Solution | None:
    top = whole(net, lift=True)
    if top is None or top[1] > (floor := net.worst(top[0])) + 0.999_999:
        return None
    by_prices = floor == bound
    worst = proven(floor, bound) if by_prices else Certificate(floor, floor)
    best = whole(net, floor=floor)
    if best is None or net.worst(best[0]) < floor:
        return None
    done = _certified(net, best[0], worst, prices if by_prices else None)
    if done.total.value == done.total.bound:
        return done
    return replace(done, total=_of_solver(done.total.value, best[1]), total_prices=None)


def bottleneck(net: Network) -> Solution | None:
    """Where everybody meets one: the highest floor at which all can be served, then the total."""
    met = net.base[net.pinned.any(axis=1)]
    levels = np.unique(np.concatenate([net.score[net.allowed & (net.need > 0)[:, None]], met]))
    levels = levels[levels <= met.min(initial=np.iinfo(np.int64).max)]
    low, high, best = 0, len(levels) - 1, -1
    while low <= high:
        middle = (low + high) // 2
        if can_serve(_above(net, int(levels[middle]))):
            best, low = middle, middle + 1
        else:
            high = middle - 1
    if best < 0:
        return most_points(net)
    floor = int(levels[best])
    found = most_points(_above(net, floor))
    if found is None:
        raise Exhausted
    return replace(found, worst=Certificate(net.worst(found.on), floor))


def _above(net: Network, floor: int) -> Network:
    return replace(net, allowed=net.allowed & (net.score >= floor))


def can_serve(net: Network) -> bool:
    """Whether all rows can be served and all columns be given their least.

    Each may be asked alone: if one plan serves all rows and one fills all columns, one plan does
    both (Ford & Fulkerson, 1962, symmetric supply and demand).
    """
    if (net.need < 0).any() or (net.most < 0).any():
        return False
    if not net.even:
        return whole(replace(net, score=np.zeros_like(net.score))) is not None
    serving = most_pairs(net.allowed, net.need, net.most)
    if int(serving.sum()) < int(net.need.sum()):
        return False
    filling = most_pairs(net.allowed.T, net.least, net.need)
    return int(filling.sum()) == int(net.least.sum())


def whole(
    net: Network, *, floor: int | None = None, lift: bool = False, all_served: bool = True
) -> tuple[Grid, float] | None:
    """Solve the program in whole numbers; return pairs and the bound that is left.

    Nothing if it cannot be done.

    Raises
    ------
    Exhausted
        No pairs were found within the work allowed.
    """
    row, column = np.nonzero(net.allowed)
    size, (height, width) = row.size, net.score.shape
    points = net.score[row, column].astype(float)
    places = np.arange(size)
    by_row = coo_array((np.ones(size), (row, places)), shape=(height, size)).tocsr()
    takes = coo_array((net.time[row].astype(float), (column, places)), shape=(width, size)).tocsr()
    worth = coo_array((points, (row, places)), shape=(height, size)).tocsr()[net.served]
    low = net.need if all_served else np.zeros(height)
    limits = [np.concatenate([low, net.least]), np.concatenate([net.need, net.most])]
    matrix, gain = vstack([by_row, takes]), -points
    if lift:
        ones = csr_array(np.ones((worth.shape[0], 1)))
        matrix = vstack([hstack([matrix, csr_array((height + width, 1))]), hstack([worth, -ones])])
        gain = np.append(np.zeros(size), -1.0)
    elif floor is not None:
        matrix = vstack([matrix, worth])
    if lift or floor is not None:
        limits[0] = np.append(limits[0], (floor or 0) - net.base[net.served])
        limits[1] = np.append(limits[1], np.full(worth.shape[0], np.inf))
    if not size:
        return None if (limits[0] > 0).any() else (np.zeros_like(net.allowed), 0.0)
    answer = milp(
        gain,
        integrality=np.ones(gain.size, dtype=np.int8),
        bounds=Bounds(0, np.append(np.ones(size), [np.inf] * int(lift))),
        constraints=LinearConstraint(matrix.tocsr(), limits[0], limits[1]),
        options={"mip_rel_gap": 0, "node_limit": WORK},
    )
    if answer.status == 2:
        return None
    if answer.x is None:
        raise Exhausted
    on = np.zeros_like(net.allowed)
    taken = answer.x[:size] > 0.5
    on[row[taken], column[taken]] = True
    bound = answer.fun if answer.mip_dual_bound is None else answer.mip_dual_bound
    return on, -float(bound) + (0 if lift else int(net.base.sum()))
