"""What a floor rules out is in no way above it, and what it forces is in every one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.engines.matching.meetings import reviewings, ways, worth
from throughline.engines.matching import Infeasible, assign
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
