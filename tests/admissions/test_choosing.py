"""The proposal puts the best means first and names what the scores cannot decide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from throughline.admissions.choosing import Candidate, choose, standing

AT = datetime(2027, 1, 1, tzinfo=UTC)


def candidates(*means: int | None) -> list[Candidate]:
    return [
        Candidate(
            f"A{place}", None if mean is None else Fraction(mean), AT + timedelta(hours=place)
        )
        for place, mean in enumerate(means)
    ]


def test_the_best_means_come_first_and_the_unread_not_at_all():
    choice = choose(candidates(2, 4, None, 3), seats=2, waitlist=2)

    assert (choice.seats, choice.waitlist, choice.coin_flips) == (("A1", "A3"), ("A0",), ())


def test_equal_means_across_the_last_seat_are_a_coin_flip():
    choice = choose(candidates(4, 3, 3, 2), seats=2, waitlist=1)

    assert choice.seats == ("A0", "A1")
    assert choice.coin_flips == (("A1", "A2"),)


def test_equal_means_inside_the_seats_decide_nothing():
    assert choose(candidates(4, 4, 3, 2), seats=3, waitlist=1).coin_flips == ()


@given(some.lists(some.integers(1, 4), max_size=30), some.integers(0, 12), some.integers(0, 6))
def test_nobody_without_a_place_has_a_better_mean_than_somebody_with_one(means, seats, waitlist):
    everybody = candidates(*means)
    mean = {one.ref: one.mean or Fraction(0) for one in everybody}

    choice = choose(everybody, seats=seats, waitlist=waitlist)

    placed = [*choice.seats, *choice.waitlist]
    out = [one.ref for one in everybody if one.ref not in placed]
    assert len(choice.seats) == min(seats, len(everybody))
    assert len(set(placed)) == len(placed)
    assert all(mean[ref] >= mean[other] for ref in placed for other in out)


@given(some.permutations(range(8)))
def test_the_order_of_the_rows_decides_nothing(order):
    everybody = candidates(4, 3, 3, 3, 2, 2, 1, 1)

    assert choose([everybody[n] for n in order], seats=3, waitlist=2) == choose(
        everybody, seats=3, waitlist=2
    )


def test_a_place_is_firm_close_or_a_coin_flip():
    assert standing(Fraction(4), Fraction(3), is_flip=False) == "firm"
    assert standing(Fraction(301, 100), Fraction(3), is_flip=False) == "close"
    assert standing(Fraction(3), Fraction(3), is_flip=True) == "coin-flip"
