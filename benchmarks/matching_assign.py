"""Readers for applications: the best total and the fairest plan, beside OpenReview's solvers.

``python -m benchmarks.matching_assign --peers peers/bin/python`` makes problems of the size of
MIDL 2018 and larger ones. All seconds are of the processor, medians of five seeds. *Solver* is the
total with its prices alone, as peers are timed; the rest is our whole call with all its checks.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from throughline.engines.matching import (
    Application,
    Barred,
    PairPlan,
    Part,
    Reader,
    Reviewing,
    assign,
)
from throughline.engines.matching.pairs import Mode

PEERS = Path(__file__).with_name("matching_peers.py")
SEEDS = (1, 2, 3, 4, 5)
TOPICS = 40
MIDL = (118, 177, 3, 2, 4)
"""Applications, readers, readers of each, least and most of a reader; 2,380 may not meet."""
CONFLICTS = 2_380
LARGE = (3_000, 1_000, 3, 0, 11)

T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching_assign", description=__doc__)
    parser.add_argument("--peers", help="Python of the environment with benchmarks/peers.txt")
    parser.add_argument("--solvers", help="folder with OpenReview's solvers.py", default="")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(large(*chosen.one.split(","))))
        return
    for line in lines(chosen.peers, chosen.solvers):
        print(line, flush=True)


def lines(peers: str | None = None, solvers: str = "") -> Iterator[str]:
    """Measure; return the lines of the tables."""
    yield "| applications x readers | who | total | bound | worst | bound | s |"
    yield "|---|---|---|---|---|---|---|"
    sizes: tuple[tuple[str, Callable[[int], Reviewing]], ...] = (
        ("118 x 177, least 2", lambda seed: topics(MIDL, CONFLICTS, seed)),
        ("118 x 177, least 2, random", lambda seed: random(MIDL, CONFLICTS / (118 * 177), seed)),
        ("300 x 100", lambda seed: random((300, 100, 3, 0, 10), 0.15, seed)),
        ("1,000 x 300", lambda seed: random((1_000, 300, 3, 0, 12), 0.15, seed)),
    )
    for name, make in sizes:
        problems = [make(seed) for seed in SEEDS]
        yield from (f"| {name} | {line}" for line in _of_size(problems, peers, solvers))
    yield ""
    yield "| 3,000 x 1,000, three each | total | bound | worst | bound | s | peak MB | LP of 40 nearest, s |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in ("random", "topics"):
        for mode in ("total", "fair"):
            ran = subprocess.run(
                [sys.executable, "-m", "benchmarks.matching_assign", "--one", f"{kind},{mode}"],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            yield "| " + " | ".join(map(str, json.loads(ran.stdout))) + " |"


def _of_size(problems: Sequence[Reviewing], peers: str | None, solvers: str) -> Iterator[str]:
    modes: tuple[tuple[str, Mode], ...] = (("ours, total", "total"), ("ours, fair", "fair"))
    for name, by_flow in (("solver, flow", True), ("solver, linear program", False)):
        yield f"{name} | {_alone(problems, by_flow)} |"
    assign(problems[0])
    for name, mode in modes:
        runs = [timed(partial(assign, one, mode=mode)) for one in problems]
        told = _told([(one, plan) for one, (plan, _s) in zip(problems, runs, strict=True)])
        yield f"{name} | {told} | {_median(s for _p, s in runs)} |"
    small = len(problems[0].applications) <= 200
    named = [("ortools, total", "flow")] if not problems[0].readers[0].least else []
    if solvers:
        named += [("OpenReview MinMax", "minmax")] + [("FairFlow", "fairflow")] * small
    for name, peer in named if peers else []:
        asked = [(one, ran_by(str(peers), peer, numbers_of(one), solvers)) for one in problems]
        found = [(worth_of(one, said["pairs"]), said["seconds"]) for one, said in asked if said]
        totals, worsts = (_median(float(one[at]) for one, _s in found) for at in (0, 1))
        name += "" if len(found) == len(asked) else f" (a plan for {len(found)} of {len(asked)})"
        yield f"{name} | {totals} | - | {worsts} | - | {_median(s for _one, s in found)} |"


def _alone(problems: Sequence[Reviewing], by_flow: bool) -> str:
    from throughline.engines.matching.fairness import most_points
    from throughline.engines.matching.network import network
    from throughline.engines.matching.working import Work

    found = []
    for one in (problems[0], *problems):
        net = network(one)
        work = Work(steps_a_unit=10**6)
        solution, seconds = timed(partial(most_points, net, work, by_flow=by_flow))
        if solution is not None and work.flowed == by_flow:
            found.append(
                (solution.total.value, solution.total.bound, net.worst(solution.on), seconds)
            )
    if not found:
        return "- | - | - | - | -"
    total, bound, worst, spent = (_median(each) for each in zip(*found[1:], strict=True))
    return f"{total} | {bound} | {worst} | - | {spent}"


def _told(solved: Sequence[tuple[Reviewing, PairPlan]]) -> str:
    each = [
        (plan.total.bound if plan.total else 0, *worth(*one)) for one in solved if (plan := one[1])
    ]
    bound, total, worst = (_median(float(one[at]) for one in each) for at in range(3))
    above = [plan.worst.bound for _problem, plan in solved if plan.worst]
    return f"{total} | {bound} | {worst} | {_median(map(float, above)) if above else '-'}"


def _median(values: Any) -> str:
    middle = statistics.median(values)
    return f"{middle:,.0f}" if middle >= 100 else f"{middle:.3g}"


def timed(run: Callable[[], T]) -> tuple[T, float]:
    """Return what a call returns, and its seconds of the processor."""
    begun = time.process_time()
    return run(), time.process_time() - begun


def ran_by(
    peers: str, name: str, asked: dict[str, Any], solvers: str = ""
) -> dict[str, Any] | None:
    """Run a peer in its own environment; nothing if it finds no plan."""
    ran = subprocess.run(
        [peers, str(PEERS), name],
        input=json.dumps(asked), capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": solvers},
    )  # fmt: skip
    answer: dict[str, Any] | None = json.loads(ran.stdout) if ran.stdout else None
    return answer


def large(kind: str, mode: str) -> list[str]:
    """Solve one large problem; return the cells of its line."""
    from throughline.engines.matching.network import network
    from throughline.engines.matching.transport import linear, nearest
    from throughline.engines.matching.working import Work

    make = random(LARGE, 0.1, 1) if kind == "random" else topics(LARGE, 300_000, 1)
    plan, seconds = timed(lambda: assign(make, mode="fair" if mode == "fair" else "total"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    net = network(make)
    few = replace(net, allowed=nearest(net, 40))
    _flow, alone = timed(lambda: linear(few, Work(steps_a_unit=10**6)))
    return [
        f"{kind}, {mode}",
        *_told([(make, plan)]).split(" | "),
        f"{seconds:.1f}",
        f"{peak}",
        f"{alone:.1f}",
    ]


def worth(problem: Reviewing, plan: PairPlan) -> tuple[int, int]:
    """Return the total of a plan, and the points of whoever is served worst."""
    rows = {one.key: place for place, one in enumerate(problem.applications)}
    columns = {one.key: place for place, one in enumerate(problem.readers)}
    return worth_of(problem, [(rows[one.whom], columns[one.by]) for one in plan.pairs])


def worth_of(problem: Reviewing, pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the total and the worst of a peer's pairs."""
    sums = [0] * len(problem.applications)
    for row, column in pairs:
        sums[row] += problem.parts[0].points[row][column]
    return sum(sums), min(sums)


