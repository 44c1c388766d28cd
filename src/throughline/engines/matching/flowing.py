"""The best total as a flow, where ``ortools`` is installed. Imported where it runs: slow to load.

Cost scaling (Goldberg, 1997) finds the pairs, in whole numbers and with one thread. It tells no
prices: they are longest paths among what could still change (Bellman, 1958; Ford, 1956).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from throughline.engines.matching.network import Grid, Ints, Network
from throughline.engines.matching.pairs import Prices
from throughline.engines.matching.transport import Flow
from throughline.engines.matching.working import Exhausted, Work

ROUNDS = 60
"""How often prices are raised before they are left to the linear program."""
LARGEST = 2**60
"""Costs times nodes stay below it: the flow scales costs by nodes, in 64 bits."""
ARCS_A_STEP = 60
"""A flow over so many arcs takes about as long as one step of the simplex method."""


def flowed(net: Network, work: Work) -> Flow | None:
    """Solve the transport problem as a flow.

    Nothing if ``ortools`` is not installed, if it cannot be done, or if prices are not found.
    """
    try:
        from ortools.graph.python.min_cost_flow import (  # noqa: PLC0415 - optional, slow import
            SimpleMinCostFlow,
        )
    except ImportError:
        return None
    if not work.left:
        raise Exhausted
    row, column = np.nonzero(net.allowed & (net.need > 0)[:, None])
    worth = net.score[row, column]
    nodes = sum(net.score.shape) + 1
    if not row.size or int(np.abs(worth).max()) * nodes**2 > LARGEST:
        return None
    work.spend(1 + row.size // ARCS_A_STEP)
    taken = _taken(SimpleMinCostFlow(), net, (row, column), worth)
    found = None if taken is None else _prices(net, (row, column), worth, taken)
    if taken is None or found is None:
        return None
    ones = (1,) * len(net.need)
    prices = Prices(1, ones, *(tuple(each.tolist()) for each in found))
    return Flow(taken.astype(np.float64), (row, column), prices, 1)


def _taken(graph: Any, net: Network, arcs: tuple[Ints, Ints], worth: Ints) -> Grid | None:
    """Return which arcs are used.

    A column asks for its least itself, and sends the rest to a hub: no price has to encourage it.
    """
    height, width = net.score.shape
    columns, hub = np.arange(height, height + width), height + width
    given = graph.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([arcs[0], columns]),
        np.concatenate([arcs[1] + height, np.full(width, hub)]),
        np.concatenate([np.ones(len(worth), np.int64), net.most - net.least]),
        np.concatenate([-worth, np.zeros(width, np.int64)]),
    )
    rest = int(net.least.sum() - net.need.sum())
    graph.set_nodes_supplies(np.arange(hub + 1), np.concatenate([net.need, -net.least, [rest]]))
    if graph.solve() != graph.OPTIMAL:
        return None
    taken: Grid = graph.flows(given[: len(worth)]) > 0
    return taken


def _prices(
    net: Network, arcs: tuple[Ints, Ints], worth: Ints, taken: Grid
) -> tuple[Ints, Ints] | None:
    """Return prices of rows and columns at which no change of these pairs brings anything.

    A column above its least costs no less than nothing, one below its most no more. A row costs
    what its worst pair brings above its column; a column what the best other row would pay for it.
    """
    row, column = (each[taken] for each in arcs)
    first = np.flatnonzero(np.diff(row, prepend=-1))
    served, own = row[first], worth[taken]
    other_row, other_column, wish = (each[~taken] for each in (*arcs, worth))
    order = np.argsort(other_column, kind="stable")
    other_row, other_column, wish = (each[order] for each in (other_row, other_column, wish))
    start = np.flatnonzero(np.diff(other_column, prepend=-1))
    wanted = other_column[start]
    load = np.bincount(column, minlength=len(net.most))
    low = -(1 + len(net.most)) * (1 + int(np.ptp(worth)))
    of_columns = np.where(load > net.least, 0, low)
    of_rows = np.zeros(len(net.need), np.int64)
    for _round in range(ROUNDS):
        of_rows[served] = np.minimum.reduceat(own - of_columns[column], first)
        if not wanted.size:
            break
        paid = np.maximum(of_columns[wanted], np.maximum.reduceat(wish - of_rows[other_row], start))
        if (paid == of_columns[wanted]).all():
            break
        of_columns[wanted] = paid
    else:
        return None
    of_rows[net.need == 0] = int(net.score.max()) - int(of_columns.min())
    return of_rows, of_columns
