"""What a floor rules out is in no way above it, and what it forces is in every one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.meetings import reviewings, ways, worth
from throughline.engines.matching import (
    BrokenPlan,
    Certificate,
    Infeasible,
    Pair,
    PairPlan,
    Prices,
    assign,
    check_pairs,
)
from throughline.engines.matching.working import Work

Grid = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def arrays(problem):
    from throughline.engines.matching.network import network

    return network(problem)


def grid(problem, way):
    return np.array(
        [[(a.key, r.key) in way for r in problem.readers] for a in problem.applications]
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(reviewings(), some.integers(1, 10))
def test_every_way_above_a_floor_keeps_to_what_is_left_under_it(problem, floor):
    from throughline.engines.matching.floors import held_to

    above = [one for one in ways(problem) if one and worth(problem, one)[0] >= floor]
    net = arrays(problem)
    if not net.served.any() or (net.need < 0).any() or (net.need > net.allowed.sum(axis=1)).any():
        return

    held = held_to(net, floor)

    if held is None:
        assert not above
        return
    for way in above:
        on = grid(problem, way)
        assert (on[held.pinned]).all()
        assert not (on & ~held.pinned & ~held.allowed).any()


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(reviewings())
def test_a_floor_and_its_bound_close_in_on_the_best_there_is(problem):
    from throughline.engines.matching.fairness import most_points
    from throughline.engines.matching.floors import Ceiling, closed, easy_bound

    try:
        assign(problem)
    except Infeasible:
        return
    net = arrays(problem)
    heard: list[Grid] = []
    if not net.need.any():
        return
    start = most_points(net, Work(steps_a_unit=10_000))
    best = max(worth(problem, one)[0] for one in ways(problem))
    easy = Ceiling(easy_bound(net), None)
    assert best <= easy.bound

    on, above = closed(net, start.on, easy, Work(steps_a_unit=10_000), heard.append)

    met = {
        (a.key, r.key)
        for a, line in zip(problem.applications, on | net.pinned, strict=True)
        for r, meets in zip(problem.readers, line, strict=True)
        if meets
    }
    assert met in list(ways(problem))
    assert net.worst(on) <= best <= above.bound
    assert not above.sure or net.worst(on) == best == above.bound
    assert all(net.worst(one) <= best for one in heard)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(reviewings(), some.data())
def test_no_prices_prove_a_bound_below_the_best_there_is(problem, data):
    everything = [one for one in ways(problem) if one]
    if not everything:
        return
    low = min(everything, key=lambda one: worth(problem, one))
    best, total = (max(worth(problem, one)[at] for one in everything) for at in (0, 1))
    height, width = len(problem.applications), len(problem.readers)
    number = some.integers(-6, 6)
    plan = PairPlan(
        "fair",
        tuple(
            Pair(a.key, r.key)
            for a in problem.applications
            for r in problem.readers
            if (a.key, r.key) in low
        ),
    )
    drawn = (
        data.draw(some.tuples(*[some.integers(0, 3)] * height)),
        data.draw(some.tuples(*[number] * height)),
        data.draw(some.tuples(*[number] * width)),
    )
    claims = []
    if (value := worth(problem, low)[0]) < best:
        below = Certificate(value, data.draw(some.integers(value, best - 1)), "lp-dual")
        claims.append(replace(plan, worst=below, worst_prices=Prices(0, *drawn)))
    if (value := worth(problem, low)[1]) < total:
        below = Certificate(value, data.draw(some.integers(value, total - 1)), "lp-dual")
        raised = tuple(one + 1 for one in drawn[0])
        claims.append(replace(plan, total=below, total_prices=Prices(1, raised, *drawn[1:])))
    floor, value = worth(problem, low)
    above = max(each[1] for one in everything if (each := worth(problem, one))[0] >= floor)
    if value < above:
        below = Certificate(value, data.draw(some.integers(value, above - 1)), "lp-dual")
        held = Certificate(floor, floor, "gap")
        prices = Prices(1, tuple(one + 1 for one in drawn[0]), *drawn[1:])
        claims.append(replace(plan, worst=held, total=below, total_prices=prices))
    for claim in claims:
        with pytest.raises(BrokenPlan, match="do not prove"):
            check_pairs(problem, claim)
