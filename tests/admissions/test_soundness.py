"""Adjusted means are those of least squares; re-draws are the same every time and add up."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from throughline.admissions.choosing import Candidate, Choice, choose
from throughline.admissions.leniency import adjusted_means, connected
from throughline.admissions.redrawing import MOST_WAYS, TIMES, redraws
from throughline.admissions.scores import Scored, by_application, fingerprint_of
from throughline.admissions.soundness import KEY, counted, kept
from throughline.engines.matching import Rule

AT = datetime(2027, 1, 1, tzinfo=UTC)

tables = some.dictionaries(
    some.tuples(some.sampled_from("ABCDEFGH"), some.integers(1, 6)),
    some.integers(7, 28),
    min_size=1,
    max_size=30,
)


def scored(table: dict[tuple[str, int], int], over: int = 7) -> list[Scored]:
    return [Scored(ref, reader, Fraction(points, over)) for (ref, reader), points in table.items()]


def chosen(scores: list[Scored], *, seats: int, waitlist: int = 0, rules: tuple[Rule, ...] = ()):
    candidates = [
        Candidate(ref, sum(points, Fraction(0)) / len(points), AT + timedelta(hours=ord(ref)))
        for ref, points in sorted(by_application(scores).items())
    ]
    return choose(candidates, seats=seats, waitlist=waitlist, rules=rules)


def test_a_strict_reader_lowers_nobody():
    # Reader 1 is a point stricter than 2 on both that they share. Only she read C, only 2 read D.
    scores = scored(
        {("A", 1): 2, ("A", 2): 3, ("B", 1): 3, ("B", 2): 4, ("C", 1): 3, ("D", 2): 3}, over=1
    )

    [adjusted] = adjusted_means(scores)

    assert adjusted == {
        "A": Fraction(5, 2), "B": Fraction(7, 2), "C": Fraction(7, 2), "D": Fraction(5, 2),
    }  # fmt: skip


def test_where_everybody_read_everything_nothing_is_adjusted():
    scores = scored(
        {(ref, reader): 7 + reader + ord(ref) % 5 for ref in "ABC" for reader in (1, 2)}
    )

    [adjusted] = adjusted_means(scores)

    assert adjusted == {
        ref: sum(points) / len(points) for ref, points in by_application(scores).items()
    }


def test_groups_that_share_no_application_are_scales_of_their_own():
    scores = scored({("A", 1): 2, ("B", 1): 4, ("B", 2): 4, ("C", 3): 3}, over=1)

    adjusted = adjusted_means(scores)

    assert [sorted(group) for group in adjusted] == [["A", "B"], ["C"]]
    assert adjusted[1] == {"C": 3}


@given(tables, some.integers(1, 6), some.integers(-14, 14))
def test_a_reader_who_is_milder_by_a_constant_changes_no_distance_on_a_scale(table, reader, more):
    before = adjusted_means(scored(table))

    after = adjusted_means(
        scored({key: points + more * (key[1] == reader) for key, points in table.items()})
    )

    for group, other in zip(before, after, strict=True):
        assert len({other[ref] - mean for ref, mean in group.items()}) == 1


@settings(deadline=None)
@given(tables)
def test_adjusted_means_are_those_of_least_squares(table):
    for group in connected(scored(table)):
        refs = sorted({one.application for one in group})
        readers = sorted({one.reader for one in group})
        design = np.array(
            [
                [
                    *(float(one.application == ref) for ref in refs),
                    *(float(one.reader == reader) for reader in readers),
                ]
                for one in group
            ]
        )
        found = np.linalg.lstsq(design, [float(one.points) for one in group], rcond=None)[0]
        reads = Counter(one.reader for one in group)
        center = sum(
            reads[reader] * value
            for reader, value in zip(readers, found[len(refs) :], strict=True)
        ) / len(group)  # fmt: skip

        [adjusted] = adjusted_means(group)

        assert [float(adjusted[ref]) for ref in refs] == pytest.approx(found[: len(refs)] + center)


@given(tables, some.randoms(use_true_random=False))
def test_the_order_of_the_reviews_decides_nothing(table, chance):
    scores = scored(table)
    mixed = chance.sample(scores, len(scores))

    assert adjusted_means(mixed) == adjusted_means(scores)
    assert fingerprint_of(mixed) == fingerprint_of(scores)


def test_who_is_more_often_ahead_wins_more_draws_and_equals_are_parted_by_a_coin():
    scores = scored(
        {
            ("A", 1): 20, ("A", 2): 20, ("A", 3): 20, ("B", 1): 20, ("B", 2): 20, ("B", 3): 20,
            ("C", 1): 28, ("C", 2): 28, ("C", 3): 28,
        }
    )  # fmt: skip

    choice = chosen(scores, seats=2)
    [drawn] = redraws(choice, by_application(scores), seed="one")

    assert choice.coin_flips == (("A", "B"),)
    assert drawn is not None
    assert (drawn.places, drawn.by_coin, sum(drawn.won.values())) == (1, TIMES, TIMES)
    assert min(drawn.won.values()) > 0


def test_a_draw_takes_reviews_of_the_application_alone():
    # B is certain at 3. Of the 27 ways to draw A, 7 are above 3, 8 below it and 12 at it.
    scores = scored(
        {("A", 1): 2, ("A", 2): 2, ("A", 3): 5, ("B", 1): 3, ("B", 2): 3, ("B", 3): 3}, over=1
    )

    [drawn] = redraws(chosen(scores, seats=1), by_application(scores), seed="one")

    assert drawn is not None
    assert drawn.by_coin == pytest.approx(TIMES * 12 / 27, abs=15)
    assert drawn.won["A"] + drawn.won["B"] == TIMES


@settings(max_examples=40, deadline=None)
@given(tables, some.integers(1, 5), some.integers(0, 3), some.integers(1, 2))
def test_places_of_a_group_are_all_given_in_every_draw_and_the_same_again(
    table, seats, waitlist, most
):
    scores = scored({key: 7 + points % 3 for key, points in table.items()}, over=1)
    rule = Rule("states", (frozenset("ABC"), frozenset("DE")), most=most)
    choice: Choice = chosen(scores, seats=seats, waitlist=waitlist, rules=(rule,))
    given_ = by_application(scores)
    assume(choice.coin_flips)

    drawn = redraws(choice, given_, seed="one")

    assert drawn == redraws(choice, given_, seed="one")
    for group, one in zip(choice.coin_flips, drawn, strict=True):
        assert one is not None
        assert set(one.won) == set(group)
        assert sum(one.won.values()) == TIMES * one.places


def test_so_many_equals_that_ways_cannot_be_counted_are_not_drawn():
    scores = [Scored(chr(65 + n), 1, Fraction(3)) for n in range(14)]

    choice = chosen(scores, seats=7)

    assert redraws(choice, by_application(scores), seed="one") == [None]
    assert MOST_WAYS < 3432


def test_what_was_counted_is_kept_until_a_review_changes():
    # Reader 1 is a point stricter: C came in before D, and D had the stricter reader.
    table = {("A", 1): 2, ("A", 2): 3, ("B", 1): 3, ("B", 2): 4, ("C", 2): 3, ("D", 1): 3}
    scores = scored(table, over=1)
    plan = {KEY: counted(chosen(scores, seats=2), scores)}

    found = kept(plan, scores)

    assert found is not None and found.is_one_scale
    assert found.of("D") == (Fraction(7, 2), 1)
    assert found.of("Z") == (None, 0)
    assert (found.out, found.into) == (["C"], ["D"])
    assert found.redraws[0] is not None and set(found.redraws[0].won) == {"C", "D"}
    assert kept(plan, scored(table | {("A", 1): 3, ("A", 2): 2}, over=1)) is None
    assert kept({}, scores) is None


def test_without_one_scale_nobody_says_who_would_change():
    scores = scored({("A", 1): 2, ("B", 2): 4, ("C", 3): 3}, over=1)

    found = kept({KEY: counted(chosen(scores, seats=2), scores)}, scores)

    assert found is not None and not found.is_one_scale
    assert [found.of(ref)[1] for ref in "ABC"] == [1, 2, 3]
    assert (found.out, found.into) == ([], [])
