"""Choose a cohort under rules: the best there is, proven; what each rule costs; what cannot be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from throughline.engines.matching.checking import broken_rules, check
from throughline.engines.matching.problems import (
    SEATS,
    Candidate,
    Certificate,
    Infeasible,
    Plan,
    Price,
    Problem,
    Rule,
    Unproven,
)
from throughline.engines.matching.solving import Program

NEARLY = 1e-6
"""How far above a whole number a solver's bound may lie and still mean it."""


def select(problem: Problem, *, prefer: Collection[str] = ()) -> Plan:
    """Choose as many as the seats and rules allow, then those with the most points.

    Of choices that are worth the same it takes the one with those who are preferred, then with
    those who have more points one by one, then with those who stand first: the same problem gives
    the same plan.

    Raises
    ------
    Infeasible
        No choice keeps all rules; it names some that cannot hold together.
    Unproven
        The solver gave up before it could prove its choice.

    Notes
    -----
    If those with the most points keep all rules, they are the answer: nothing can have more. Else
    a mixed-integer program, solved by HiGHS without a gap; then one more for every candidate who
    is passed over before the seats are full.

    Examples
    --------
    >>> from throughline.engines.matching import Candidate, Problem, Rule
    >>> three = tuple(Candidate(key, points) for key, points in (("a", 9), ("b", 8), ("c", 5)))
    >>> rule = Rule("one in a state", (frozenset("ab"),), most=1)
    >>> select(Problem(three, 2, (rule,))).chosen
    ('a', 'c')
    """
    short = next((rule.key for rule in problem.rules if _is_short(rule)), None)
    if short is not None:
        raise Infeasible((short,))
    if (plan := _without_solving(problem, frozenset(prefer))) is not None:
        return plan
    program = Program(problem.candidates, problem.rules, most=problem.seats)
    many = program.solve([1] * len(problem.candidates))
    if many is None:
        raise Infeasible(_conflict(problem))
    program = Program(
        problem.candidates, problem.rules, most=len(many.chosen), least=len(many.chosen)
    )
    plan = _best(program, problem.candidates, frozenset(prefer))
    check(problem, plan)
    return plan


def _is_short(rule: Rule) -> bool:
    """Whether some group has fewer candidates than the rule wants, whoever is chosen."""
    return rule.least is not None and any(len(group) < rule.least for group in rule.groups)


def _without_solving(problem: Problem, prefer: frozenset[str]) -> Plan | None:
    """Return those with the most points if no rule is in their way."""
    place = {one.key: number for number, one in enumerate(problem.candidates)}
    order = sorted(
        problem.candidates, key=lambda one: (-one.points, one.key not in prefer, place[one.key])
    )
    first = order[: problem.seats]
    chosen = tuple(sorted((one.key for one in first), key=place.__getitem__))
    if broken_rules(problem, chosen):
        return None
    value = sum(one.points for one in first)
    return Plan(chosen, Certificate(value, value))


def _best(program: Program, candidates: tuple[Candidate, ...], prefer: frozenset[str]) -> Plan:
    points = [one.points for one in candidates]
    found = program.solve(points)
    if found is None:
        raise Unproven(None, None)
    value, bound = sum(points[place] for place in found.chosen), int(found.bound + NEARLY)
    if bound != value:
        raise Unproven(value, found.bound)
    order = sorted(
        range(len(points)),
        key=lambda place: (candidates[place].key not in prefer, -points[place], place),
    )
    chosen, settled = set(found.chosen), 0
    for place in order:
        if settled == len(chosen):
            break
        if place not in chosen:
            other = program.solve(points, {place: 1})
            if other is None or sum(points[one] for one in other.chosen) < value:
                program.fix(place, 0)
                continue
            chosen = set(other.chosen)
        program.fix(place, 1)
        settled += 1
    keys = tuple(one.key for place, one in enumerate(candidates) if place in chosen)
    return Plan(keys, Certificate(value, bound))


def prices(problem: Problem, plan: Plan) -> list[Price]:
    """Return what each rule costs: solve again without it, staying as near to ``plan`` as can be.

    One more solution a rule, in the order of the problem; the last, under no key, is the price of
    all rules together. A rule that costs nothing changes nobody.
    """
    left = [
        (one.key, tuple(rule for rule in problem.rules if rule != one)) for one in problem.rules
    ]
    return [_price(problem, plan, key, rules) for key, rules in (*left, ("", ()))]


def _price(problem: Problem, plan: Plan, key: str, rules: tuple[Rule, ...]) -> Price:
    free = select(replace(problem, rules=rules), prefer=plan.chosen)
    points = free.certificate.value - plan.certificate.value
    out = tuple(one for one in plan.chosen if one not in free.chosen)
    into = tuple(one for one in free.chosen if one not in plan.chosen)
    return Price(key, points, out, into)


def _conflict(problem: Problem) -> tuple[str, ...]:
    """Return rules that cannot hold together, of which none can be spared.

    Leave one out; while the others still cannot hold, it was not needed (a deletion filter).
    """
    core = [SEATS, *(rule.key for rule in problem.rules)]
    for key in tuple(core):
        rest = [one for one in core if one != key]
        if not _can_hold(problem, rest):
            core = rest
    return tuple(core)


def _can_hold(problem: Problem, keys: Collection[str]) -> bool:
    rules = tuple(rule for rule in problem.rules if rule.key in keys)
    everyone = len(problem.candidates)
    program = Program(problem.candidates, rules, most=problem.seats if SEATS in keys else everyone)
    return program.solve([0] * everyone) is not None
