"""Choose a cohort under rules: the best there is, proven; what each rule costs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from throughline.engines.matching.checking import broken_rules, check, missed, worth
from throughline.engines.matching.problems import (
    SEATS,
    Certificate,
    Infeasible,
    Plan,
    Price,
    Problem,
    Rule,
)
from throughline.engines.matching.solving import STEPS, Found, Program
from throughline.engines.matching.working import Cancelled, Exhausted, Limits, Watch, Work


def select(
    problem: Problem,
    *,
    prefer: Collection[str] = (),
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> Plan:
    """Choose as many as the seats and rules allow, then those with the most points.

    Of choices that are worth the same it takes the one with those who are preferred, then with
    those who have more points one by one, then with those who stand first: the same problem gives
    the same plan. Rules with a weight are missed where that pays, and named.

    Raises
    ------
    Infeasible
        No choice keeps all rules; it names some that cannot hold together.
    Exhausted
        The work that was allowed did not suffice to fill as many seats as can be, or to find a
        choice at all. A choice that is found but not proven comes back with a ``gap``.
    Cancelled
        Whoever watches said stop.

    Notes
    -----
    If those with the most points keep all rules, they are the answer: nothing can have more. Else
    a mixed-integer program, solved by HiGHS without a gap; then one more for every candidate who
    is passed over before the seats are full, unless prices prove that taking them costs points.

    Examples
    --------
    >>> from throughline.engines.matching import Candidate, Problem, Rule
    >>> three = tuple(Candidate(key, points) for key, points in (("a", 9), ("b", 8), ("c", 5)))
    >>> rule = Rule("one in a state", (frozenset("ab"),), most=1)
    >>> select(Problem(three, 2, (rule,))).chosen
    ('a', 'c')
    """
    return chosen_by(problem, frozenset(prefer), Work(limits, watch, STEPS))


def chosen_by(problem: Problem, prefer: frozenset[str], work: Work) -> Plan:
    """Choose within what is left of some work."""
    work.tell("looking for who has the most points")
    short = next((rule.key for rule in problem.binding if _is_short(rule)), None)
    if short is not None:
        raise Infeasible((short,))
    if (plan := _without_solving(problem, prefer)) is None:
        plan = best(problem, full(problem, work), prefer)
    plan = replace(plan, made=work.made(problem))
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
    if broken_rules(problem, chosen) or missed(problem, chosen):
        return None
    value = sum(one.points for one in first)
    return Plan(chosen, Certificate(value, value))


def full(problem: Problem, work: Work) -> Program:
    """Return the program of choices that fill as many seats as can be.

    Raises
    ------
    Infeasible
        No choice keeps all rules.
    """
    most = min(problem.seats, len(problem.candidates))
    program = Program(problem.candidates, problem.binding, most=most, work=work)
    many = program.solve([1] * len(problem.candidates))
    if many is None:
        raise Infeasible(core_of(problem, work))
    work.tell("filling the seats")
    if (seats := len(many.chosen)) < many.most:
        chosen = keys_of(problem, many)
        plan = Plan(
            chosen, Certificate(worth(problem, chosen), worth(problem, chosen)),
            missed(problem, chosen),
        )  # fmt: skip
        raise Exhausted(plan, None)
    return Program(
        problem.candidates, (*problem.binding, *_soft(problem)), most=seats, least=seats, work=work
    )


def _soft(problem: Problem) -> tuple[Rule, ...]:
    return tuple(rule for rule in problem.rules if rule.weight is not None)


def keys_of(problem: Problem, found: Found) -> tuple[str, ...]:
    """Name the places that were found."""
    return tuple(problem.candidates[place].key for place in found.chosen)


def best(problem: Problem, program: Program, prefer: frozenset[str]) -> Plan:
    """Return the choice with the most points; of equals, the first by preference, points, place."""
    points = [one.points for one in problem.candidates]
    found = program.solve(points)
    if found is None:
        raise Exhausted
    value, bound = worth(problem, keys_of(problem, found)), found.most
    program.work.tell("choosing", value, bound)
    if bound > value:
        chosen = keys_of(problem, found)
        return Plan(chosen, Certificate(value, bound, "gap"), missed(problem, chosen))
    chosen = _first_of_equals(problem, program, prefer, found, value)
    return Plan(chosen, Certificate(value, value), missed(problem, chosen))


def _first_of_equals(
    problem: Problem, program: Program, prefer: frozenset[str], found: Found, value: int
) -> tuple[str, ...]:
    """Turn a best choice into the best that stands first."""
    from throughline.engines.matching.shadows import Shadow, Swaps  # noqa: PLC0415 - slow import

    points = [one.points for one in problem.candidates]
    shadow = Shadow(program, points)
    order = sorted(
        range(len(points)),
        key=lambda place: (problem.candidates[place].key not in prefer, -points[place], place),
    )
    chosen, settled = set(found.chosen), sum(program.fixed.values())
    for place in order:
        if place in program.fixed:
            continue
        if settled == len(chosen) or not program.work.left:
            break
        if place not in chosen:
            if shadow.bound(place, 1) < value:
                program.fix(place, 0)
                continue
            others, losses = Swaps(program, points, sorted(chosen)).losses(place)
            free = [int(one) for one in others[losses == 0] if int(one) not in program.fixed]
            if free:
                chosen = chosen - {free[-1]} | {place}
            elif (other := _with(problem, program, place, value)) is not None:
                chosen = set(other)
            else:
                program.fix(place, 0)
                continue
        program.fix(place, 1)
        settled += 1
    return tuple(one.key for place, one in enumerate(problem.candidates) if place in chosen)


def _with(problem: Problem, program: Program, place: int, value: int) -> tuple[int, ...] | None:
    """Return a choice of this value in which a place is taken."""
    other = program.solve([one.points for one in problem.candidates], {place: 1})
    if other is None or worth(problem, keys_of(problem, other)) < value:
        return None
    return other.chosen


def prices(
    problem: Problem, plan: Plan, *, limits: Limits = Limits(), watch: Watch | None = None
) -> list[Price]:
    """Return what each rule costs: solve again without it, staying as near to ``plan`` as can be.

    One more solution a rule, in the order of the problem; the last, under no key, is the price of
    all rules together. A rule that costs nothing changes nobody. Pins stay.

    Raises
    ------
    Exhausted
        The work that was allowed did not suffice; ``best`` holds the prices so far.
    Cancelled
        Whoever watches said stop; ``best`` holds the prices so far.
    """
    left = [
        (one.key, tuple(rule for rule in problem.rules if rule != one)) for one in problem.rules
    ]
    work, found = Work(limits, watch, STEPS), list[Price]()
    for key, rules in (*left, ("", ())):
        work.tell("pricing rules", len(found), len(left) + 1, plan=found)
        try:
            free = chosen_by(replace(problem, rules=rules), frozenset(plan.chosen), work)
        except (Exhausted, Cancelled) as ended:
            raise type(ended)(found) from ended
        if free.certificate.kind == "gap":
            raise Exhausted(found)
        found.append(_price(plan, key, free))
    return found


def _price(plan: Plan, key: str, free: Plan) -> Price:
    points = free.certificate.value - plan.certificate.value
    out = tuple(one for one in plan.chosen if one not in free.chosen)
    into = tuple(one for one in free.chosen if one not in plan.chosen)
    return Price(key, points, out, into)


def core_of(problem: Problem, work: Work) -> tuple[str, ...]:
    """Return rules that cannot hold together, of which none can be spared.

    Leave one out; while the others still cannot hold, it was not needed (a deletion filter).
    """
    core = [SEATS, *(rule.key for rule in problem.binding)]
    for key in tuple(core):
        work.tell("looking for what cannot hold together")
        rest = [one for one in core if one != key]
        if holding(problem, rest, work) is None:
            core = rest
    return tuple(core)


def holding(problem: Problem, keys: Collection[str], work: Work) -> tuple[str, ...] | None:
    """Return a choice that keeps these rules; nothing if there is none."""
    rules = tuple(rule for rule in problem.binding if rule.key in keys)
    everyone = len(problem.candidates)
    most = min(problem.seats, everyone) if SEATS in keys else everyone
    program = Program(problem.candidates, rules, most=most, work=work)
    found = program.solve([0] * everyone)
    return None if found is None else keys_of(problem, found)
