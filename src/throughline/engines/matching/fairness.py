"""Whoever is served worst comes first, then the total. Imported where it runs: slow to load.

Where everybody meets one, the best floor is a bottleneck flow, exact. Where they meet several it
is as hard as fair division of whole things (Bezáková & Dani, 2005): small problems are solved to
the end, large ones by exchanges on a soft minimum, beside the bound of the linear program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from throughline.engines.matching.exchanges import exchange, raise_total, rotate
from throughline.engines.matching.floors import (
    PARTS,
    Ceiling,
    closed,
    easy_bound,
    easy_total,
    held_to,
    proven,
    worst_bound,
)
from throughline.engines.matching.flowing import flowed
from throughline.engines.matching.mixed import whole
from throughline.engines.matching.network import Grid, Ints, Network, most_pairs
from throughline.engines.matching.pairs import Prices
from throughline.engines.matching.problems import Certificate
from throughline.engines.matching.transport import best_total, dual, narrowed, priced
from throughline.engines.matching.working import Exhausted, Work

SMALL = 1_200
"""Up to this many allowed pairs, a problem is solved to the end if the work allows."""
CLOSE = 0.002
"""A total within this part of its bound is not looked for from another side."""
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


def most_points(net: Network, work: Work, *, by_flow: bool = True) -> Solution | None:
    """Serve everybody with the most points: by a flow where one is had and proves itself.

    Flow and linear program may choose different plans of equal worth.
    """
    if not net.even:
        found = whole(net, work)
        if found is None:
            return None
        return Solution(found[0], _of_solver(int(net.sums(found[0]).sum()), found[1]))
    if by_flow:
        best = _with_bound(net, best_total(net, work, flowed))
        if best is not None and best.total.value == best.total.bound:
            work.flowed = True
            return best
    return _with_bound(net, best_total(net, work))


def _with_bound(net: Network, best: tuple[Grid, Prices] | None) -> Solution | None:
    if best is None:
        return None
    on, prices = best
    return Solution(on, proven(int(net.sums(on).sum()), total_bound(net, prices, 0)), prices)


def unproven(net: Network, some: Solution) -> Solution:
    """Return the same pairs without what was proven of others."""
    value, worst = int(net.sums(some.on).sum()), net.worst(some.on)
    total = Certificate(value, max(value, easy_total(net)), "gap")
    return Solution(some.on, total, None, Certificate(worst, max(worst, easy_bound(net)), "gap"))


def total_bound(net: Network, prices: Prices, floor: int) -> int:
    """Return the bound of the total that these prices prove where nobody falls below ``floor``."""
    extra = np.array(prices.weights, np.int64) - prices.scale
    base = int((np.array(prices.weights, np.int64) * net.base).sum())
    return (dual(net, prices) + base - floor * int(extra[net.served].sum())) // prices.scale


def _of_solver(value: int, bound: float) -> Certificate:
    above = max(value, int(np.floor(bound + 1e-6)))
    return Certificate(value, above, "optimal" if above == value else "gap")


def fair(net: Network, work: Work) -> Solution | None:
    """Serve whoever is served worst as well as can be, then everybody with the most points."""
    if (net.need + net.pinned.sum(axis=1)).max(initial=0) <= 1:
        return bottleneck(net, work)
    start = most_points(net, work, by_flow=False)
    if start is None or not net.served.any():
        return start
    if not net.need.any():
        return replace(start, worst=Certificate(net.worst(start.on), net.worst(start.on)))
    work.tell("the total is known", start.total.value, start.total.bound, plan=start)
    try:
        return _raised(net, start, work)
    except Exhausted:
        value = net.worst(start.on)
        return replace(start, worst=Certificate(value, max(value, easy_bound(net)), "gap"))


def _raised(net: Network, start: Solution, work: Work) -> Solution:
    """Raise the floor as far as the work allows, then the total above it."""
    lifted = priced(net, work, lift=True)
    if lifted is None or not sum(lifted.prices.weights):
        raise Exhausted
    above = Ceiling(worst_bound(net, lifted.prices), lifted.prices)
    if net.allowed.sum() <= SMALL and (done := _to_the_end(net, above, work)):
        return done

    def told(on: Grid) -> None:
        work.tell(
            "serving the worst better", net.worst(on), above.bound, plan=replace(start, on=on)
        )

    on = found = start.on
    for soft in SOFT:
        if net.worst(on) < above.bound:
            found = exchange(net, found, max(1.0, soft * above.bound), work, told)
            found = rotate(net, found, work)
            on = max(on, found, key=net.worst)
    on, above = closed(net, on, above, work, told)
    floor = net.worst(on)
    return _certified(net, on, above.certificate(floor), above.prices, work)


def _certified(
    net: Network,
    on: Grid,
    worst: Certificate,
    prices: Prices | None,
    work: Work,
) -> Solution:
    """Raise the total above a floor, and prove how far it could be raised."""
    held = held_to(net, worst.value)
    relaxed = None
    if held is not None and work.left:
        with suppress(Exhausted):
            relaxed = priced(held, work, floor=worst.value)
    if held is None or relaxed is None:
        value = int(net.sums(on).sum())
        return Solution(
            on, Certificate(value, max(value, easy_total(net)), "gap"), None, worst, prices
        )
    forced = held.pinned & ~net.pinned
    bound = total_bound(held, relaxed.prices, worst.value)
    on = raise_total(held, on & ~forced, worst.value, work, relaxed.prices)
    if bound - int(held.sums(on).sum()) > bound * CLOSE:
        for start in _weighed(held, worst.value, relaxed.prices, work):
            other = raise_total(held, start, worst.value, work, relaxed.prices)
            on = max(on, other, key=lambda one: int(held.sums(one).sum()))
    on |= forced
    total = proven(int(net.sums(on).sum()), bound)
    return Solution(on, total, relaxed.prices, worst, prices)


def _weighed(net: Network, floor: int, prices: Prices, work: Work) -> Iterator[Grid]:
    """Return the best total when rows weigh what the floor costs, raised to the floor if it can be.

    That is the best plan for a Lagrangian of the floor (Fisher, 1981).
    """
    weights = np.array(prices.weights, np.int64) * PARTS // prices.scale
    try:
        best = best_total(replace(net, score=net.score * weights[:, None]), work)
    except Exhausted:
        return
    if best is None:
        return
    on = best[0]
    for soft in (*SOFT, *SOFT[-1:]):
        if net.worst(on) < floor:
            on = rotate(
                net, exchange(net, on, max(1.0, soft * floor), work, lambda _on: None), work
            )
    if net.worst(on) >= floor:
        yield on


def _to_the_end(net: Network, above: Ceiling, work: Work) -> Solution | None:
    """Return the best floor and the best total at it; nothing if the work does not allow it."""
    try:
        return _solved(net, above, work)
    except Exhausted:
        return None


def _solved(net: Network, above: Ceiling, work: Work) -> Solution | None:
    top = whole(net, work, lift=True)
    if top is None or top[1] > (floor := net.worst(top[0])) + 0.999_999:
        return None
    by_prices = floor == above.bound
    worst = proven(floor, floor) if by_prices else Certificate(floor, floor)
    best = whole(net, work, floor=floor)
    if best is None or net.worst(best[0]) < floor:
        return None
    done = _certified(net, best[0], worst, above.prices if by_prices else None, work)
    if done.total.value == done.total.bound:
        return done
    return replace(done, total=_of_solver(done.total.value, best[1]), total_prices=None)


def bottleneck(net: Network, work: Work) -> Solution | None:
    """Where everybody meets one: the highest floor at which all can be served, then the total."""
    met = net.base[net.pinned.any(axis=1)]
    levels = np.unique(np.concatenate([net.score[net.allowed & (net.need > 0)[:, None]], met]))
    levels = levels[levels <= met.min(initial=np.iinfo(np.int64).max)]
    low, high, best = 0, len(levels) - 1, -1
    while low <= high:
        middle = (low + high) // 2
        if can_serve(_above(net, int(levels[middle])), work):
            best, low = middle, middle + 1
        else:
            high = middle - 1
    if best < 0:
        return most_points(net, work)
    floor = int(levels[best])
    work.tell("the worst is known", floor, floor)
    found = most_points(_above(net, floor), work)
    if found is None:
        raise Exhausted
    return replace(found, worst=Certificate(net.worst(found.on), floor))


def _above(net: Network, floor: int) -> Network:
    return replace(net, allowed=net.allowed & (net.score >= floor))


def can_serve(net: Network, work: Work) -> bool:
    """Whether all rows can be served and all columns be given their least.

    Each may be asked alone: if one plan serves all rows and one fills all columns, one plan does
    both (Ford & Fulkerson, 1962, symmetric supply and demand).
    """
    if (net.need < 0).any() or (net.most < 0).any():
        return False
    if not net.even:
        return whole(replace(net, score=np.zeros_like(net.score)), work) is not None
    return any(
        _all_met(few.allowed, net.need, net.most) and _all_met(few.allowed.T, net.least, net.need)
        for few in narrowed(net)
    )


def _all_met(allowed: Grid, need: Ints, most: Ints) -> bool:
    return not need.any() or int(most_pairs(allowed, need, most).sum()) == int(need.sum())
