"""The proposal puts the best means first and names what the scores cannot decide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from throughline.admissions.choosing import Candidate, choose, standing
from throughline.engines.matching import Price, Rule

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


def one_of(*groups: str, least: int | None = None, most: int | None = None, key: str = "rule"):
    return Rule(key, tuple(frozenset(group.split()) for group in groups), least=least, most=most)


def test_the_best_list_that_keeps_the_rules_says_what_they_cost():
    rule = one_of("A0 A1", most=1)

    choice = choose(candidates(4, 3, 2, 1), seats=2, waitlist=1, rules=[rule])

    assert (choice.seats, choice.waitlist) == (("A0", "A2"), ("A1",))
    assert (choice.proof.unit, choice.proof.value, choice.proof.free) == (1, 6, 7)
    assert choice.proof.prices == (
        Price("rule", 1, ("A2",), ("A1",)), Price("", 1, ("A2",), ("A1",)),
    )  # fmt: skip


def test_means_of_unequal_numbers_of_readers_are_compared_exactly():
    thirds = [Candidate("A", Fraction(10, 3), AT), Candidate("B", Fraction(13, 4), AT)]

    choice = choose(thirds, seats=1, waitlist=0)

    assert choice.seats == ("A",)
    assert (choice.proof.unit, choice.proof.value) == (12, 40)


def test_equal_means_that_a_rule_parts_are_no_coin_flip():
    apart = choose(candidates(4, 3, 3), seats=2, waitlist=0, rules=[one_of("A0 A2", most=1)])
    free = choose(candidates(4, 3, 3), seats=2, waitlist=0, rules=[one_of("A0 A2", most=2)])

    assert (apart.seats, apart.coin_flips) == (("A0", "A1"), ())
    assert free.coin_flips == (("A1", "A2"),)


def test_only_who_could_change_places_is_named_in_a_coin_flip():
    rules = [one_of("A0 A2", most=1)]

    choice = choose(candidates(4, 3, 3, 3), seats=2, waitlist=0, rules=rules)

    assert (choice.seats, choice.coin_flips) == (("A0", "A1"), (("A1", "A3"),))


def test_rules_that_cannot_hold_together_are_left_out_and_named():
    rules = [
        one_of("A2", least=1, key="small"), one_of("A3", least=1, key="rural"),
        one_of("A2 A3", most=1, key="state"), one_of("A0 A1", most=1, key="city"),
    ]  # fmt: skip

    choice = choose(candidates(4, 3, 2, 1), seats=2, waitlist=0, rules=rules)

    assert choice.proof.left_out == ("small", "rural", "state")
    assert choice.seats == ("A0", "A2")
