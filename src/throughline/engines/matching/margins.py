"""How sure each seat of a choice is: what turning somebody round loses."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from throughline.engines.matching.checking import check, worth
from throughline.engines.matching.problems import InvalidProblem, Margin, Plan, Problem
from throughline.engines.matching.selecting import keys_of
from throughline.engines.matching.solving import STEPS, Program
from throughline.engines.matching.working import Exhausted, Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.shadows import Shadow, Swaps


def margins_select(
    problem: Problem,
    plan: Plan,
    who: Collection[str] | None = None,
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> list[Margin]:
    """Return what turning each candidate round loses, or each of ``who``, in their order.

    Only choices of as many people count. A margin of 0 is a coin-flip: another choice is worth the
    same.

    Raises
    ------
    InvalidProblem
        Somebody is unknown.
    Cancelled
        Whoever watches said stop; ``best`` holds the margins so far.

    Notes
    -----
    The prices of the linear program say what turning somebody round loses at least, the best
    exchange of two what it loses at most. Only where the two differ is the program solved again,
    with one candidate settled.

    Examples
    --------
    >>> from throughline.engines.matching import Candidate, Problem, Rule, select
    >>> three = tuple(Candidate(key, points) for key, points in (("a", 9), ("b", 8), ("c", 5)))
    >>> problem = Problem(three, 2, (Rule("one in a state", (frozenset("ab"),), most=1),))
    >>> [(one.key, one.points) for one in margins_select(problem, select(problem))]
    [('a', 1), ('b', 1), ('c', None)]
    """
    check(problem, plan)
    known = {one.key for one in problem.candidates}
    for place, key in enumerate(who or ()):
        if key not in known:
            raise InvalidProblem(f"who.{place}", key, "a key of a candidate")
    asked = known if who is None else frozenset(who)
    from throughline.engines.matching.shadows import Shadow, Swaps  # noqa: PLC0415 - slow import

    work = Work(limits, watch, STEPS)
    program = program_of(problem, plan, work)
    points = [one.points for one in problem.candidates]
    chosen = [place for place, one in enumerate(problem.candidates) if one.key in plan.chosen]
    shadow, swaps = Shadow(program, points), Swaps(program, points, chosen)
    found: list[Margin] = []
    for place, one in enumerate(problem.candidates):
        if one.key in asked:
            work.tell("margins", len(found), len(asked), plan=found)
            found.append(_margin(problem, plan, place, (program, shadow, swaps)))
    return found


def program_of(problem: Problem, plan: Plan, work: Work) -> Program:
    """Return the program of choices of as many people as a plan has."""
    seats = len(plan.chosen)
    rules = (*problem.binding, *(rule for rule in problem.rules if rule.weight is not None))
    return Program(problem.candidates, rules, most=seats, least=seats, work=work)


def _margin(
    problem: Problem, plan: Plan, place: int, tools: tuple[Program, Shadow, Swaps]
) -> Margin:
    program, shadow, swaps = tools
    key, value = problem.candidates[place].key, plan.certificate.value
    chosen = key in plan.chosen
    losses = swaps.losses(place)[1]
    known = int(losses.min()) if losses.size else None
    if known is not None and value - known >= shadow.bound(place, 1 - chosen):
        return Margin(key, chosen, known)
    try:
        other = program.solve([one.points for one in problem.candidates], {place: 1 - chosen})
    except Exhausted:
        return Margin(key, chosen, known, exact=False)
    if other is None:
        return Margin(key, chosen, None)
    points = value - worth(problem, keys_of(problem, other))
    return Margin(key, chosen, points, exact=value - points >= other.most)
