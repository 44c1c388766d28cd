"""Coaches for leaders: floor then total, total, stable and unequal hours, beside other packages.

``python -m benchmarks.matching_match --peers peers/bin/python`` runs ``matching`` and ``munkres``
in an environment of their own. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.matching_assign import ran_by, timed
from throughline.engines.matching import (
    Barred,
    Coach,
    Coaching,
    Leader,
    PairPlan,
    Part,
    blocking,
    margins_pairs,
    match,
    repair,
)
from throughline.engines.matching.pairs import Mode

EQUAL = ((12, 5, 3), (100, 20, 6), (2_000, 200, 11))
"""Leaders, coaches, leaders a coach has time for."""
HOURS = ((100, 20, 30), (400, 40, 60))
"""Leaders of 2 to 8 quarter-hours, coaches, quarter-hours a coach has."""
MODES: tuple[Mode, ...] = ("total", "fair", "stable")
MUNKRES = (100, 20, 5)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching_match", description=__doc__)
    parser.add_argument("--peers", help="Python of the environment with benchmarks/peers.txt")
    for line in lines(parser.parse_args().peers):
        print(line, flush=True)


def lines(peers: str | None = None) -> Iterator[str]:
    """Measure; return the lines of the tables."""
    match(coaching((12, 5, 3), 1))
    yield "| leaders x coaches | mode | total | bound | worst | bound | blocking | s | same as `matching`, s |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for size in EQUAL:
        yield from _equal(size, peers)
    for size in HOURS:
        problem = coaching(size, 1, unequal=True)
        for mode in MODES[:2]:
            plan, seconds = timed(partial(match, problem, mode=mode))
            yield f"| {_size(size)}, unequal hours | {mode} | {_told(plan)} | - | {seconds:.2f} | - |"
    yield ""
    if peers:
        problem = coaching(MUNKRES, 1)
        plan, seconds = timed(partial(match, problem, mode="total"))
        said = ran_by(peers, "munkres", _asked(problem))
        ours = plan.total.value if plan.total else 0
        theirs = _sum(problem, said["pairs"]) if said else 0
        took = said["seconds"] if said else 0
        yield f"Total of {_size(MUNKRES)}: ours {ours} in {seconds:.3f} s, munkres {theirs} in {took:.3f} s."
    yield from _changes()


def _equal(size: tuple[int, int, int], peers: str | None) -> Iterator[str]:
    problem = coaching(size, 1)
    for mode in MODES:
        plan, seconds = timed(partial(match, problem, mode=mode))
        beside = "-"
        if mode == "stable" and peers and (said := ran_by(peers, "stable", _asked(problem))):
            theirs = sorted((f"l{row}", f"c{column}") for row, column in said["pairs"])
            same = theirs == sorted((one.whom, one.by) for one in plan.pairs)
            beside = f"{'yes' if same else 'no'}, {said['seconds']:.2f}"
        cells = f"{_told(plan)} | {len(blocking(problem, plan))} | {seconds:.2f} | {beside}"
        yield f"| {_size(size)} | {mode} | {cells} |"


def _changes() -> Iterator[str]:
    for size in EQUAL:
        problem = coaching(size, 1)
        old = match(problem)
        gone = old.pairs[0].by
        now = replace(problem, barred=tuple(Barred(one.key, gone) for one in problem.leaders))
        mended, seconds = timed(partial(repair, now, old.pairs))
        had = sum(one.by == gone for one in old.pairs)
        fresh = match(now, mode="total")
        moves = len(set(old.pairs) - set(fresh.pairs))
        yield (
            f"A coach of {_size(size)} leaves: {had} leaders had that coach; repaired with "
            f"{len(mended.forced)} forced moves and {len(mended.moved)} more for {mended.loss} points, "
            f"a fresh total moves {moves}; {seconds:.2f} s."
        )
        sure, took = timed(partial(margins_pairs, problem, old))
        flips = sum(one.coin_flip for one in sure)
        yield f"Margins of its {len(sure)} pairs: {flips} coin-flips; {took:.2f} s."


def _size(size: tuple[int, int, int]) -> str:
    return f"{size[0]:,} x {size[1]}"


def _told(plan: PairPlan) -> str:
    cells: list[object] = []
    for one in (plan.total, plan.worst):
        cells += ["-", "-"] if one is None else [one.value, one.bound]
    return " | ".join(map(str, cells))


def _asked(problem: Coaching) -> dict[str, object]:
    seen = (problem.coaches_see or problem.parts)[0].points
    most = [one.time for one in problem.coaches]
    return {"points": problem.parts[0].points, "seen": seen, "most": most}


def _sum(problem: Coaching, pairs: list[tuple[int, int]]) -> int:
    return sum(problem.parts[0].points[row][column] for row, column in pairs)


def coaching(size: tuple[int, int, int], seed: int, *, unequal: bool = False) -> Coaching:
    """Points by chance, as leaders and as coaches see them."""
    leaders, coaches, time = size
    rng = np.random.Generator(np.random.PCG64(seed))
    fit, seen = (rng.integers(0, 1_000, (leaders, coaches)).tolist() for _side in range(2))
    times = rng.integers(2, 9, leaders).tolist() if unequal else [1] * leaders
    return Coaching(
        tuple(Leader(f"l{n}", one) for n, one in enumerate(times)),
        tuple(Coach(f"c{n}", time) for n in range(coaches)),
        (Part("fit", tuple(map(tuple, fit))),),
        coaches_see=(Part("seen", tuple(map(tuple, seen))),),
    )


if __name__ == "__main__":
    main()
