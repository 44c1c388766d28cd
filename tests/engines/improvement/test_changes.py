"""Change of a rate and of a gap between two times."""

from __future__ import annotations

from math import isclose
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.improvement import (
    BadCount,
    Count,
    Gap,
    NoDirection,
    TooFew,
    change,
    difference,
    gap_change,
    rate,
)


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_intervals_are_those_of_newcombe_1998_p_857(events, n, low, high):
    interval = rate(Count(events, n))

    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("of", "minus", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1),
        ((10, 10), (0, 10), 0.6075, 1),
    ],
)
def test_differences_are_those_of_newcombe_1998_p_873_method_10(of, minus, low, high):
    interval = difference(Count(*of), Count(*minus))

    assert interval.unit == "points"
    assert (round(interval.low / 100, 4), round(interval.high / 100, 4)) == (low, high)


def test_rates_and_differences_agree_with_statsmodels_on_random_counts():
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    random = np.random.default_rng(4)
    for _ in range(60):
        n, m = (int(each) for each in random.integers(1, 400, 2))
        x, y = int(random.integers(0, n + 1)), int(random.integers(0, m + 1))
        own, wilson = rate(Count(x, n)), proportion_confint(x, n, method="wilson")
        gap = difference(Count(x, n), Count(y, m))
        newcombe = confint_proportions_2indep(x, n, y, m, compare="diff", method="newcomb")

        assert (own.low, own.high) == pytest.approx(wilson, abs=1e-10)
        assert (gap.low / 100, gap.high / 100) == pytest.approx(newcombe, abs=1e-10)


def test_a_change_names_both_rates_their_n_and_intervals():
    moved = change(Count(120, 200), Count(150, 200), better="up")

    assert moved.improved(0.05)
    assert moved.sentence == (
        "From 60.0 % (n 200; 53.1 % to 66.5 %) to 75.0 % (n 200; 68.6 % to 80.5 %): "
        "+15.0 percentage points (+5.8 to +23.8). The interval excludes no change."
    )


def test_where_down_is_better_a_rise_is_worse():
    moved = change(Count(120, 200), Count(150, 200), better="down")

    assert (moved.improved(0.05), moved.worsened(0.05)) == (False, True)


def test_a_small_change_may_be_noise():
    moved = change(Count(12, 20), Count(13, 20), better="up")

    assert (moved.improved(0.05), moved.worsened(0.05)) == (False, False)
    assert moved.sentence.endswith("The interval includes no change: this may be noise.")


def test_a_stricter_look_needs_a_wider_interval():
    moved = change(Count(120, 200), Count(141, 200), better="up")

    assert (moved.improved(0.05), moved.improved(0.05 / 10)) == (True, False)


def test_the_change_of_a_gap_is_the_worked_mover_example_of_zou_and_donner_s_method():
    moved = gap_change(
        Gap(Count(180, 300), Count(240, 300)), Gap(Count(210, 300), Count(246, 300)), better="up"
    )

    found = [
        [round(each / 100, 4) for each in (of.value, of.low, of.high)]
        for of in (moved.before, moved.after, moved.change)
    ]
    assert found == [
        [-0.20, -0.2699, -0.1273],
        [-0.12, -0.1869, -0.0518],
        [0.08, -0.0188, 0.1777],
    ]
    assert not moved.narrowed


def test_a_gap_of_an_adverse_event_narrows_when_it_falls():
    before = Gap(Count(400, 1000), Count(100, 1000))
    after = Gap(Count(200, 1000), Count(100, 1000))

    moved = gap_change(before, after, better="down")

    assert moved.change.value == pytest.approx(-20)
    assert moved.narrowing.value == pytest.approx(20)
    assert (moved.narrowed, moved.widened) == (True, False)
    assert gap_change(after, before, better="down").widened


def test_a_gap_that_turns_round_has_not_narrowed():
    before = Gap(Count(300, 1000), Count(500, 1000))
    after = Gap(Count(900, 1000), Count(500, 1000))

    moved = gap_change(before, after, better="up")

    assert moved.narrowing.low > 0
    assert not moved.narrowed


def test_a_group_that_was_ahead_has_no_gap_to_narrow():
    before = Gap(Count(600, 1000), Count(500, 1000))

    moved = gap_change(before, Gap(Count(900, 1000), Count(850, 1000)), better="up")

    assert not moved.narrowed


@pytest.mark.parametrize(
    ("ask", "refusal", "sentence"),
    [
        (lambda: rate(Count(0, 0)), TooFew, "empty"),
        (lambda: change(Count(0, 0), Count(1, 2), better="up"), TooFew, "empty"),
        (lambda: change(Count(1, 2), Count(1, 2), better=""), NoDirection, "up or down"),
        (lambda: Count(3, 2), BadCount, "3 of 2"),
        (lambda: Count(-1, 2), BadCount, "-1 of 2"),
        (lambda: Count(1, cast("int", float("nan"))), BadCount, "is not a count"),
    ],
)
def test_impossible_counts_are_refused_in_words(ask, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        ask()


counts = st.tuples(st.integers(0, 200), st.integers(1, 200)).map(
    lambda drawn: Count(min(drawn), max(drawn))
)


@settings(max_examples=50, deadline=None)
@given(counts, counts)
def test_swapping_the_times_turns_the_interval_over(a, b):
    there, back = difference(a, b), difference(b, a)

    assert isclose(there.low, -back.high, abs_tol=1e-9)
    assert isclose(there.high, -back.low, abs_tol=1e-9)


@settings(max_examples=50, deadline=None)
@given(counts)
def test_no_change_is_never_excluded_by_the_same_counts(a):
    assert not difference(a, a).excludes_zero


@settings(max_examples=50, deadline=None)
@given(counts, counts, counts, counts)
def test_counting_the_complement_turns_a_gap_s_change_over(a, b, c, d):
    def rest(of):
        return Count(of.n - of.events, of.n)

    one = gap_change(Gap(a, b), Gap(c, d), better="up")
    other = gap_change(Gap(rest(a), rest(b)), Gap(rest(c), rest(d)), better="down")

    assert one.narrowing.low == pytest.approx(other.narrowing.low, abs=1e-9)
    assert one.narrowing.high == pytest.approx(other.narrowing.high, abs=1e-9)


@pytest.mark.slow
def test_the_interval_of_a_gap_s_change_covers_the_truth_in_94_to_96_percent_of_samples():
    random = np.random.default_rng(11)
    sizes, rates = (150, 400, 150, 400), (0.6, 0.8, 0.7, 0.82)
    drawn = random.binomial(sizes, rates, (3000, 4)).tolist()
    covered = 0
    for x in drawn:
        a, b, c, d = (Count(e, n) for e, n in zip(x, sizes, strict=True))
        moved = gap_change(Gap(a, b), Gap(c, d), better="up").change
        covered += moved.low <= 8 <= moved.high

    assert 0.94 <= covered / 3000 <= 0.96
