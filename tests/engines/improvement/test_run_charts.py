"""Run charts: the Anhoej rules and a shift against a frozen baseline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.improvement import (
    AllOnMedian,
    NoBaseline,
    NoDirection,
    NotANumber,
    NoVariation,
    RunRules,
    TooFew,
    anhoej,
    frozen_shift,
    run_chart,
)
from throughline.engines.improvement.chances import run_needed
from throughline.engines.improvement.run_charts import crossings_needed, run_allowed

BASELINE = [5, 6, 4, 5, 7, 6, 5, 4, 6, 7, 5, 6]


@pytest.mark.parametrize(
    ("useful", "run", "fewest"),
    [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (36, 8, 13), (60, 9, 23),
     (100, 10, 41)],
)  # fmt: skip
def test_limits_of_both_rules_are_those_of_anhoej_and_olesen_2014(useful, run, fewest):
    assert (run_allowed(useful), crossings_needed(useful)) == (run, fewest)


@pytest.mark.parametrize(
    ("baseline", "needed"),
    [(12, [6, 7, 7, 8, 9, 9, 10]), (16, [6, 7, 7, 8, 8, 9, 9]), (24, [6, 6, 7, 7, 8, 8, 9])],
)
def test_the_needed_run_grows_with_the_points_that_follow_as_in_the_design_table(baseline, needed):
    assert [run_needed(baseline, later) for later in (6, 8, 10, 12, 16, 20, 24)] == needed


def test_a_series_that_swings_shows_ordinary_variation():
    chart = run_chart([3, 7, 4, 6, 2, 8, 4, 7, 3, 6, 4, 9])

    assert chart.center == 5.0
    assert chart.rules == RunRules(
        useful=12, longest_run=1, run_allowed=7, crossings=11, crossings_needed=3
    )
    assert not chart.rules.signal
    assert chart.sentence == (
        "The points show ordinary variation only: the longest run has 1 point (up to 7 are "
        "ordinary) and the line crosses the median 11 times (at least 3 is ordinary)."
    )


def test_a_series_in_two_blocks_crosses_too_rarely():
    rules = anhoej([1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9])

    assert (rules.longest_run, rules.crossings, rules.signal) == (6, 1, True)


def test_a_long_run_alone_is_a_signal():
    rules = anhoej([9] * 8 + [1, 9, 1, 9, 1, 1, 9, 1, 1, 1, 9, 1, 1, 1, 1, 1], center=5)

    assert (rules.longest_run, rules.run_allowed) == (8, 8)
    assert not rules.signal
    assert anhoej([9] * 9 + [1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 1, 9, 1], center=5).signal


def test_points_on_the_median_are_skipped():
    rules = anhoej([1, 5, 9, 5, 1, 9, 1, 9, 1, 9, 1, 9, 5, 5], center=5)

    assert (rules.useful, rules.longest_run, rules.crossings) == (10, 1, 9)


def test_eleven_points_have_a_median_and_no_rule():
    chart = run_chart([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])

    assert (chart.center, chart.rules, chart.shift) == (6.0, None, None)
    assert isinstance(chart.no_rule, TooFew)
    assert chart.sentence == (
        "A run chart needs at least 12 points before a rule applies; there are 11."
    )


def test_a_constant_series_has_no_run():
    assert isinstance(run_chart([4] * 15).no_rule, NoVariation)


def test_a_series_that_hugs_its_median_is_not_judged():
    chart = run_chart([4] * 10 + [3, 5, 4, 4, 6])

    assert isinstance(chart.no_rule, AllOnMedian)
    assert "Only 3 of 15 points lie off the median" in chart.sentence


def test_a_shift_up_is_found_with_its_numbers():
    chart = run_chart([*BASELINE, 8, 8, 9, 8, 7, 8, 9, 8], baseline=12, better="up")

    assert chart.center == 5.5
    assert (chart.shift.longest_better, chart.shift.longest_worse, chart.shift.needed) == (8, 0, 7)
    assert chart.shift.improved(0.05)
    assert not chart.shift.worsened(0.05)
    assert chart.sentence == (
        "A shift in the wanted direction: 8 points in a row lie above the median of the 12 "
        "baseline points (5.5); 7 are needed. Noise alone shows as much in about 1.5 % of such "
        "series."
    )


def test_the_same_points_are_unwanted_where_down_is_better():
    shift = frozen_shift([*BASELINE, 8, 8, 9, 8, 7, 8, 9, 8], baseline=12, better="down")

    assert (shift.improved(0.05), shift.worsened(0.05)) == (False, True)
    assert shift.sentence.startswith("A shift that is not wanted: 8 points in a row lie above")


def test_six_in_a_row_among_twelve_is_no_shift_yet():
    shift = frozen_shift([*BASELINE, *[8] * 6, *[4, 8] * 3], baseline=12, better="up")

    assert not shift.improved(0.05)
    assert shift.sentence == (
        "No shift: at most 6 points in a row lie above the median of the 12 baseline points "
        "(5.5); 8 are needed among 12 later points."
    )


def test_a_follow_up_that_was_planned_needs_its_own_run_from_the_first_look_on():
    soon = [*BASELINE, *[8] * 6]

    assert frozen_shift(soon, baseline=12, better="up").improved(0.05)
    shift = frozen_shift(soon, baseline=12, better="up", planned=24)

    assert (shift.later, shift.planned, shift.needed) == (6, 24, 10)
    assert not shift.improved(0.05)
    assert run_chart(soon, baseline=12, better="up", planned=24).shift == shift


@pytest.mark.parametrize(
    ("values", "baseline", "better", "refusal", "sentence"),
    [
        (BASELINE, 0, "up", NoBaseline, "The baseline is empty"),
        (BASELINE, 13, "up", NoBaseline, "13 points, the series only 12"),
        ([*BASELINE, 7], 11, "up", TooFew, "at least 12"),
        ([*BASELINE, 7, 7, 7, 7, 7], 12, "up", TooFew, "5 points follow the baseline"),
        ([5] * 12 + [7] * 6, 12, "up", NoVariation, "All 12 baseline points are 5"),
        ([5] * 10 + [4, 6] + [7] * 6, 12, "up", AllOnMedian, "10 of 12 baseline points"),
        ([*BASELINE, *[7] * 6], 12, "sideways", NoDirection, "up or down"),
    ],
)
def test_a_shift_that_cannot_be_judged_is_refused_in_words(
    values, baseline, better, refusal, sentence
):
    with pytest.raises(refusal, match=sentence):
        frozen_shift(values, baseline=baseline, better=better)


def test_a_chart_with_too_few_later_points_is_drawn_and_says_so():
    chart = run_chart([*BASELINE, 8, 8], baseline=12, better="up")

    assert chart.shift is None
    assert chart.sentence == "2 points follow the baseline; a shift needs at least 6."


@pytest.mark.parametrize("point", [None, float("nan"), float("inf"), "7"])
def test_a_missing_point_is_named_and_never_zero(point):
    with pytest.raises(NotANumber, match=r"Point 3 is not a number"):
        run_chart([1, 2, point, 4])


def test_no_points_are_refused():
    with pytest.raises(TooFew, match="There is no point"):
        run_chart([])


series = st.lists(st.integers(-50, 50), min_size=12, max_size=40)


@settings(max_examples=60, deadline=None)
@given(series, st.integers(1, 9), st.integers(-30, 30))
def test_scale_and_origin_of_a_measure_change_no_verdict(values, scale, origin):
    one, other = run_chart(values), run_chart([scale * value + origin for value in values])

    assert (one.rules, type(one.no_rule)) == (other.rules, type(other.no_rule))


@settings(max_examples=60, deadline=None)
@given(series)
def test_reading_backwards_changes_no_verdict(values):
    assert run_chart(values).rules == run_chart(values[::-1]).rules


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=30))
def test_turning_the_measure_over_swaps_better_and_worse(later):
    up = frozen_shift(BASELINE + later, baseline=12, better="up")
    down = frozen_shift([-value for value in BASELINE + later], baseline=12, better="down")

    assert (up.longest_better, up.chance_better) == (down.longest_better, down.chance_better)
    assert (up.longest_worse, up.chance_worse) == (down.longest_worse, down.chance_worse)
