"""Exchanges of pairs that serve whoever is served worst, or raise the total. Slow to load."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.network import Grid, Network
from throughline.engines.matching.pairs import Prices
from throughline.engines.matching.transport import priced_above
from throughline.engines.matching.working import Work

STEPS = 4_000
WORST = 40
"""How many rows an exchange starts from."""
RING = 1_500
"""Up to this many meetings, columns are passed round three rows too."""
BLOCK = 200
"""How many pairs are priced at once when the total is raised."""

A_STEP = 2_500
"""How many pairs of pairs are priced in one step of work."""

Floats = NDArray[np.float64]
Told = Callable[[Grid], None]


def exchange(net: Network, start: Grid, soft: float, work: Work, told: Told) -> Grid:
    """Raise the worst-served rows by the best swap of two pairs, or move to a column with room.

    A swap is the better the more it raises the sum of -exp(-points / soft) over all rows.
    """
    on = start.copy()
    sums = np.where(net.served, net.sums(on), np.iinfo(np.int32).max)
    for _step in range(STEPS):
        row, column = np.nonzero(on)
        worst = np.argsort(sums, kind="stable")[:WORST]
        near = np.flatnonzero(np.isin(row, worst))
        if not work.spend(1 + near.size * row.size // A_STEP):
            break
        told(on)
        gains = _swaps(net, on, sums, (row, column), near, soft)
        room = np.flatnonzero(on.sum(axis=0) < net.most)
        moves = _moves(net, on, sums, (row[near], column[near]), room, soft)
        swap, move = _top(gains), _top(moves)
        if max(swap[0], move[0]) <= 1e-12:
            break
        if swap[0] >= move[0]:
            one, two = near[swap[1]], swap[2]
            _trade(net, on, sums, (row[one], column[one]), (row[two], column[two]))
        else:
            one = near[move[1]]
            _set(net, on, sums, row[one], column[one], False)
            _set(net, on, sums, row[one], room[move[2]], True)
    return on


def _top(gains: Floats) -> tuple[float, int, int]:
    if not gains.size:
        return -np.inf, 0, 0
    best = int(gains.argmax())
    return float(gains.flat[best]), *divmod(best, gains.shape[1])


def _set(
    net: Network, on: Grid, sums: NDArray[np.int64], row: int, column: int, meet: bool
) -> None:
    on[row, column] = meet
    sums[row] += net.score[row, column] * (1 if meet else -1)


def _trade(
    net: Network, on: Grid, sums: NDArray[np.int64], one: tuple[int, int], two: tuple[int, int]
) -> None:
    for row, column in (one, two):
        _set(net, on, sums, row, column, False)
    _set(net, on, sums, one[0], two[1], True)
    _set(net, on, sums, two[0], one[1], True)


def _traded(
    net: Network,
    on: Grid,
    sums: NDArray[np.int64],
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    near: NDArray[np.intp],
) -> tuple[Grid, NDArray[np.int64], NDArray[np.int64]]:
    """Return which pairs may trade columns, and what both rows would then have."""
    row, column = pairs
    one, by = row[near][:, None], column[near][:, None]
    free = net.allowed & ~on
    may = free[one, column] & free[row, by] & (one != row) & (by != column)
    mine = sums[one] - net.score[one, by] + net.score[one, column]
    other = sums[row] - net.score[row, column] + net.score[row, by]
    return may, mine, other


def _swaps(
    net: Network,
    on: Grid,
    sums: NDArray[np.int64],
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    near: NDArray[np.intp],
    soft: float,
) -> Floats:
    may, mine, other = _traded(net, on, sums, pairs, near)
    low = sums.min()
    before = _felt(sums, low, soft)
    gain = _felt(mine, low, soft) + _felt(other, low, soft)
    gain -= before[pairs[0][near]][:, None] + before[pairs[0]]
    return np.where(may, gain, -np.inf)


def _moves(
    net: Network,
    on: Grid,
    sums: NDArray[np.int64],
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    room: NDArray[np.intp],
    soft: float,
) -> Floats:
    row, by = pairs[0][:, None], pairs[1][:, None]
    may = (net.allowed & ~on)[row, room] & (on.sum(axis=0) > net.least)[by]
    mine = sums[row] - net.score[row, by] + net.score[row, room]
    low = sums.min()
    return np.where(may, _felt(mine, low, soft) - _felt(sums, low, soft)[row], -np.inf)


def _felt(points: NDArray[np.int64], low: np.int64, soft: float) -> Floats:
    return np.asarray(-np.exp(-np.maximum(points - low, -20 * soft) / soft), dtype=np.float64)


def rotate(net: Network, start: Grid, work: Work) -> Grid:
    """Raise the lowest row by passing columns round three rows, until none of them gains.

    Nobody falls to where the lowest row was, so the sorted points of all rows only rise.
    """
    on = start.copy()
    sums = np.where(net.served, net.sums(on), np.iinfo(np.int32).max)
    free = net.allowed & ~on
    for _step in range(STEPS if on.sum() <= RING else 0):
        row, column = np.nonzero(on)
        if not work.spend(1 + row.size**2 // A_STEP):
            break
        lowest = int(sums.argmin())
        left = sums[row] - net.score[row, column]
        takes = left[:, None] + net.score[row[:, None], column]
        middle = free[row[:, None], column] & (row != lowest) & (row != row[:, None])
        ends = np.where(middle, takes, -1)
        best, ring = int(sums[lowest]), (0, 0, 0)
        for mine in np.flatnonzero(row == lowest):
            first = np.where(free[lowest, column], left[mine] + net.score[lowest, column], -1)
            last = np.where(free[row, column[mine]], left + net.score[row, column[mine]], -1)
            least = np.minimum(np.minimum(first[:, None], ends), last)
            place = int(least.argmax())
            if int(least.flat[place]) > best:
                best, ring = int(least.flat[place]), (int(mine), *divmod(place, row.size))
        if ring == (0, 0, 0):
            break
        for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
            _set(net, on, sums, row[one], column[one], False)
            _set(net, on, sums, row[one], column[other], True)
        free = net.allowed & ~on
    return on


def raise_total(net: Network, start: Grid, floor: int, work: Work, prices: Prices) -> Grid:
    """Raise the total by swaps, block by block, while no row falls below ``floor``.

    A swap raises the total only if the prices of the linear program say that one of the pairs
    should not be, or if they weigh one of the rows; so only such pairs start one.
    """
    on = start.copy()
    sums = np.where(net.served, net.sums(on), np.iinfo(np.int32).max)
    odd = _odd(net, prices)
    first, idle = 0, 0
    while idle * BLOCK < (count := int((on & odd).sum())):
        row, column = np.nonzero(on)
        near = np.flatnonzero(odd[row, column])[first : first + BLOCK]
        if not work.spend(1 + near.size * row.size // A_STEP):
            break
        if near.size and _raised(net, on, sums, floor, near):
            idle = 0
        else:
            idle, first = idle + 1, first + BLOCK if first + BLOCK < count else 0
    return on


def _odd(net: Network, prices: Prices) -> Grid:
    odd = np.zeros_like(net.allowed)
    for rows, above in priced_above(net, prices):
        odd[rows] = above < 0
    odd[np.array(prices.weights) > prices.scale] = True
    return odd


def _raised(
    net: Network, on: Grid, sums: NDArray[np.int64], floor: int, near: NDArray[np.intp]
) -> bool:
    row, column = np.nonzero(on)
    may, mine, other = _traded(net, on, sums, (row, column), near)
    gain = mine + other - sums[row[near]][:, None] - sums[row]
    gains = np.where(may & (mine >= floor) & (other >= floor), gain, 0).astype(np.float64)
    best, one, two = _top(gains)
    if best <= 0:
        return False
    _trade(net, on, sums, (row[near[one]], column[near[one]]), (row[two], column[two]))
    return True