def numbers_of(problem: Reviewing) -> dict[str, Any]:
    """Return what a peer needs to know."""
    rows = {one.key: place for place, one in enumerate(problem.applications)}
    columns = {one.key: place for place, one in enumerate(problem.readers)}
    return {
        "points": problem.parts[0].points,
        "barred": [(rows[one.whom], columns[one.by]) for one in problem.barred],
        "readers": problem.applications[0].readers,
        "least": problem.readers[0].least,
        "most": [one.most for one in problem.readers],
    }


Size = tuple[int, int, int, int, int]


def _problem(size: Size, points: Any, barred: Any) -> Reviewing:
    height, width, readers, least, most = size
    whom, by = [f"a{n}" for n in range(height)], [f"r{n}" for n in range(width)]
    return Reviewing(
        tuple(Application(key, readers) for key in whom),
        tuple(Reader(key, most, least) for key in by),
        (Part("fit", tuple(tuple(line.tolist()) for line in points)),),
        tuple(Barred(whom[row], by[column]) for row, column in barred),
    )


def random(size: Size, share: float, seed: int) -> Reviewing:
    """Points by chance, three of ten 0; a share of pairs may not meet."""
    rng = np.random.Generator(np.random.PCG64(seed))
    points = rng.integers(0, 1_000, size[:2])
    points[rng.random(size[:2]) < 0.3] = 0
    return _problem(size, points, np.argwhere(rng.random(size[:2]) < share).tolist())


def topics(size: Size, conflicts: int, seed: int) -> Reviewing:
    """Points as texts give them: few topics each, so that few readers suit an application."""
    rng = np.random.Generator(np.random.PCG64(seed))
    readers = rng.dirichlet([0.08] * TOPICS, size[1])
    applications = rng.dirichlet([0.08] * TOPICS, size[0])
    lengths = [np.sqrt((each**2).sum(axis=1)) for each in (applications, readers)]
    points = (1_000 * applications @ readers.T / np.outer(*lengths)).astype(int)
    barred = rng.choice(size[0] * size[1], conflicts, replace=False)
    return _problem(size, points, [divmod(int(one), size[1]) for one in barred])


if __name__ == "__main__":
    main()
