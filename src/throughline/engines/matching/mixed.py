"""The program over pairs in whole numbers, where flows do not decide. Slow to load."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from throughline.engines.matching.network import Grid, Ints, Network
from throughline.engines.matching.working import Exhausted, Work

BRANCHES = 2_000
"""Branches that the solver may look at: a count, so that the load of a machine changes nothing."""
A_BRANCH = 100
"""How many steps a branch is."""
A_PAIR = 6
"""How many steps an allowed pair is before the first branch."""


def whole(
    net: Network,
    work: Work,
    *,
    floor: int | None = None,
    lift: bool = False,
    all_served: bool = True,
    any_way: bool = False,
) -> tuple[Grid, float] | None:
    """Solve the program in whole numbers; return pairs and the bound that is left.

    Nothing if it cannot be done. ``any_way`` asks for no points, only for a way.

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
    matrix, gain = vstack([by_row, takes]), -points * (not any_way)
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
    if not work.left:
        raise Exhausted
    options: Any = {"mip_rel_gap": 0, **work.of_solver(A_BRANCH)}
    options["node_limit"] = min(options["node_limit"], BRANCHES)
    answer = milp(
        gain,
        integrality=np.ones(gain.size, dtype=np.int8),
        bounds=Bounds(0, np.append(np.ones(size), [np.inf] * int(lift))),
        constraints=LinearConstraint(matrix.tocsr(), limits[0], limits[1]),
        options=options,
    )
    work.spend(1 + A_PAIR * size + A_BRANCH * int(answer.mip_node_count or 0))
    if answer.status == 2:
        return None
    if answer.x is None:
        raise Exhausted
    on = np.zeros_like(net.allowed)
    taken = answer.x[:size] > 0.5
    on[row[taken], column[taken]] = True
    bound = answer.fun if answer.mip_dual_bound is None else answer.mip_dual_bound
    return on, -float(bound) + (0 if lift else int(net.base.sum()))


def stretched(net: Network, work: Work) -> Ints | None:
    """Return how much more each column would have to have for all rows to be served.

    As little as can be over all, and of such ways the one with the most points.
    """
    row, column = np.nonzero(net.allowed)
    size, (height, width) = row.size, net.score.shape
    places = np.arange(size)
    by_row = coo_array((np.ones(size), (row, places)), shape=(height, size))
    takes = coo_array((net.time[row].astype(float), (column, places)), shape=(width, size))
    more = csr_array(-np.eye(width))
    whole_day = int((net.need * net.time).sum())
    matrix: Any = vstack(
        [
            hstack([by_row, csr_array((height, width))]),
            hstack([takes, more]),
            hstack([csr_array((1, size)), csr_array(np.ones((1, width)))]),
        ]
    )
    high = np.concatenate([net.need, net.most, [whole_day]]).astype(float)
    low = np.concatenate([net.need, np.full(width + 1, -np.inf)])
    worth = np.append(-net.score[row, column].astype(float), np.zeros(width))
    least = np.append(np.zeros(size), np.ones(width))
    for gain in (least, worth):
        options: Any = {"mip_rel_gap": 0, **work.of_solver(A_BRANCH)}
        answer = milp(
            gain,
            integrality=np.ones(size + width, dtype=np.int8),
            bounds=Bounds(0, np.append(np.ones(size), np.full(width, whole_day))),
            constraints=LinearConstraint(matrix.tocsr(), low, high),
            options=options,
        )
        work.spend(1 + A_PAIR * size + A_BRANCH * int(answer.mip_node_count or 0))
        if answer.status == 2:
            return None
        if answer.status != 0:
            raise Exhausted
        extra = np.rint(answer.x[size:]).astype(np.int64)
        high[-1] = int(extra.sum())
    return extra
