"""A choice under rules is the best there is, says what its rules cost, and names what cannot be."""

from __future__ import annotations

import doctest
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from throughline.engines.matching import (
    SEATS,
    BrokenPlan,
    Candidate,
    Certificate,
    Infeasible,
    InvalidProblem,
    Plan,
    Price,
    Problem,
    Rule,
    broken_rules,
    check,
    checking,
    prices,
    select,
    selecting,
)

NAMES = "abcdefg"


def among(points: str, seats: int, *rules: Rule) -> Problem:
    """Candidates a, b, c ... with one digit of points each."""
    each = tuple(Candidate(name, int(one)) for name, one in zip(NAMES, points, strict=False))
    return Problem(each, seats, rules)


def at_most(number: int, *groups: str, key: str = "most") -> Rule:
    return Rule(key, tuple(frozenset(group) for group in groups), most=number)


def at_least(number: int, *groups: str, key: str = "least") -> Rule:
    return Rule(key, tuple(frozenset(group) for group in groups), least=number)


@some.composite
def problems(draw):
    points = draw(some.text("0123", min_size=0, max_size=len(NAMES)))
    known = NAMES[: len(points)]
    group = some.frozensets(some.sampled_from(known)) if known else some.just(frozenset())
    rules = [
        Rule(
            key,
            tuple(draw(some.lists(group, min_size=1, max_size=3))),
            least=draw(some.none() | some.integers(0, 3)),
            most=draw(some.none() | some.integers(0, 3)),
        )
        for key in ("r", "s", "t")[: draw(some.integers(0, 3))]
    ]
    return among(points, draw(some.integers(0, 5)), *rules)


def choices(problem: Problem) -> list[tuple[str, ...]]:
    """Every choice that keeps the rules, by trying them all."""
    keys = [one.key for one in problem.candidates]
    return [
        chosen
        for size in range(min(problem.seats, len(keys)) + 1)
        for chosen in combinations(keys, size)
        if not broken_rules(problem, chosen)
    ]


def worth(problem: Problem, chosen: tuple[str, ...]) -> tuple[int, int]:
    points = {one.key: one.points for one in problem.candidates}
    return len(chosen), sum(points[key] for key in chosen)


def can_hold(problem: Problem, keys: tuple[str, ...]) -> bool:
    rules = tuple(rule for rule in problem.rules if rule.key in keys)
    seats = problem.seats if SEATS in keys else len(problem.candidates)
    return bool(choices(replace(problem, rules=rules, seats=seats)))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_choice_that_keeps_the_rules_is_better(problem: Problem):
    everything = choices(problem)
    if not everything:
        with pytest.raises(Infeasible) as refusal:
            select(problem)
        core = refusal.value.conflict
        assert not can_hold(problem, core)
        assert all(can_hold(problem, tuple(one for one in core if one != key)) for key in core)
        return

    plan = select(problem)

    check(problem, plan)
    assert worth(problem, plan.chosen) == max(worth(problem, one) for one in everything)
    assert plan.certificate.value == plan.certificate.bound


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(problems())
def test_among_equals_the_first_to_stand_is_the_first_to_go(problem: Problem):
    everything = choices(problem)
    if not everything:
        return
    best = max(worth(problem, one) for one in everything)
    order = sorted(problem.candidates, key=lambda one: -one.points)
    equals = [one for one in everything if worth(problem, one) == best]

    plan = select(problem)

    ranked = max(equals, key=lambda chosen: [one.key in chosen for one in order])
    assert plan.chosen == ranked


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_rule_costs_what_the_best_choice_without_it_has_more(problem: Problem):
    everything = choices(problem)
    if not everything:
        return
    plan = select(problem)

    costs = prices(problem, plan)

    assert [one.rule for one in costs] == [*(rule.key for rule in problem.rules), ""]
    for cost in costs:
        rest = () if not cost.rule else tuple(r for r in problem.rules if r.key != cost.rule)
        free = max(worth(problem, one) for one in choices(replace(problem, rules=rest)))
        changed = (set(plan.chosen) - set(cost.out)) | set(cost.into)
        assert cost.points == free[1] - plan.certificate.value
        assert worth(problem, tuple(changed)) == free
        assert not (cost.points == 0 and len(cost.out) == len(cost.into) != 0)


