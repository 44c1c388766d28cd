"""Say why two meet or do not, and change a plan as little as can be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from throughline.engines.matching.pair_checking import line_of, sums_of
from throughline.engines.matching.pairing import STEPS, as_plan, checked, plan_of
from throughline.engines.matching.pairs import (
    Barred,
    Meeting,
    Pair,
    PairPlan,
    columns,
    rows,
)
from throughline.engines.matching.problems import Certificate, Infeasible, InvalidProblem
from throughline.engines.matching.serving import servable
from throughline.engines.matching.working import Exhausted, Limits, Watch, Work


@dataclass(frozen=True, slots=True)
class Turned:
    """What would change if a pair were turned round: made to meet, or kept from it."""

    out: tuple[Pair, ...]
    into: tuple[Pair, ...]
    loss: int
    """Points that all together would lose; below 0 where the plan pays for fairness."""
    worst_loss: int
    """Points that whoever is served worst would lose."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a pair meets or does not.

    ``rank`` is the place of the pair among all who may serve the same one, 1 the best; equals share
    a place. ``turned`` is nothing where it cannot be: the plan would break.
    """

    pair: Pair
    meet: bool
    parts: tuple[tuple[str, int], ...]
    rank: int | None
    barred: str | None
    turned: Turned | None

    @property
    def coin_flip(self) -> bool:
        """Whether turning the pair round costs nothing at all."""
        return self.turned is not None and self.turned.loss == self.turned.worst_loss == 0


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """The plan nearest to an old one.

    ``forced`` pairs of the old plan can no longer meet; ``moved`` gave way to others. ``loss`` is
    how many points more a fresh plan would have over all.
    """

    plan: PairPlan
    kept: tuple[Pair, ...]
    forced: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    into: tuple[Pair, ...]
    loss: int


def why(
    problem: Meeting,
    plan: PairPlan,
    pair: Pair,
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> Why:
    """Say what a pair is worth, part by part, and solve again with the pair turned round.

    Raises
    ------
    InvalidProblem
        One of the pair is unknown, or the plan is a stable match, which promises no points.
    Exhausted
        The work that was allowed did not suffice to turn the pair round.
    Cancelled
        Whoever watches said stop.
    """
    _known(problem, plan, pair)
    row, column = rows(problem).index(pair.whom), columns(problem).index(pair.by)
    parts = tuple((part.key, part.points[row][column]) for part in problem.parts)
    barred = {(one.whom, one.by): one.reason for one in problem.barred}
    reason = barred.get((pair.whom, pair.by))
    rank = None
    if reason is None:
        line = line_of(problem.parts, row, len(columns(problem)))
        others = zip(columns(problem), line, strict=True)
        rank = 1 + sum(one > line[column] for by, one in others if (pair.whom, by) not in barred)
    meet = pair in plan.pairs
    work = Work(limits, watch, STEPS)
    turned = None if reason is not None else _turned(problem, plan, pair, work)
    return Why(pair, meet, parts, rank, reason, turned)


def _known(problem: Meeting, plan: PairPlan, pair: Pair) -> None:
    if pair.whom not in rows(problem):
        raise InvalidProblem("pair.whom", pair.whom, "a key of the problem")
    if pair.by not in columns(problem):
        raise InvalidProblem("pair.by", pair.by, "a key of the problem")
    if plan.mode == "stable":
        raise InvalidProblem("plan.mode", plan.mode, "fair or total")


def _turned(problem: Meeting, plan: PairPlan, pair: Pair, work: Work) -> Turned | None:
    if pair in plan.pairs:
        pinned = tuple(one for one in problem.pinned if one != pair)
        other = replace(
            problem, barred=(*problem.barred, Barred(pair.whom, pair.by)), pinned=pinned
        )
    else:
        other = replace(problem, pinned=(*problem.pinned, pair))
    try:
        new = plan_of(other, plan.mode, partial=bool(plan.unmet), work=work)
    except (Infeasible, InvalidProblem):
        return None
    was, now = worth(problem, plan.pairs), worth(problem, new.pairs)
    return Turned(
        _without(plan.pairs, new.pairs),
        _without(new.pairs, plan.pairs),
        was[1] - now[1],
        was[0] - now[0],
    )


def worth(problem: Meeting, pairs: Collection[Pair]) -> tuple[int, int]:
    """Return the points of whoever is served worst, and of all."""
    sums = sums_of(problem, pairs)
    return min(sums.values(), default=0), sum(sums.values())


def _without(some: Collection[Pair], others: Collection[Pair]) -> tuple[Pair, ...]:
    left = set(others)
    return tuple(one for one in some if one not in left)


def repair(
    problem: Meeting,
    old: Collection[Pair],
    *,
    partial: bool = False,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> RepairPlan:
    """Keep as many pairs of an old plan as can be, then have the most points over all.

    The problem is as it now is: whoever left is not in it any more, or barred.

    Raises
    ------
    Infeasible
        Not all can be served, and nobody may go short.
    Exhausted
        The work that was allowed did not suffice.
    Cancelled
        Whoever watches said stop.

    Notes
    -----
    One solution in which a kept pair is worth more than all points together, so that both come in
    their order (a lexicographic sum).
    """
    import numpy as np  # noqa: PLC0415 - slow import

    from throughline.engines.matching.fairness import most_points  # noqa: PLC0415 - slow import

    work = Work(limits, watch, STEPS)
    net, unmet = servable(problem, work, partial)
    place = {key: row for row, key in enumerate(rows(problem))}
    beside = {key: column for column, key in enumerate(columns(problem))}
    keep = np.zeros_like(net.allowed)
    for pair in old:
        if pair.whom in place and pair.by in beside:
            keep[place[pair.whom], beside[pair.by]] = True
    can = keep & (net.allowed | net.pinned)
    fresh = most_points(net, work)
    work.tell("keeping what can be kept")
    spread = int(net.need.sum()) * int(np.ptp(net.score)) + 1 if net.score.size else 1
    found = most_points(replace(net, score=net.score + spread * can), work)
    if fresh is None or found is None:
        raise Exhausted
    value = int(net.sums(found.on).sum())
    kind = (
        "gap" if value < fresh.total.bound and fresh.total.kind == "optimal" else fresh.total.kind
    )
    solution = replace(fresh, on=found.on, total=Certificate(value, fresh.total.bound, kind))
    plan = replace(as_plan(problem, net, solution, "total", unmet), made=work.made(problem))
    plan = checked(problem, plan)
    return _difference(problem, plan, tuple(old), fresh.total.value - value)


def _difference(problem: Meeting, plan: PairPlan, old: tuple[Pair, ...], loss: int) -> RepairPlan:
    barred = {(one.whom, one.by) for one in problem.barred}
    whom, by = set(rows(problem)), set(columns(problem))
    gone = _without(old, plan.pairs)
    forced = tuple(
        one for one in gone
        if one.whom not in whom or one.by not in by or (one.whom, one.by) in barred
    )  # fmt: skip
    kept, into = _without(old, gone), _without(plan.pairs, old)
    return RepairPlan(plan, kept, forced, _without(gone, forced), into, loss)
