"""What cannot hold together in a choice, and the least that would have to give way."""

from __future__ import annotations

from dataclasses import replace

from throughline.engines.matching.checking import BrokenPlan, holds
from throughline.engines.matching.problems import SEATS, Conflict, Ease, Problem, Rule
from throughline.engines.matching.selecting import chosen_by, core_of, holding
from throughline.engines.matching.solving import STEPS, Program, Row
from throughline.engines.matching.working import Limits, Watch, Work


def conflicts_select(
    problem: Problem, *, limits: Limits = Limits(), watch: Watch | None = None
) -> Conflict | None:
    """Name rules that cannot hold together, none of which can be spared, and the cheapest fix.

    The fix lets numbers give way: one for each ``least`` and ``most`` of a rule, the seats, and
    pins. Rules with a weight are never in the way.

    Raises
    ------
    Exhausted
        The work that was allowed did not suffice.
    Cancelled
        Whoever watches said stop.

    Notes
    -----
    The core comes from a deletion filter (Chinneck & Dravnieks, 1991) and is proven once more:
    nothing keeps all of it, and for each member a choice that keeps the others is checked by
    arithmetic. The fix has one slack a number; the least sum of slacks first, then points.

    Examples
    --------
    >>> from throughline.engines.matching import Candidate, Problem, Rule
    >>> three = tuple(Candidate(key, points) for key, points in (("a", 9), ("b", 8), ("c", 5)))
    >>> rule = Rule("rural", (frozenset("abc"),), least=2)
    >>> conflicts_select(Problem(three, 1, (rule,))).sentence
    'seats (at most 1), rural (at least 2 of 3) cannot hold together'
    """
    work = Work(limits, watch, STEPS)
    everything = [SEATS, *(rule.key for rule in problem.binding)]
    if holding(problem, everything, work) is not None:
        return None
    core = core_of(problem, work)
    _prove(problem, core, work)
    fix = _cheapest(problem, work)
    points = chosen_by(eased(problem, fix), frozenset(), work).certificate.value
    said = {SEATS: f"at most {problem.seats}", **{one.key: _said(one) for one in problem.binding}}
    names = ", ".join(f"{key} ({said[key]})" for key in core)
    cannot = "cannot hold together" if len(core) > 1 else "cannot hold"
    return Conflict(core, f"{names} {cannot}", fix, points)


def _said(rule: Rule) -> str:
    """Say the numbers of a rule, and how many it is about."""
    sizes = sorted(len(group) for group in rule.groups)
    whom = f"of {sizes[0]}" if len(sizes) == 1 else f"in each of {len(sizes)}"
    numbers = (("at least", rule.least), ("at most", rule.most))
    return " and ".join(f"{name} {number}" for name, number in numbers if number is not None) + (
        f" {whom}"
    )


def _prove(problem: Problem, core: tuple[str, ...], work: Work) -> None:
    """Prove a core again, by choices that keep all of it but one."""
    if holding(problem, core, work) is not None:
        raise BrokenPlan("what is said to be in conflict can hold together")
    rules = {rule.key: rule for rule in problem.binding}
    for key in core:
        rest = [one for one in core if one != key]
        choice = holding(problem, rest, work)
        if choice is None or (SEATS in rest and len(choice) > problem.seats):
            raise BrokenPlan(f"the conflict does not need {key!r}")
        if not all(holds(rules[one], choice) for one in rest if one != SEATS):
            raise BrokenPlan(f"what is left without {key!r} does not hold")


def _cheapest(problem: Problem, work: Work) -> tuple[Ease, ...]:
    """Return by how much each number gives way in the choice where that is least over all."""
    program, columns = _loosened(problem, 1, work)
    found = program.solve([0] * len(problem.candidates))
    if found is None:
        raise BrokenPlan("no choice at all can be made")
    work.tell("looking for the cheapest fix")
    program, columns = _loosened(problem, 0, work)
    program.require((), 0, -found.most, tuple((column, 1) for column in columns))
    found = program.solve([one.points for one in problem.candidates])
    if found is None:
        raise BrokenPlan("no choice gives way as little as another does")
    chosen = frozenset(problem.candidates[place].key for place in found.chosen)
    fix = [Ease(SEATS, SEATS, len(chosen) - problem.seats)]
    for rule in problem.binding:
        counts = [len(group & chosen) for group in rule.groups]
        if rule.least is not None:
            fix.append(Ease(rule.key, "least", rule.least - min(counts, default=rule.least)))
        if rule.most is not None:
            fix.append(Ease(rule.key, "most", max(counts, default=0) - rule.most))
    return tuple(one for one in fix if one.by > 0)


def _loosened(problem: Problem, weight: int, work: Work) -> tuple[Program, list[int]]:
    """Return the program in which every number may give way, and the columns that say how far."""
    everyone = len(problem.candidates)
    soft = tuple(rule for rule in problem.rules if rule.weight is not None and not weight)
    program = Program(problem.candidates, soft, most=everyone, work=work)
    columns = [program.give_way(weight, everyone)]
    first = program.rows[0]
    program.rows[0] = Row(first.places, 0, problem.seats, ((columns[0], -1),))
    for rule in problem.binding:
        groups = [tuple(sorted(program.place[key] for key in group)) for group in rule.groups]
        if rule.least:
            columns.append(program.give_way(weight, rule.least))
            for group in groups:
                program.require(group, rule.least, everyone + rule.least, ((columns[-1], 1),))
        if rule.most is not None:
            columns.append(program.give_way(weight, everyone))
            for group in groups:
                program.require(group, 0, rule.most, ((columns[-1], -1),))
    return program, columns


def eased(problem: Problem, fix: tuple[Ease, ...]) -> Problem:
    """Return the problem in which the numbers of a fix have given way."""
    by = {(one.what, one.number): one.by for one in fix}
    rules = tuple(
        replace(
            rule,
            least=None if rule.least is None else rule.least - by.get((rule.key, "least"), 0),
            most=None if rule.most is None else rule.most + by.get((rule.key, "most"), 0),
        )
        for rule in problem.rules
    )
    return replace(
        problem,
        seats=problem.seats + by.get((SEATS, SEATS), 0),
        rules=rules,
        pinned=tuple(one for one in problem.pinned if (f"pinned {one}", "least") not in by),
        barred=tuple(one for one in problem.barred if (f"barred {one}", "most") not in by),
    )
