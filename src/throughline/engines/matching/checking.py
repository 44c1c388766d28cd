"""Look at a choice with arithmetic alone: no solver is trusted, nor asked."""

from __future__ import annotations

from collections.abc import Collection

from throughline.engines.matching.problems import Certificate, Missed, Plan, Problem, Rule


class BrokenPlan(ValueError):  # noqa: N818 - says what happened
    """A choice is not what it says it is."""


def broken_rules(problem: Problem, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the keys of binding rules that this choice does not keep, in the order of the problem.

    Examples
    --------
    >>> from throughline.engines.matching import Candidate, Problem, Rule
    >>> two = (Candidate("a", 3), Candidate("b", 2))
    >>> rule = Rule("one state", (frozenset("ab"),), most=1)
    >>> broken_rules(Problem(two, 2, (rule,)), ["a", "b"])
    ('one state',)
    """
    return tuple(rule.key for rule in problem.binding if not holds(rule, chosen))


def holds(rule: Rule, chosen: Collection[str]) -> bool:
    """Whether this choice keeps one rule."""
    return missed_by(rule, chosen) == 0


def missed_by(rule: Rule, chosen: Collection[str]) -> int:
    """Return by how many people this choice misses a rule, over all its groups."""
    taken, least = frozenset(chosen), rule.least or 0
    counts = [len(group & taken) for group in rule.groups]
    over = 0 if rule.most is None else sum(max(0, count - rule.most) for count in counts)
    return over + sum(max(0, least - count) for count in counts)


def missed(problem: Problem, chosen: Collection[str]) -> tuple[Missed, ...]:
    """Return which rules with a weight this choice misses, in the order of the problem."""
    each = ((rule, missed_by(rule, chosen)) for rule in problem.rules if rule.weight is not None)
    return tuple(Missed(rule.key, by) for rule, by in each if by)


def worth(problem: Problem, chosen: Collection[str]) -> int:
    """Return the points of a choice, less what missed rules cost."""
    taken = frozenset(chosen)
    weight = {rule.key: rule.weight or 0 for rule in problem.rules}
    lost = sum(weight[one.rule] * one.by for one in missed(problem, taken))
    return sum(one.points for one in problem.candidates if one.key in taken) - lost


def check(problem: Problem, plan: Plan) -> None:
    """Pass a plan that keeps every rule and has the points that it claims.

    Raises
    ------
    BrokenPlan
        Somebody is unknown or chosen twice, there are too few seats, a rule is broken or missed
        without saying so, or the points are not those of its choice or lie above their own bound.
    """
    known = {one.key for one in problem.candidates}
    if strange := [key for key in plan.chosen if key not in known]:
        raise BrokenPlan(f"nobody is called {strange[0]!r}")
    if len(set(plan.chosen)) != len(plan.chosen):
        raise BrokenPlan("somebody is chosen twice")
    if len(plan.chosen) > problem.seats:
        raise BrokenPlan(f"{len(plan.chosen)} are chosen for {problem.seats} seats")
    if broken := broken_rules(problem, plan.chosen):
        raise BrokenPlan(f"the rule {broken[0]!r} does not hold")
    if plan.unmet != missed(problem, plan.chosen):
        raise BrokenPlan("it misses other rules than it says")
    _check_certificate(plan.certificate, worth(problem, plan.chosen))


def _check_certificate(said: Certificate, value: int) -> None:
    if value != said.value:
        raise BrokenPlan(f"the choice has {value} points, not {said.value}")
    if said.bound < value:
        raise BrokenPlan(f"{value} points lie above their own bound of {said.bound}")
    if said.kind == "optimal" and said.bound != value:
        raise BrokenPlan(f"{value} points are called optimal below {said.bound}")
