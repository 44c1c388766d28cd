"""One peer, one problem, in an environment of its own: reads numbers as JSON, prints what came out.

``matching`` and ``munkres`` come from the package index. OpenReview's solvers are no package: with
``openreview-matcher``'s ``SimpleSolver``, ``MinMaxSolver`` and ``FairFlow`` in one module
``solvers`` on the path, they run too. Nothing of the product is imported here.
"""

from __future__ import annotations

import importlib
import json
import sys
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

Pairs = list[tuple[int, int]]


def openreview(name: str, asked: dict[str, Any]) -> Callable[[], Pairs]:
    """Return the reviewers of one of OpenReview's solvers; points are thousandths there."""
    import numpy as np
    import solvers  # type: ignore[import-not-found]

    points = np.array(asked["points"], dtype=float)
    barred = np.zeros(points.shape)
    for row, column in asked["barred"]:
        barred[row, column] = -1
    encoder = SimpleNamespace(
        cost_matrix=-points, aggregate_score_matrix=points / 1000, constraint_matrix=barred
    )
    count = len(asked["most"])
    needs = np.full(points.shape[0], asked["readers"])
    least, most = np.full(count, asked["least"]), np.array(asked["most"])

    def run() -> Pairs:
        found = getattr(solvers, name)(least, most, needs, encoder).solve()
        return [(int(row), int(column)) for row, column in np.argwhere(found > 0)]

    return run


def flow(asked: dict[str, Any]) -> Callable[[], Pairs]:
    """Return the best total of ortools' min-cost flow, its arcs given at once."""
    import numpy as np

    min_cost_flow: Any = importlib.import_module("ortools.graph.python.min_cost_flow")

    points = np.array(asked["points"], dtype=np.int64)
    may = np.ones(points.shape, dtype=bool)
    for row, column in asked["barred"]:
        may[row, column] = False
    height, width = points.shape

    def run() -> Pairs:
        row, column = np.nonzero(may)
        graph = min_cost_flow.SimpleMinCostFlow()
        hub = height + width
        arcs = graph.add_arcs_with_capacity_and_unit_cost(
            np.concatenate([row, height + np.arange(width)]),
            np.concatenate([height + column, np.full(width, hub)]),
            np.concatenate([np.ones(row.size, dtype=np.int64), np.array(asked["most"])]),
            np.concatenate([-points[row, column], np.zeros(width, dtype=np.int64)]),
        )
        needs = np.full(height, asked["readers"])
        graph.set_nodes_supplies(np.append(np.arange(height), hub), np.append(needs, -needs.sum()))
        graph.solve()
        taken = graph.flows(arcs[: row.size]) > 0
        return list(zip(row[taken].tolist(), column[taken].tolist(), strict=True))

    return run


def stable(asked: dict[str, Any]) -> Callable[[], Pairs]:
    """Return the stable match of ``matching``: leaders ask, coaches hold."""
    from matching.games import HospitalResident  # type: ignore[import-not-found]

    fit, seen = asked["points"], asked["seen"]
    whom, by = range(len(fit)), range(len(fit[0]))
    likes = {row: ranked([-fit[row][one] for one in by]) for row in whom}
    holds = {one: ranked([-seen[row][one] for row in whom]) for one in by}
    room = dict(enumerate(asked["most"]))

    def run() -> Pairs:
        game = HospitalResident.create_from_dictionaries(likes, holds, room)
        held = game.solve(optimal="resident")
        return [(int(row.name), int(one.name)) for one, rows in held.items() for row in rows]

    return run


def ranked(points: list[int]) -> list[int]:
    """Return places, the lowest first; of equals, the first."""
    return sorted(range(len(points)), key=points.__getitem__)


def munkres(asked: dict[str, Any]) -> Callable[[], Pairs]:
    """Return the best total of ``munkres``, each place of a coach a column."""
    from munkres import Munkres  # type: ignore[import-not-found]

    places = [one for one, many in enumerate(asked["most"]) for _place in range(many)]
    table = [[1000 - line[one] for one in places] for line in asked["points"]]
    return lambda: [(row, places[place]) for row, place in Munkres().compute(table)]


RUNS: dict[str, Callable[[dict[str, Any]], Callable[[], Pairs]]] = {
    "minmax": lambda asked: openreview("MinMaxSolver", asked),
    "fairflow": lambda asked: openreview("FairFlow", asked),
    "flow": flow,
    "stable": stable,
    "munkres": munkres,
}


def main() -> None:
    """Run one peer on what stands in standard input."""
    run = RUNS[sys.argv[1]](json.load(sys.stdin))

    def measured() -> None:
        begun = time.process_time()
        pairs = run()
        print(json.dumps({"seconds": time.process_time() - begun, "pairs": pairs}))

    sys.setrecursionlimit(10**6)  # matching copies its players one within another
    threading.stack_size(2**29)
    thread = threading.Thread(target=measured)
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
