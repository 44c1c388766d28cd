"""A match in which nobody would rather leave with somebody else."""

from __future__ import annotations

from heapq import heappush, heapreplace

import numpy as np

from throughline.engines.matching.network import Ints, network
from throughline.engines.matching.pairs import Coaching, Pair, PairPlan, Unmet
from throughline.engines.matching.problems import Infeasible, InvalidProblem


def stable(problem: Coaching) -> PairPlan:
    """Let leaders ask their coaches, best first; a coach holds the best who ask (deferred acceptance)."""
    net = network(problem)
    if not net.even:
        raise InvalidProblem(
            "leaders", sorted({one.time for one in problem.leaders}), "equal time, to be stable"
        )
    if (net.most < 0).any():
        worst = problem.coaches[int(net.most.argmin())].key
        raise Infeasible((worst,), f"{worst} is pinned more often than there is room for")
    seen = coaches_see(problem)
    asks = [
        _wishes(net.score[row], net.allowed[row] & bool(net.need[row]))
        for row in range(len(net.need))
    ]
    held: list[list[tuple[int, int]]] = [[] for _coach in problem.coaches]
    free = list(range(len(asks)))[::-1]
    while free:
        row = free.pop()
        while asks[row]:
            coach = asks[row].pop()
            mine = int(seen[row, coach]), -row
            if len(held[coach]) < net.most[coach]:
                heappush(held[coach], mine)
                break
            if held[coach] and held[coach][0] < mine:
                free.append(-heapreplace(held[coach], mine)[1])
                break
    found = {-row: coach for coach, some in enumerate(held) for _points, row in some}
    for row, coach in zip(*net.pinned.nonzero(), strict=True):
        found[int(row)] = int(coach)
    pairs = tuple(
        Pair(problem.leaders[row].key, problem.coaches[found[row]].key) for row in sorted(found)
    )
    unmet = tuple(Unmet(one.key, 1) for row, one in enumerate(problem.leaders) if row not in found)
    return PairPlan("stable", pairs, unmet)


def _wishes(points: Ints, may: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[int]:
    """Return coaches, best last; of equals, the first last."""
    order = np.argsort(-points, kind="stable")[::-1]
    return [int(one) for one in order if may[one]]


def coaches_see(problem: Coaching) -> Ints:
    """Return the points of each leader and coach as the coach sees them."""
    parts = problem.coaches_see or problem.parts
    shape = len(problem.leaders), len(problem.coaches)
    seen = np.zeros(shape, dtype=np.int64)
    for part in parts:
        seen += np.array(part.points, dtype=np.int64).reshape(shape)
    return seen
