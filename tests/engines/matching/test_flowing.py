"""A flow and the linear program find totals of equal worth, and both prove them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.meetings import coachings, reviewings, table, ways, worth
from throughline.engines.matching import (
    Application,
    Infeasible,
    Part,
    Reader,
    Reviewing,
    assign,
    check_pairs,
    match,
)
from throughline.engines.matching.working import ENGINE, Work, fingerprint

pytestmark = pytest.mark.slow
FLOW = f"{ENGINE}, flow"


def best(net, by_flow: bool):
    """The solution, and whether a flow found it."""
    from throughline.engines.matching.fairness import most_points

    work = Work(steps_a_unit=10**6)
    return most_points(net, work, by_flow=by_flow), work.flowed


@pytest.mark.parametrize("by_flow", [True, False])
def test_no_other_way_has_more_points_and_prices_prove_it(by_flow):
    from throughline.engines.matching.network import network
    from throughline.engines.matching.pairing import as_plan

    @settings(max_examples=60, deadline=None)
    @given(reviewings() | coachings(equal=True))
    def law(problem):
        net = network(problem)
        if min(*net.need, *net.most) < 0:
            return
        everything = [worth(problem, way)[1] for way in ways(problem)]
        solution, flowed = best(net, by_flow)
        if not everything:
            assert solution is None
            return
        assert flowed == (by_flow and bool(net.need.any()))
        plan = as_plan(problem, net, solution, "total", ())
        assert plan.total.value == plan.total.bound == max(everything)
        assert plan.total.kind == "lp-dual"
        check_pairs(problem, plan)

    law()


@some.composite
def networks(draw):
    """More pairs than are looked at first; least loads, bars, rows that need nobody."""
    from throughline.engines.matching.network import Network

    rng = np.random.default_rng(draw(some.integers(0, 2**32)))
    height, width = draw(some.integers(1, 40)), draw(some.integers(10, 50))
    top, open_part = draw(some.sampled_from((1, 30, 10**6))), draw(some.sampled_from((0.2, 0.6, 1)))
    score = rng.integers(0, top + 1, (height, width))
    need = rng.integers(0, 4, height)
    load = -(-int(need.sum()) // width)
    most = load + rng.integers(0, 3, width)
    least = np.minimum(most, rng.integers(0, load + 1, width)) * (
        rng.random(width) < draw(some.sampled_from((0, 0.5, 1)))
    )
    allowed = rng.random(score.shape) < open_part
    return Network(
        score, allowed, np.zeros_like(allowed), need, np.ones_like(need), np.zeros_like(need),
        most, least,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(networks())
def test_flow_and_linear_program_agree_on_what_can_be_done_and_on_the_total(net):
    one, flowed = best(net, True)
    other, _ = best(net, False)

    assert (one is None) == (other is None)
    if one is None:
        return
    assert flowed == bool(net.need.any())
    assert one.total == other.total
    assert one.total.value == one.total.bound
    assert (one.on.sum(axis=1) == net.need).all()
    assert (one.on.sum(axis=0) >= net.least).all()
    assert (one.on.sum(axis=0) <= net.most).all()
    assert not (one.on & ~net.allowed).any()


READING = Reviewing(
    tuple(Application(f"a{row}", 2) for row in range(30)),
    tuple(Reader(f"r{column}", 4, 1) for column in range(20)),
    (Part("fit", tuple(tuple(row * column * 31 % 7 for column in range(20)) for row in range(30))),),
)  # fmt: skip


def test_a_plan_says_whether_a_flow_chose_it_and_is_the_same_again():
    total = assign(READING, mode="total")

    assert total.made.engine == FLOW
    assert fingerprint(assign(READING, mode="total")) == fingerprint(total)
    assert assign(READING).made.engine == ENGINE


def test_where_everybody_meets_one_the_fair_plan_comes_from_a_flow_too():
    one_each = replace(READING, applications=tuple(Application(f"a{n}", 1) for n in range(30)))

    assert assign(one_each).made.engine == FLOW


@settings(max_examples=30, deadline=None)
@given(coachings(equal=True))
def test_coaches_of_equal_time_are_found_by_flow_and_the_same_again(problem):
    try:
        plan = match(problem, mode="total")
    except Infeasible:
        return

    assert plan.made.engine == FLOW
    assert fingerprint(match(problem, mode="total")) == fingerprint(plan)


def test_points_too_large_for_a_flow_are_left_to_the_linear_program():
    from throughline.engines.matching.network import network

    problem = Reviewing(
        (Application("north", 1), Application("south", 1)),
        (Reader("ann", 1), Reader("bo", 1)),
        (Part("fit", table("10", "01")),),
    )
    net = network(problem)

    solution, flowed = best(replace(net, score=net.score * 10**17), True)

    assert not flowed
    assert solution.total.value == solution.total.bound == 2 * 10**17
