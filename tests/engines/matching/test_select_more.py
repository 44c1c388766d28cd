"""Of a choice it is known how sure each seat is, what is in its way, and how little need change."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.test_select import (
    among,
    at_least,
    at_most,
    can_hold,
    choices,
    problems,
)
from throughline.engines.matching import (
    SEATS,
    BrokenPlan,
    Cancelled,
    Candidate,
    Ease,
    Exhausted,
    Infeasible,
    InvalidProblem,
    Limits,
    Margin,
    Missed,
    Problem,
    Rule,
    check,
    checking,
    conflicting,
    conflicts_select,
    eased,
    margins,
    margins_select,
    prices,
    repair_select,
    select,
    why_select,
)


@some.composite
def pinned(draw):
    """A problem in which some rules have a weight and some people are pinned."""
    problem = draw(problems())
    rules = tuple(
        replace(rule, weight=draw(some.none() | some.integers(1, 4))) for rule in problem.rules
    )
    keys = [one.key for one in problem.candidates]
    drawn = draw(some.lists(some.sampled_from(keys), max_size=2, unique=True)) if keys else []
    return replace(problem, rules=rules, pinned=tuple(drawn[:1]), barred=tuple(drawn[1:]))


def values(problem: Problem) -> dict[tuple[str, ...], tuple[int, int]]:
    """How many, and what they are worth, for every choice that keeps the binding rules."""
    return {one: (len(one), checking.worth(problem, one)) for one in choices(problem)}


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(pinned())
def test_missed_rules_cost_their_weight_and_no_choice_is_worth_more(problem: Problem):
    everything = values(problem)
    if not everything:
        with pytest.raises(Infeasible):
            select(problem)
        return

    plan = select(problem)

    check(problem, plan)
    assert everything[plan.chosen] == max(everything.values())
    assert plan.certificate.bound == plan.certificate.value


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(pinned())
def test_a_margin_is_what_the_best_choice_of_as_many_with_somebody_turned_round_has_less(problem):
    everything = values(problem)
    if not everything:
        return
    plan = select(problem)

    found = margins_select(problem, plan)

    assert [one.key for one in found] == [one.key for one in problem.candidates]
    for one in found:
        others = [
            worth
            for chosen, (many, worth) in everything.items()
            if many == len(plan.chosen) and (one.key in chosen) != one.chosen
        ]
        assert one.chosen == (one.key in plan.chosen)
        assert one.exact
        assert one.points == (plan.certificate.value - max(others) if others else None)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(pinned(), some.data())
def test_why_says_who_would_change_and_that_choice_has_the_points_it_says(problem, data):
    if not choices(problem) or not problem.candidates:
        return
    plan = select(problem)
    key = data.draw(some.sampled_from(problem.candidates)).key
    free = replace(
        problem,
        pinned=tuple(one for one in problem.pinned if one != key),
        barred=tuple(one for one in problem.barred if one != key),
    )

    said = why_select(problem, plan, key)

    others = {c: w for c, w in values(free).items() if len(c) == len(plan.chosen)}
    turned = [w[1] for c, w in others.items() if (key in c) != said.chosen]
    if not turned:
        assert said.margin == Margin(key, said.chosen, None)
        return
    changed = (set(plan.chosen) - set(said.out)) | set(said.into)
    after = tuple(one.key for one in problem.candidates if one.key in changed)
    assert (key in after) != said.chosen
    assert others[after][1] == max(turned)
    assert said.margin.points == plan.certificate.value - max(turned)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(problems(), some.randoms(use_true_random=False))
def test_a_repair_keeps_as_many_as_any_full_choice_could_and_then_has_the_most_points(
    problem, chance
):
    if not choices(problem):
        return
    old = select(problem).chosen
    lost = tuple(key for key in old if chance.random() < 0.4)
    now = replace(problem, barred=lost)
    everything = values(now)
    if not everything:
        with pytest.raises(Infeasible):
            repair_select(now, old)
        return

    mended = repair_select(now, old)

    best = max((many, len(set(c) & set(old)), worth) for c, (many, worth) in everything.items())
    plan = mended.plan
    assert (len(plan.chosen), len(mended.kept), plan.certificate.value) == best
    assert mended.loss == max(everything.values())[1] - best[2]
    assert set(mended.forced) == set(lost)
    assert {*mended.kept, *mended.forced, *mended.moved} == set(old)
    if not lost:
        assert plan.chosen == old


def fixes(problem: Problem) -> list[int]:
    """By how much numbers must give way for each choice of people at all."""
    free = replace(problem, rules=(), pinned=(), barred=(), seats=len(problem.candidates))
    found = []
    for chosen in choices(free):
        lacking = max(0, len(chosen) - problem.seats)
        for rule in problem.binding:
            counts = [len(group & set(chosen)) for group in rule.groups]
            lacking += max(0, (rule.least or 0) - min(counts))
            lacking += 0 if rule.most is None else max(0, max(counts) - rule.most)
        found.append(lacking)
    return found


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(pinned())
def test_a_conflict_needs_all_it_names_and_its_fix_is_the_cheapest(problem: Problem):
    found = conflicts_select(problem)

    if choices(problem):
        assert found is None
        return
    assert found is not None
    hard = replace(problem, rules=problem.binding, pinned=(), barred=())
    assert not can_hold(hard, found.core)
    assert all(can_hold(hard, tuple(o for o in found.core if o != key)) for key in found.core)
    assert sum(one.by for one in found.fix) == min(fixes(problem))
    plan = select(eased(problem, found.fix))
    assert plan.certificate.value == found.points


def test_a_conflict_says_numbers_and_who_would_have_to_give_way():
    problem = replace(
        among("9876", 2, at_least(2, "ab", key="rural"), at_least(1, "cd", key="town")),
        pinned=("d",),
    )

    found = conflicts_select(problem)

    assert found.core == (SEATS, "rural", "pinned d")
    assert found.sentence == (
        "seats (at most 2), rural (at least 2 of 2), pinned d (at least 1 of 1) "
        "cannot hold together"
    )
    assert found.fix == (Ease(SEATS, SEATS, 1),)
    assert found.points == 23


def test_a_rule_with_a_weight_is_missed_where_that_pays_and_named():
    rule = replace(at_least(2, "cd", key="south"), weight=1)

    plan = select(among("9871", 2, rule))

    assert (plan.chosen, plan.unmet) == (("a", "b"), (Missed("south", 2),))
    assert plan.certificate.value == 15
    assert select(among("9871", 2, replace(rule, weight=9))).chosen == ("c", "d")
    with pytest.raises(BrokenPlan, match="other rules than it says"):
        check(among("9871", 2, rule), replace(plan, unmet=()))


def test_two_of_equal_worth_are_a_coin_flip_and_others_are_not():
    problem = among("9887", 2, at_most(1, "ad"))

    found = margins_select(problem, select(problem))

    assert [one.coin_flip for one in found] == [False, True, True, False]
    assert [one.points for one in margins_select(problem, select(problem), who=["d"])] == [2]


def test_why_tells_parts_rank_and_rules():
    problem = among("9876", 2, at_most(1, "ab", key="state"))
    parts = (("need", 5), ("readers", 3))
    changed = replace(
        problem,
        candidates=tuple(
            replace(one, parts=parts) if one.key == "b" else one for one in problem.candidates
        ),
    )

    said = why_select(changed, select(changed), "b")

    assert (said.chosen, said.points, said.parts, said.rank) == (False, 8, parts, 2)
    assert [(one.rule, one.chosen, one.most) for one in said.rules] == [("state", 1, 1)]
    assert (said.out, said.into, said.margin.points) == (("a",), ("b",), 1)


def test_whoever_withdrew_is_a_forced_change_and_nobody_else_moves():
    problem = replace(among("98765", 3, at_most(1, "bd", key="state")), barred=("b",))

    mended = repair_select(problem, ("a", "b", "e"))

    assert (mended.kept, mended.forced, mended.moved, mended.into, mended.loss) == (
        ("a", "e"), ("b",), (), ("c",), 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("pinned.0", {"pinned": ("z",)}),
        ("barred.0", {"pinned": ("a",), "barred": ("a",)}),
        ("barred.1", {"barred": ("a", "a")}),
        ("rules.0.weight", {"rules": (Rule("r", (), weight=0),)}),
        ("candidates.0.parts", {"candidates": (Candidate("a", 3, (("x", 2),)),)}),
    ],
)
def test_a_problem_that_contradicts_itself_names_the_place(path, change):
    with pytest.raises(InvalidProblem) as refusal:
        replace(among("98", 1), **change)

    assert refusal.value.path == path


def test_strangers_are_refused_by_name():
    problem = among("98", 1)
    with pytest.raises(InvalidProblem, match=r"who.1: .* got 'z'"):
        margins_select(problem, select(problem), who=["a", "z"])
    with pytest.raises(InvalidProblem, match=r"^key: .* got 'z'"):
        why_select(problem, select(problem), "z")


CROWDED = Problem(
    tuple(Candidate(f"n{place}", place * 7919 % 97) for place in range(40)),
    9,
    tuple(
        Rule(f"r{n}", (frozenset(f"n{place}" for place in range(n, 40, n + 2)),), 2, 4)
        for n in range(5)
    ),
)


def test_work_that_does_not_suffice_says_so():
    with pytest.raises(Exhausted):
        select(CROWDED, limits=Limits(work=0))

    plan = select(CROWDED)
    with pytest.raises(Exhausted) as ended:
        prices(CROWDED, plan, limits=Limits(work=0))
    assert ended.value.best == []
    unproven = margins_select(CROWDED, plan, limits=Limits(work=0))
    exact = margins_select(CROWDED, plan)
    assert not all(one.exact for one in unproven)
    for one, other in zip(unproven, exact, strict=True):
        if one.exact or one.points is None:
            assert not one.exact or one == other
        else:
            assert other.points is not None
            assert one.points >= other.points


def test_whoever_watches_may_stop_and_keeps_what_is_done():
    plan, heard = select(CROWDED), []

    def watch(progress):
        heard.append(progress)
        return len(heard) < 5

    with pytest.raises(Cancelled) as stopped:
        margins_select(CROWDED, plan, watch=watch)

    assert [one.key for one in stopped.value.best or ()] == ["n0", "n1", "n2", "n3"]
    assert [one.best for one in heard] == [0, 1, 2, 3, 4]
    assert {one.bound for one in heard} == {40}


def test_the_examples_of_the_docs_are_true():
    assert [doctest.testmod(one).failed for one in (conflicting, margins)] == [0, 0]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(pinned())
def test_other_names_give_the_same_choice_and_one_rule_less_never_a_worse_one(problem):
    if not choices(problem):
        return
    names = {one.key: f"z{9 - place}" for place, one in enumerate(problem.candidates)}
    other = Problem(
        tuple(replace(one, key=names[one.key]) for one in problem.candidates),
        problem.seats,
        tuple(
            replace(r, groups=tuple(frozenset(map(names.get, group)) for group in r.groups))
            for r in problem.rules
        ),
        tuple(map(names.__getitem__, problem.pinned)),
        tuple(map(names.__getitem__, problem.barred)),
    )

    plan = select(problem)

    assert select(other).chosen == tuple(names[key] for key in plan.chosen)
    for rule in problem.rules:
        rest = tuple(one for one in problem.rules if one != rule)
        free = select(replace(problem, rules=rest))
        assert len(free.chosen) > len(plan.chosen) or (
            free.certificate.value >= plan.certificate.value
        )
