"""Exchanges keep who serves how often, and raise whoever is served worst."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engines.matching.meetings import reviewings, table, ways, worth
from throughline.engines.matching import Application, Barred, Part, Prices, Reader, Reviewing
from throughline.engines.matching.working import Work

THREE = tuple(Application(key, 1) for key in "abc")
ANY_PRICES = Prices(1, (2, 2), (0, 0), (0, 0))
"""They weigh every row, so that every pair may start a swap."""
READERS = tuple(Reader(key, 1) for key in "rst")


def silent(_on):
    """Hear of progress and go on."""


def arrays(problem: Reviewing):
    from throughline.engines.matching.network import network

    return network(problem)


def test_three_pass_readers_round_where_no_two_would_swap():
    from throughline.engines.matching.exchanges import exchange, rotate

    net = arrays(Reviewing(THREE, READERS, (Part("fit", table("150", "055", "505")),)))
    start = np.eye(3, dtype=np.bool_)

    assert net.worst(exchange(net, start, 1.0, Work(), silent)) == 1
    assert rotate(net, start, Work()).tolist() == [
        [False, True, False],
        [False, False, True],
        [True, False, False],
    ]


def test_nobody_passes_on_a_reader_who_is_barred():
    from throughline.engines.matching.exchanges import rotate

    part = Part("fit", table("150", "055", "505"))
    net = arrays(Reviewing(THREE, READERS, (part,), (Barred("c", "r"),)))

    assert net.worst(rotate(net, np.eye(3, dtype=np.bool_), Work())) == 1


def test_whoever_has_room_takes_over():
    from throughline.engines.matching.exchanges import exchange

    one = Reviewing(THREE[:1], (READERS[0], Reader("spare", 1)), (Part("fit", table("19")),))

    raised = exchange(arrays(one), np.array([[True, False]]), 1.0, Work(), silent)

    assert raised.tolist() == [[False, True]]


def test_the_total_rises_by_swaps_that_leave_nobody_below_the_floor():
    from throughline.engines.matching.exchanges import raise_total

    net = arrays(Reviewing(THREE[:2], READERS[:2], (Part("fit", table("49", "34")),)))
    start = np.eye(2, dtype=np.bool_)

    assert net.sums(raise_total(net, start, 3, Work(), ANY_PRICES)).tolist() == [9, 3]
    assert net.sums(raise_total(net, start, 4, Work(), ANY_PRICES)).tolist() == [4, 4]


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(reviewings())
def test_whatever_is_exchanged_is_a_way_to_read_and_sharp_exchanges_serve_the_worst_no_worse(
    problem,
):
    from throughline.engines.matching.exchanges import exchange, raise_total, rotate
    from throughline.engines.matching.pairing import pairs_of

    everything = list(ways(problem))
    net = arrays(problem)
    for way in everything[:3]:
        start = (
            np.array(
                [[(a.key, r.key) in way for r in problem.readers] for a in problem.applications]
            )
            & ~net.pinned
        )
        floor = net.worst(start)
        weighed = Prices(1, (2,) * len(start), (0,) * len(start), (0,) * start.shape[1])
        for on in (
            exchange(net, start, 0.5, Work(), silent),
            rotate(net, start, Work()),
            raise_total(net, start, floor, Work(), weighed),
        ):
            met = {(pair.whom, pair.by) for pair in pairs_of(problem, on | net.pinned)}
            assert met in everything
            assert worth(problem, met)[0] >= floor


def test_a_ring_finds_the_best_floor_of_three_by_three_from_every_start_that_swaps_cannot_leave():
    from throughline.engines.matching.exchanges import exchange, rotate

    net = arrays(Reviewing(THREE, READERS, (Part("fit", table("724", "273", "538")),)))
    starts = [np.eye(3, dtype=np.bool_)[list(order)] for order in permutations(range(3))]
    best = max(net.worst(start) for start in starts)

    work = Work()
    assert {
        net.worst(rotate(net, exchange(net, start, 0.5, work, silent), work)) for start in starts
    } == {best}
