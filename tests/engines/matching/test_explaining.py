"""A plan says why, proves its numbers to who does not trust it, and changes as little as can be."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.meetings import coachings, reviewings, table, ways, worth
from throughline.engines.matching import (
    Application,
    Barred,
    BrokenPlan,
    Certificate,
    Coach,
    Coaching,
    Infeasible,
    InvalidProblem,
    Leader,
    Pair,
    Part,
    Prices,
    Reader,
    Reviewing,
    Unmet,
    assign,
    check_pairs,
    match,
    pairing,
    repair,
    why,
)


def solved(problem):
    try:
        return assign(problem) if isinstance(problem, Reviewing) else match(problem)
    except Infeasible:
        return None


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(reviewings() | coachings(), some.data())
def test_a_pair_turned_round_costs_what_the_best_other_way_has_less(problem, data):
    plan = solved(problem)
    if plan is None:
        return
    reviewing = isinstance(problem, Reviewing)
    whom = data.draw(some.sampled_from(problem.applications if reviewing else problem.leaders)).key
    by = data.draw(some.sampled_from(problem.readers if reviewing else problem.coaches)).key
    pin, everything = Pair(whom, by), list(ways(replace(problem, pinned=())))
    stay = {(one.whom, one.by) for one in problem.pinned if one != pin}

    said = why(problem, plan, pin)

    kept = pin in plan.pairs
    others = [worth(problem, w) for w in everything if ((whom, by) in w) != kept and stay <= w]
    if not others:
        assert said.turned is None
        return
    best = max(others)
    assert said.turned.worst_loss == plan.worst.value - best[0]
    assert said.turned.loss == plan.total.value - best[1]
    assert said.coin_flip == (best == (plan.worst.value, plan.total.value))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(reviewings() | coachings(), some.randoms(use_true_random=False))
def test_a_repair_keeps_as_much_as_any_way_could_and_then_has_the_most_points(problem, chance):
    plan = solved(problem)
    if plan is None or not plan.pairs:
        return
    lost = [one for one in plan.pairs if one not in problem.pinned and chance.random() < 0.5]
    now = replace(
        problem, barred=(*problem.barred, *(Barred(one.whom, one.by, "left") for one in lost))
    )
    everything = list(ways(now))
    if not everything:
        with pytest.raises(Infeasible):
            repair(now, plan.pairs)
        return

    mended = repair(now, plan.pairs)

    old = {(one.whom, one.by) for one in plan.pairs}
    best = max((len(way & old), worth(now, way)[1]) for way in everything)
    assert (len(mended.kept), mended.plan.total.value) == best
    assert mended.loss == max(worth(now, way)[1] for way in everything) - best[1]
    assert set(mended.forced) == set(lost)
    assert len(mended.kept) + len(mended.forced) + len(mended.moved) == len(old)
    if not lost:
        assert mended.plan.pairs == plan.pairs


FIT = Part("fit", table("95", "84"))
NEED = Part("need", table("00", "01"))
PROBLEM = Coaching((Leader("l"), Leader("m")), (Coach("c", 1), Coach("d", 2)), (FIT, NEED))


def test_why_tells_parts_rank_and_who_would_move():
    plan = match(PROBLEM)

    said = why(PROBLEM, plan, Pair("m", "c"))

    assert plan.pairs == (Pair("l", "c"), Pair("m", "d"))
    assert (said.meet, said.parts, said.rank, said.barred) == (
        False,
        (("fit", 8), ("need", 0)),
        1,
        None,
    )
    assert said.turned.into == (Pair("l", "d"), Pair("m", "c"))
    assert said.turned.out == plan.pairs
    assert (said.turned.loss, said.turned.worst_loss, said.coin_flip) == (1, 0, False)


def test_why_tells_the_reason_of_those_who_must_not_meet():
    barred = replace(PROBLEM, barred=(Barred("l", "c", "worked together"),))

    said = why(barred, match(barred), Pair("l", "c"))

    assert (said.barred, said.rank, said.turned) == ("worked together", None, None)


def test_why_refuses_strangers_and_stable_plans():
    with pytest.raises(InvalidProblem, match=r"pair.by: .* got 'z'"):
        why(PROBLEM, match(PROBLEM), Pair("l", "z"))
    with pytest.raises(InvalidProblem, match=r"pair.whom"):
        why(PROBLEM, match(PROBLEM), Pair("z", "c"))
    with pytest.raises(InvalidProblem, match=r"plan.mode"):
        why(PROBLEM, match(PROBLEM, mode="stable"), Pair("l", "c"))


def test_a_coach_who_left_is_a_forced_change_and_nobody_else_moves():
    coaches = (Coach("c", 2), Coach("d", 2), Coach("e", 2))
    leaders = tuple(Leader(key) for key in "klmn")
    before = Coaching(leaders, coaches, (Part("fit", table("911", "811", "191", "189")),))
    old = match(before).pairs
    after = Coaching(leaders, coaches[1:], (Part("fit", table("11", "11", "91", "89")),))

    mended = repair(after, old)

    assert mended.forced == (Pair("k", "c"), Pair("l", "c"))
    assert len(mended.moved) == 0
    assert mended.kept == (Pair("m", "d"), Pair("n", "e"))


READING = Reviewing(
    (Application("a", 2), Application("b", 1)),
    (Reader("r", 2, 1), Reader("s", 1), Reader("t", 1)),
    (Part("fit", table("951", "842")),),
    (Barred("b", "s"),),
    (Pair("a", "r"),),
)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"pairs": "ar as bz"}, "nobody is called 'z'"),
        ({"pairs": "ar as zr"}, "nobody is called 'z'"),
        ({"pairs": "ar ar br"}, "twice"),
        ({"pairs": "ar at bs"}, "must not meet"),
        ({"pairs": "as at br"}, "are to meet"),
        ({"pairs": "ar as"}, "'b' is served 0 times, wants 1"),
        ({"pairs": "ar as bt br"}, "'b' is served 2 times, wants 1"),
        ({"unmet": (Unmet("b", 1),)}, "'b' is served 2 times"),
        ({"unmet": (Unmet("b", -1),)}, "lacks nothing"),
        ({"pairs": "ar at bt"}, "'t' serves 2, may serve 0 to 1"),
        ({"total": Certificate(23, 23)}, "the sum is 22 points, not 23"),
        ({"worst": Certificate(8, 7)}, "above its own bound"),
        ({"worst": Certificate(8, 9)}, "called optimal below 9"),
        ({"total_prices": None}, "do not prove that the sum"),
    ],
)
def test_a_plan_that_was_tampered_with_does_not_pass(change, complaint):
    plan = assign(READING)
    assert {(one.whom, one.by) for one in plan.pairs} == set(map(tuple, ("ar", "as", "br")))
    check_pairs(READING, plan)
    if "pairs" in change:
        change = {"pairs": tuple(Pair(*pair) for pair in change["pairs"].split())}

    with pytest.raises(BrokenPlan, match=complaint):
        check_pairs(READING, replace(plan, **change))


def test_a_bound_that_its_prices_do_not_prove_does_not_pass():
    plan = assign(READING, mode="total")
    value, prices = plan.total.value, plan.total_prices
    dear = tuple(price + 100 for price in prices.rows)
    proven = Certificate(value, value, "lp-dual")

    check_pairs(READING, replace(plan, total=replace(proven, bound=value + 9)))
    for wrong in (dear, ()):
        other = Prices(prices.scale, prices.weights, wrong, prices.columns)
        with pytest.raises(BrokenPlan, match="do not prove"):
            check_pairs(READING, replace(plan, total=proven, total_prices=other))


def test_a_match_that_is_not_stable_does_not_pass_for_one():
    with pytest.raises(BrokenPlan, match="rather leave"):
        check_pairs(
            PROBLEM,
            replace(
                match(PROBLEM),
                mode="stable",
                pairs=(Pair("l", "d"), Pair("m", "c")),
                worst=None,
                total=None,
            ),
        )


def test_the_examples_of_the_docs_are_true():
    assert doctest.testmod(pairing).failed == 0
