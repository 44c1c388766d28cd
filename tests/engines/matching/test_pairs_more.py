"""Of pairs it is known how sure each is, what is in the way of all, and when work was stopped."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.meetings import coachings, reviewings, table, ways, worth
from tests.engines.matching.test_pairs import met, spread
from throughline.engines.matching import (
    Application,
    Barred,
    Cancelled,
    Coach,
    Coaching,
    Ease,
    Exhausted,
    Infeasible,
    InvalidProblem,
    Leader,
    Limits,
    Pair,
    Part,
    Reader,
    Reviewing,
    assign,
    check_pairs,
    conflicts_pairs,
    eased_pairs,
    margins_pairs,
    match,
    pair_conflicts,
    pair_margins,
    repair,
    why,
)


def planned(problem, mode):
    try:
        is_review = isinstance(problem, Reviewing)
        return assign(problem, mode=mode) if is_review else match(problem, mode=mode)
    except Infeasible:
        return None


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(reviewings() | coachings(equal=True) | coachings(), some.sampled_from(("total", "fair")))
def test_a_margin_is_what_the_best_other_way_above_the_same_floor_has_less(problem, mode):
    plan = planned(problem, mode)
    if plan is None:
        return
    floor = plan.worst.value if plan.worst else 0
    everything = [one for one in ways(problem) if worth(problem, one)[0] >= floor]
    settled = {(one.whom, one.by) for one in (*problem.pinned, *problem.barred)}
    whom = [o.key for o in getattr(problem, "applications", getattr(problem, "leaders", ()))]
    by = [o.key for o in getattr(problem, "readers", getattr(problem, "coaches", ()))]
    asked = [Pair(a, b) for a in whom for b in by]

    found = margins_pairs(problem, plan, asked)

    turned = [(one.pair.whom, one.pair.by) for one in found]
    assert turned == [(a, b) for a in whom for b in by if (a, b) not in settled]
    exact_is_promised = mode == "total" and plan.total_prices is not None
    for one, pair in zip(found, turned, strict=True):
        assert one.meet == (pair in met(plan))
        others = [worth(problem, way)[1] for way in everything if (pair in way) != one.meet]
        least = plan.total.value - max(others) if others else None
        if one.exact:
            assert one.points == least
        else:
            assert not exact_is_promised
            assert one.points is None or (least is not None and one.points >= least)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(reviewings() | coachings())
def test_the_cheapest_fix_is_enough_and_no_smaller_one_is(problem):
    problem = replace(problem, pinned=())
    found = conflicts_pairs(problem)

    if any(True for _way in ways(problem)):
        assert found is None
        return
    if not found.fix:
        assert found.points is None
        return
    fixed = eased_pairs(problem, found.fix)
    best = max(worth(fixed, way)[1] for way in ways(fixed))
    assert found.points == best
    numbers, given = {one.number for one in found.fix}, 0
    for one in found.fix:
        given += one.by
    if isinstance(problem, Coaching):
        free = replace(problem, coaches=tuple(replace(c, time=99) for c in problem.coaches))
        time = {one.key: one.time for one in problem.leaders}
        need = min(
            sum(
                max(0, sum(time[w] for w, b in way if b == c.key) - c.time) for c in problem.coaches
            )
            for way in ways(free)
        )
        unit = next(iter(time.values())) if len(set(time.values())) == 1 else 1
        assert given in range(need, need + unit * len(problem.coaches))
    elif numbers == {"most"}:
        free = replace(
            problem, readers=tuple(replace(one, most=9, least=0) for one in problem.readers)
        )
        need = min(
            sum(max(0, sum(b == r.key for _w, b in way) - r.most) for r in problem.readers)
            for way in ways(free)
        )
        assert given == need


def test_who_would_have_to_read_more_is_named_with_how_much():
    problem = Reviewing(
        (Application("north", 2), Application("south", 2), Application("west", 1)),
        (Reader("ann", 2), Reader("bo", 1), Reader("cy", 3)),
        (Part("fit", table("915", "825", "117")),),
        (Barred("north", "cy", "own district"), Barred("south", "cy", "own district")),
    )

    found = conflicts_pairs(problem)

    assert found.core == ("north", "south")
    assert "4 needed, and room for 3" in found.sentence
    assert found.fix == (Ease("bo", "most", 1),)
    assert found.points == 9 + 1 + 8 + 2 + 7
    assert conflicts_pairs(eased_pairs(problem, found.fix)) is None


def test_hours_readers_leasts_and_pins_give_way_by_name():
    hours = Coaching((Leader("l", 3), Leader("m", 4)), (Coach("c", 5), Coach("d", 1)))
    few = Reviewing((Application("a", 3),), (Reader("r", 1), Reader("s", 1)))
    idle = Reviewing((Application("a", 1),), (Reader("r", 2, 2), Reader("s", 1)))
    pins = Reviewing(
        (Application("a", 1),), (Reader("r", 1), Reader("s", 1)),
        pinned=(Pair("a", "r"), Pair("a", "s")),
    )  # fmt: skip

    assert conflicts_pairs(hours).fix == (Ease("c", "time", 2),)
    assert conflicts_pairs(few).fix == (Ease("a", "readers", 1),)
    assert conflicts_pairs(idle).fix == (Ease("r", "least", 1),)
    assert conflicts_pairs(pins).fix == (Ease("a", "pinned", 1),)
    lonely = Coaching((Leader("l"),), (Coach("c", 1),), barred=(Barred("l", "c"),))
    assert conflicts_pairs(lonely).fix == ()


def test_two_ways_of_equal_worth_are_a_coin_flip():
    problem = Reviewing(
        (Application("a", 1), Application("b", 1)), (Reader("r", 1), Reader("s", 1)),
        (Part("fit", table("54", "54")),),
    )  # fmt: skip

    found = margins_pairs(problem, assign(problem, mode="total"))

    assert [one.coin_flip for one in found] == [True, True]


def test_strangers_and_stable_plans_are_refused():
    problem = Coaching((Leader("l"),), (Coach("c", 1),), (Part("fit", table("1")),))
    with pytest.raises(InvalidProblem, match=r"who.0"):
        margins_pairs(problem, match(problem), [Pair("l", "z")])
    with pytest.raises(InvalidProblem, match=r"plan.mode"):
        margins_pairs(problem, match(problem, mode="stable"))


WIDE = spread(40, 50, 2, 2, 1)


def test_work_that_does_not_suffice_gives_a_plan_that_says_so_or_none():
    short = assign(WIDE, limits=Limits(work=1))

    check_pairs(WIDE, short)
    assert short.worst.value <= short.worst.bound
    for ask in (
        lambda: assign(WIDE, limits=Limits(work=0)),
        lambda: repair(WIDE, short.pairs, limits=Limits(work=0)),
        lambda: why(WIDE, short, short.pairs[0], limits=Limits(work=0)),
    ):
        with pytest.raises(Exhausted):
            ask()


@pytest.mark.parametrize("hears", [1, 2, 3, 6])
def test_whoever_watches_may_stop_and_gets_the_best_plan_so_far(hears):
    heard = []

    def watch(progress):
        heard.append(progress)
        return len(heard) < hears

    with pytest.raises(Cancelled) as stopped:
        assign(WIDE, watch=watch)

    best = stopped.value.best
    assert len(heard) == hears
    assert (best is None) == (hears == 1)
    if best is not None:
        check_pairs(WIDE, best)
        assert {one.kind for one in (best.worst, best.total)} == {"gap"}


def test_the_examples_of_the_docs_are_true():
    assert [doctest.testmod(one).failed for one in (pair_conflicts, pair_margins)] == [0, 0]
