"""Look at a choice with arithmetic alone: no solver is trusted, nor asked."""

from __future__ import annotations

from collections.abc import Collection

from throughline.engines.matching.problems import Plan, Problem, Rule


class BrokenPlan(ValueError):  # noqa: N818 - says what happened
    """A choice is not what it says it is."""


def broken_rules(problem: Problem, chosen: Collection[str]) -> tuple[str, ...]:
    """Return the keys of rules that this choice does not keep, in the order of the problem.

    Examples
    --------
    >>> from throughline.engines.matching import Candidate, Problem, Rule
    >>> two = (Candidate("a", 3), Candidate("b", 2))
    >>> rule = Rule("one state", (frozenset("ab"),), most=1)
    >>> broken_rules(Problem(two, 2, (rule,)), ["a", "b"])
    ('one state',)
    """
    return tuple(rule.key for rule in problem.rules if not holds(rule, chosen))


def holds(rule: Rule, chosen: Collection[str]) -> bool:
    """Whether this choice keeps one rule."""
    taken = frozenset(chosen)
    least = 0 if rule.least is None else rule.least
    counts = [len(group & taken) for group in rule.groups]
    return all(least <= count and (rule.most is None or count <= rule.most) for count in counts)


def check(problem: Problem, plan: Plan) -> None:
    """Pass a plan that keeps every rule and has the points that it claims.

    Raises
    ------
    BrokenPlan
        Somebody is unknown or chosen twice, there are too few seats, a rule is broken, or the
        points are not those of its choice or lie above their own bound.
    """
    points = {one.key: one.points for one in problem.candidates}
    if strange := [key for key in plan.chosen if key not in points]:
        raise BrokenPlan(f"nobody is called {strange[0]!r}")
    if len(set(plan.chosen)) != len(plan.chosen):
        raise BrokenPlan("somebody is chosen twice")
    if len(plan.chosen) > problem.seats:
        raise BrokenPlan(f"{len(plan.chosen)} are chosen for {problem.seats} seats")
    if broken := broken_rules(problem, plan.chosen):
        raise BrokenPlan(f"the rule {broken[0]!r} does not hold")
    if (value := sum(points[key] for key in plan.chosen)) != plan.certificate.value:
        raise BrokenPlan(f"the choice has {value} points, not {plan.certificate.value}")
    if plan.certificate.bound < value:
        raise BrokenPlan(f"{value} points lie above their own bound of {plan.certificate.bound}")
