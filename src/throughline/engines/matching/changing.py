"""Say why somebody is chosen or not, and change a choice as little as can be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from throughline.engines.matching.checking import check
from throughline.engines.matching.margins import program_of
from throughline.engines.matching.problems import Certificate, InvalidProblem, Margin, Plan, Problem
from throughline.engines.matching.selecting import best, chosen_by
from throughline.engines.matching.solving import STEPS
from throughline.engines.matching.working import Exhausted, Limits, Watch, Work


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule in which somebody counts: how many of the group are chosen, and may be."""

    rule: str
    chosen: int
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class WhyChosen:
    """Why somebody is chosen or not.

    ``rank`` is the place by points among all, 1 the best; equals share a place. If they were
    turned round, ``out`` would leave, ``into`` would come, and the choice would lose the points of
    the margin.
    """

    key: str
    chosen: bool
    points: int
    parts: tuple[tuple[str, int], ...]
    rank: int
    rules: tuple[Counted, ...]
    margin: Margin
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairedChoice:
    """The choice nearest to an old one.

    ``forced`` of the old choice can no longer be chosen; ``moved`` gave way to others. ``loss`` is
    how many points more a fresh choice would have.
    """

    plan: Plan
    kept: tuple[str, ...]
    forced: tuple[str, ...]
    moved: tuple[str, ...]
    into: tuple[str, ...]
    loss: int


def why_select(
    problem: Problem,
    plan: Plan,
    key: str,
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> WhyChosen:
    """Say what somebody is worth, where they count, and choose again with them turned round.

    Raises
    ------
    InvalidProblem
        Nobody is called that.
    Exhausted
        The work that was allowed did not suffice to find a choice with them turned round.
    Cancelled
        Whoever watches said stop.
    """
    check(problem, plan)
    place = next((n for n, one in enumerate(problem.candidates) if one.key == key), None)
    if place is None:
        raise InvalidProblem("key", key, "a key of a candidate")
    one, chosen = problem.candidates[place], key in plan.chosen
    rank = 1 + sum(other.points > one.points for other in problem.candidates)
    taken = frozenset(plan.chosen)
    rules = tuple(
        Counted(rule.key, len(group & taken), rule.least, rule.most)
        for rule in problem.rules
        for group in rule.groups
        if key in group
    )
    other = _turned(problem, plan, place, Work(limits, watch, STEPS))
    if other is None:
        margin = Margin(key, chosen, None)
        return WhyChosen(key, chosen, one.points, one.parts, rank, rules, margin)
    points = plan.certificate.value - other.certificate.value
    margin = Margin(key, chosen, points, exact=other.certificate.kind == "optimal")
    out = tuple(name for name in plan.chosen if name not in other.chosen)
    into = tuple(name for name in other.chosen if name not in taken)
    return WhyChosen(key, chosen, one.points, one.parts, rank, rules, margin, out, into)


def _turned(problem: Problem, plan: Plan, place: int, work: Work) -> Plan | None:
    """Return the best choice of as many in which somebody is turned round; nothing if none is."""
    key = problem.candidates[place].key
    free = replace(
        problem,
        pinned=tuple(one for one in problem.pinned if one != key),
        barred=tuple(one for one in problem.barred if one != key),
    )
    program = program_of(free, plan, work)
    program.fix(place, 0 if key in plan.chosen else 1)
    if program.solve([0] * program.size) is None:
        return None
    work.tell("turning somebody round")
    return best(free, program, frozenset(plan.chosen))


def repair_select(
    problem: Problem,
    old: Collection[str],
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> RepairedChoice:
    """Fill as many seats as can be, keep as many of an old choice as can be, then most points.

    The problem is as it now is: whoever withdrew is not in it any more, or barred.

    Raises
    ------
    Infeasible
        No choice keeps all rules.
    Exhausted
        The work that was allowed did not suffice.
    Cancelled
        Whoever watches said stop.
    """
    work = Work(limits, watch, STEPS)
    fresh = chosen_by(problem, frozenset(old), work)
    program = program_of(problem, fresh, work)
    held = [int(one.key in frozenset(old)) for one in problem.candidates]
    hard = replace(problem, rules=tuple(rule for rule in problem.rules if rule.weight is None))
    most = program_of(hard, fresh, work).solve(held)
    if most is None or most.most > sum(held[place] for place in most.chosen):
        raise Exhausted(fresh, fresh.certificate.bound)
    places = tuple(place for place, one in enumerate(held) if one)
    program.require(places, most.most, len(places))
    plan = best(problem, program, frozenset(old))
    value, bound = plan.certificate.value, fresh.certificate.bound
    sure = Certificate(value, max(bound, value), "optimal" if value >= bound else "gap")
    plan = replace(plan, certificate=sure, made=work.made(problem))
    check(problem, plan)
    return _difference(problem, plan, tuple(old), fresh.certificate.value - value)


def _difference(problem: Problem, plan: Plan, old: tuple[str, ...], loss: int) -> RepairedChoice:
    can = {one.key for one in problem.candidates} - set(problem.barred)
    gone = [key for key in old if key not in plan.chosen]
    return RepairedChoice(
        plan,
        tuple(key for key in old if key in plan.chosen),
        tuple(key for key in gone if key not in can),
        tuple(key for key in gone if key in can),
        tuple(key for key in plan.chosen if key not in old),
        loss,
    )