def test_a_rule_that_costs_something_says_who_would_change():
    problem = among("9876", 2, at_most(1, "ab"), at_least(0, "cd"))

    plan = select(problem)

    assert replace(plan, made=None) == Plan(("a", "c"), Certificate(16, 16))
    assert prices(problem, plan) == [
        Price("most", 1, ("c",), ("b",)), Price("least", 0), Price("", 1, ("c",), ("b",)),
    ]  # fmt: skip


def test_seats_stay_empty_only_where_a_rule_wants_it():
    assert select(among("999", 3, at_most(1, "abc"))).chosen == ("a",)
    assert select(among("00", 3)).chosen == ("a", "b")
    assert select(among("", 3)).chosen == ()


def test_rules_that_cannot_hold_together_are_named_and_others_are_not():
    problem = among(
        "9876", 2, at_least(2, "ab", key="rural"), at_least(1, "cd", key="town"),
        at_most(1, "ac", key="any"),
    )  # fmt: skip

    with pytest.raises(Infeasible, match="seats, rural, town") as refusal:
        select(problem)

    assert refusal.value.conflict == (SEATS, "rural", "town")


def test_a_rule_that_wants_more_than_there_are_is_named_alone():
    with pytest.raises(Infeasible) as refusal:
        select(among("98", 2, at_least(2, "a")))

    assert refusal.value.conflict == ("least",)


@pytest.mark.parametrize(
    ("chosen", "value", "bound", "complaint"),
    [
        ("az", 9, 9, "nobody is called 'z'"),
        ("aa", 18, 18, "twice"),
        ("acd", 22, 22, "3 are chosen for 2 seats"),
        ("ab", 17, 17, "'most' does not hold"),
        ("ac", 17, 17, "16 points, not 17"),
        ("ac", 16, 15, "above their own bound"),
        ("ac", 16, 17, "called optimal below 17"),
    ],
)
def test_a_plan_that_was_tampered_with_does_not_pass(chosen, value, bound, complaint):
    problem = among("9876", 2, at_most(1, "ab"))
    check(problem, select(problem))

    with pytest.raises(BrokenPlan, match=complaint):
        check(problem, Plan(tuple(chosen), Certificate(value, bound)))


def test_a_problem_that_contradicts_itself_names_the_place():
    with pytest.raises(
        InvalidProblem, match=r"rules.0.groups: expected keys of candidates, got 'z'"
    ):
        among("98", 1, at_most(1, "az"))
    with pytest.raises(InvalidProblem, match=r"candidates.1.key"):
        Problem((Candidate("a", 1), Candidate("a", 2)), 1)
    with pytest.raises(InvalidProblem, match=r"candidates.0.points"):
        Problem((Candidate("a", -1),), 1)
    with pytest.raises(InvalidProblem, match=r"^seats"):
        among("9", -1)
    with pytest.raises(InvalidProblem, match=r"rules.0.key"):
        among("9", 1, Rule(SEATS, ()))
    with pytest.raises(InvalidProblem, match=r"rules.0.most"):
        among("9", 1, at_most(-1, "a"))


@pytest.mark.slow
def test_three_hundred_are_chosen_as_well_as_one_by_one_where_that_is_provably_best():
    """At most three of a state and one of a district: the greedy choice is the best there is."""
    everyone = tuple(Candidate(f"n{place}", place * 7919 % 397) for place in range(300))
    states = tuple(frozenset(f"n{place}" for place in range(one, 300, 17)) for one in range(17))
    districts = tuple(frozenset({f"n{place}", f"n{place + 17}"}) for place in range(17))
    problem = Problem(
        everyone, 40, (Rule("state", states, most=3), Rule("district", districts, most=1))
    )
    taken: list[str] = []
    for one in sorted(everyone, key=lambda candidate: -candidate.points):
        if len(taken) < problem.seats and not broken_rules(problem, [*taken, one.key]):
            taken.append(one.key)

    plan = select(problem)

    assert set(plan.chosen) == set(taken)
    assert plan.certificate.value == plan.certificate.bound


def test_the_examples_of_the_docs_are_true():
    assert [doctest.testmod(one).failed for one in (checking, selecting)] == [0, 0]
