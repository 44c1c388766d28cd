"""What a floor under everybody rules out, and what it forces: a closer bound, and a way up. Slow to load.

Whoever must not fall below a floor cannot meet those with whom that is out of reach, and must meet
those without whom it is. What is left is a smaller problem with a lower bound (domain filtering by
the objective; Focacci, Lodi & Milano, 1999).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from throughline.engines.matching.exchanges import Told, exchange, rotate
from throughline.engines.matching.mixed import whole
from throughline.engines.matching.network import Grid, Ints, Network
from throughline.engines.matching.pairs import Prices
from throughline.engines.matching.problems import Certificate
from throughline.engines.matching.transport import Flow, best_total, dual, priced
from throughline.engines.matching.working import Exhausted, Work

MIDDLE = 30_000
"""Up to this many allowed pairs, a solver is asked for a way above the floor, or that there is none."""
ASKS = 2
"""How often it is asked."""
PARTS = 1_000
"""A meeting of a linear program is rounded to so many parts."""
GENTLE = (0.13, 0.065)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What nobody's floor can be above: proven by prices, or ``sure`` where a solver tried all."""

    bound: int
    prices: Prices | None
    sure: bool = False

    def certificate(self, value: int) -> Certificate:
        """Return what is proven of a floor."""
        return Certificate(value, self.bound) if self.sure else proven(value, self.bound)


def proven(value: int, bound: int) -> Certificate:
    """Return a certificate by prices."""
    return Certificate(value, bound, "lp-dual")


def worst_bound(net: Network, prices: Prices) -> int:
    """Return the bound of the worst-served row that these prices prove."""
    weights = np.array(prices.weights, np.int64)
    paid = dual(net, prices) + int((weights * net.base).sum())
    return paid // int(weights[net.served].sum())


def _best_sums(net: Network) -> tuple[Ints, Ints]:
    """Return each row's allowed points, best first, and the sums of its first none, one, two ..."""
    order = -np.sort(np.where(net.allowed, -net.score, 1), axis=1)
    sums = np.cumsum(np.maximum(order, 0), axis=1)
    return order, np.concatenate([np.zeros((len(net.need), 1), np.int64), sums], axis=1)


def easy_bound(net: Network) -> int:
    """Return the best that the worst-served could be if nobody else wanted anything."""
    best = net.base + _best_sums(net)[1][np.arange(len(net.need)), net.need]
    return int(best[net.served].min())


def easy_total(net: Network) -> int:
    """Return the total if nobody stood in anybody's way."""
    return int((net.base + _best_sums(net)[1][np.arange(len(net.need)), net.need]).sum())


def held_to(net: Network, floor: int) -> Network | None:
    """Return what is left to decide where nobody falls below a floor; nothing if somebody must."""
    order, sums = _best_sums(net)
    every, need = np.arange(len(net.need)), net.need
    wants = np.where(net.served, floor - net.base, np.iinfo(np.int64).min // 2)
    first, rest = sums[every, need], sums[every, np.maximum(need - 1, 0)]
    if (first < wants).any():
        return None
    last = order[every, np.maximum(need - 1, 0)]
    spare = need < order.shape[1]
    following = np.where(spare, order[every, np.minimum(need, order.shape[1] - 1)], -1)
    among = net.allowed & (net.score >= last[:, None])
    with_it = np.where(among, first[:, None], rest[:, None] + net.score)
    allowed = net.allowed & (with_it >= wants[:, None]) & (need > 0)[:, None]
    without = np.where((following >= 0)[:, None], (first + following)[:, None] - net.score, -1)
    forced = allowed & among & (without < wants[:, None])
    return _settled(replace(net, allowed=allowed), forced)


def _settled(net: Network, forced: Grid) -> Network | None:
    """Take out pairs that must meet; nothing if somebody would have to meet too many."""
    taken, given = forced.sum(axis=1), forced.sum(axis=0)
    time = (forced * net.time[:, None]).sum(axis=0)
    if (taken > net.need).any() or (time > net.most).any():
        return None
    return replace(
        net,
        allowed=net.allowed & ~forced,
        pinned=net.pinned | forced,
        need=net.need - taken,
        base=net.base + np.where(forced, net.score, 0).sum(axis=1),
        most=net.most - time,
        least=np.maximum(0, net.least - given),
    )


def closed(net: Network, on: Grid, above: Ceiling, work: Work, told: Told) -> tuple[Grid, Ceiling]:
    """Bring a floor and its bound nearer to each other, as far as the work allows."""
    try:
        high, above, kept = _lowered(net, net.worst(on), above, work)
        if kept is not None:
            on = max(on, _rounded(net, kept, above.bound, work, told), key=net.worst)
        if net.allowed.sum() <= MIDDLE:
            on, high = _by_solver(net, on, high, work, told)
    except Exhausted:
        return on, above
    floor = net.worst(on)
    return on, Ceiling(floor, None, sure=True) if floor == high < above.bound else above


def _lowered(
    net: Network, low: int, above: Ceiling, work: Work
) -> tuple[int, Ceiling, tuple[Network, Flow] | None]:
    """Find the lowest floor that the linear program rules out, by halving.

    Return the highest that it does not; what prices prove of that; and the program there.
    """
    high, kept = above.bound, None
    while low < high and work.left:
        floor = (low + high + 1) // 2
        held = held_to(net, floor)
        flow = None if held is None else priced(held, work, lift=True)
        if held is not None and flow is not None:
            weighed = sum(flow.prices.weights) > 0
            if not weighed or worst_bound(held, flow.prices) >= floor:
                low, kept = floor, (held, flow)
                continue
            above = Ceiling(floor - 1, flow.prices)
        elif held is None and _is_out_of_reach(net, floor):
            above = Ceiling(floor - 1, above.prices)
        high = floor - 1
    return high, above, kept


def _is_out_of_reach(net: Network, floor: int) -> bool:
    return easy_bound(net) < floor


def _rounded(net: Network, kept: tuple[Network, Flow], bound: int, work: Work, told: Told) -> Grid:
    """Start from the meetings of a linear program, in whole numbers, and raise the floor."""
    held, flow = kept
    parts = np.zeros_like(net.score)
    parts[flow.arcs] = np.rint(flow.amounts * PARTS).astype(np.int64)
    forced = held.pinned & ~net.pinned
    near = best_total(replace(held, score=parts), work)
    if near is None:
        raise Exhausted
    on = near[0]
    for soft in GENTLE:
        on = exchange(held, on, max(1.0, soft * bound), work, lambda one: told(one | forced))
        on = rotate(held, on, work)
    return on | forced


def _by_solver(net: Network, on: Grid, high: int, work: Work, told: Told) -> tuple[Grid, int]:
    """Ask for a way above the floor; while there is one, ask half way up to the bound."""
    floor = net.worst(on) + 1
    for _ask in range(ASKS):
        if floor > high or not work.left:
            break
        told(on)
        held = held_to(net, floor)
        found = None if held is None else whole(held, work, floor=floor, any_way=True)
        if held is None or found is None:
            high = floor - 1
        else:
            on = max(on, found[0] | (held.pinned & ~net.pinned), key=net.worst)
        floor = (net.worst(on) + high + 2) // 2
    return on, high
