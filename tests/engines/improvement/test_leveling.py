"""Why a gap narrowed: the focal group, the reference group, or the mix."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from throughline.engines.improvement import (
    Count,
    Mismatched,
    NotBehind,
    Strata,
    TooFew,
    decompose,
)


def one(events: int, n: int) -> tuple[Count]:
    return (Count(events, n),)


def points(parts):
    """Return narrowing, focal part, reference part and mix; all of these cases are whole points."""
    return [float(each) for each in (parts.narrowed, parts.focal, parts.reference, parts.mix)]


def test_a_gap_that_narrows_by_the_focal_group_alone_is_no_leveling_down():
    parts = decompose(
        Strata(one(500, 1000), one(600, 1000)), Strata(one(800, 1000), one(800, 1000)), better="up"
    )

    assert points(parts) == [10, 10, 0, 0]
    assert (parts.leveling_down, parts.is_mix) == (False, False)
    assert parts.sentence == (
        "The gap narrowed by 10.0 percentage points (focal group +10.0 percentage points, "
        "reference group +0.0 percentage points, mix +0.0 percentage points)."
    )


def test_a_gap_that_narrows_by_a_decline_of_the_reference_group_is_leveling_down():
    parts = decompose(
        Strata(one(500, 1000), one(550, 1000)), Strata(one(800, 1000), one(700, 1000)), better="up"
    )

    assert points(parts) == [15, 5, -10, 0]
    assert parts.leveling_down
    assert parts.sentence.endswith(
        "Leveling down: over half of it is a decline of the reference group."
    )


def test_half_is_not_over_half():
    parts = decompose(
        Strata(one(400, 1000), one(500, 1000)), Strata(one(800, 1000), one(700, 1000)), better="up"
    )

    assert -parts.reference == parts.narrowed / 2
    assert not parts.leveling_down


def test_a_focal_group_that_may_not_have_moved_is_leveling_down():
    parts = decompose(
        Strata(one(50, 100), one(54, 100)), Strata(one(800, 1000), one(790, 1000)), better="up"
    )

    assert parts.leveling_down
    assert parts.sentence.endswith(
        "Leveling down: the focal group's own interval includes no change."
    )


def test_students_who_move_to_better_schools_are_mix():
    focal = Strata((Count(160, 800), Count(160, 200)), (Count(60, 300), Count(560, 700)))
    reference = Strata((Count(100, 500), Count(400, 500)), (Count(100, 500), Count(400, 500)))

    parts = decompose(focal, reference, better="up")

    assert points(parts) == [30, 0, 0, 30]
    assert parts.is_mix
    assert "change of where students are" in parts.sentence


def test_an_adverse_event_is_turned_so_that_fewer_is_better():
    parts = decompose(
        Strata(one(300, 1000), one(200, 1000)),
        Strata(one(100, 1000), one(100, 1000)),
        better="down",
    )

    assert points(parts) == [10, 10, 0, 0]
    assert not parts.leveling_down


def test_a_gap_that_widened_gets_no_flag():
    parts = decompose(
        Strata(one(500, 1000), one(400, 1000)), Strata(one(800, 1000), one(800, 1000)), better="up"
    )

    assert points(parts) == [-10, -10, 0, 0]
    assert (parts.leveling_down, parts.is_mix) == (False, False)
    assert parts.sentence.startswith("The gap did not narrow")


def test_a_school_that_opened_counts_as_mix_and_is_counted():
    focal = Strata((Count(400, 1000), Count(0, 0)), (Count(400, 1000), Count(500, 500)))
    reference = Strata((Count(800, 1000), Count(0, 0)), (Count(800, 1000), Count(0, 0)))

    parts = decompose(focal, reference, better="up")

    assert points(parts) == [20, 0, 0, 20]
    assert parts.only_once == 1
    assert parts.is_mix


@pytest.mark.parametrize(
    ("focal", "reference", "refusal", "sentence"),
    [
        (lambda: Strata(one(5, 10), ()), one, Mismatched, "1 strata before and 0 after"),
        (lambda: Strata(one(0, 0), one(5, 10)), one, TooFew, "without students"),
        (
            lambda: Strata(one(9, 10), one(9, 10)),
            lambda: Strata(one(5, 10), one(5, 10)),
            NotBehind,
            "not behind",
        ),
        (
            lambda: Strata(one(5, 10), one(9, 10)),
            lambda: Strata(one(9, 10) * 2, one(9, 10) * 2),
            Mismatched,
            "same strata",
        ),
    ],
)
def test_what_cannot_be_split_is_refused_in_words(focal, reference, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        decompose(focal(), reference(), better="up")


counts = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(
    lambda drawn: Count(min(drawn), max(drawn))
)
rows = st.lists(st.tuples(counts, counts, counts, counts), min_size=1, max_size=4)


def rate_of(counts) -> Fraction:
    return Fraction(sum(each.events for each in counts), sum(each.n for each in counts))


@settings(max_examples=50, deadline=None)
@given(rows, st.sampled_from(["up", "down"]))
def test_the_parts_add_up_exactly_whatever_the_strata(drawn, better):
    a, b, c, d = zip(*drawn, strict=True)
    assume(all(sum(each.n for each in group) for group in (a, b, c, d)))
    sign = 100 if better == "up" else -100
    assume(sign * (rate_of(c) - rate_of(a)) > 0)

    parts = decompose(Strata(a, b), Strata(c, d), better=better)

    assert parts.narrowed == parts.focal - parts.reference + parts.mix
    assert parts.narrowed == sign * (rate_of(b) - rate_of(a) - rate_of(d) + rate_of(c))


def test_one_stratum_agrees_with_the_kitagawa_split_of_statsmodels():
    import numpy as np
    from statsmodels.stats.oaxaca import OaxacaBlinder

    before = (Count(89, 108), Count(17, 25), Count(202, 593))
    after = (Count(512, 825), Count(353, 560), Count(120, 325))
    still = (Count(100, 100),) * 3
    parts = decompose(Strata(before, after), Strata(still, still), better="up")
    y, groups = [], []
    for time, strata in enumerate((before, after)):
        for at, each in enumerate(strata):
            for hit in range(each.n):
                y.append(float(hit < each.events))
                groups.append((time, at == 1, at == 2))
    split = OaxacaBlinder(np.array(y), np.array(groups, dtype=float), 0, hasconst=False)

    unexplained, explained, gap = split.two_fold(two_fold_type="reimers").params

    assert abs(gap) == pytest.approx(abs(float(parts.narrowed)) / 100, abs=1e-10)
    assert abs(unexplained) == pytest.approx(abs(float(parts.focal)) / 100, abs=1e-10)
    assert abs(explained) == pytest.approx(abs(float(parts.mix)) / 100, abs=1e-10)
