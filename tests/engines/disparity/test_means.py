"""Means of scores and Hedges' g, from integer sums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.measures.differences import (
    Scores,
    hedges_g,
    mean,
    mean_limits,
    relative_percent,
)
from throughline.engines.disparity.measures.multiplicity import two_means

calm = settings(deadline=None, max_examples=40)


def scores_of(*groups: list[int]) -> Scores:
    return Scores(
        np.array([len(group) for group in groups]),
        np.array([sum(group) for group in groups]),
        np.array([sum(score * score for score in group) for group in groups]),
    )


def from_summary(n: int, center: int, deviation: float, scale: int) -> Scores:
    """Scores of this mean and standard deviation, as whole sums at this scale."""
    squares = round(scale**2 * (deviation**2 * (n - 1) + center**2 * n))
    return Scores(np.array([n]), np.array([n * center * scale]), np.array([squares]))


lists = st.lists(st.integers(-500, 500), min_size=2, max_size=30)


def test_hedges_g_as_borenstein_2009_chapter_4_prints_it():
    found = hedges_g(from_summary(50, 103, 5.5, 2), from_summary(50, 100, 4.5, 2))

    ours = found.d[0], found.correction[0], found.g[0], found.error[0]
    assert ours == pytest.approx((0.5970, 0.9923, 0.5924, 0.2028), abs=6e-5)
    assert (found.limits.low[0], found.limits.high[0]) == pytest.approx((0.1949, 0.9900), abs=6e-5)


def test_relative_difference_of_nces_acgr_2014_15_is_14_8_and_8_5_percent():
    ratios = np.array([74.6 / 87.6, 76.1 / 83.2])

    assert relative_percent(ratios).round(1).tolist() == [-14.8, -8.5]


@calm
@given(lists, st.integers(1, 1000))
def test_means_and_their_intervals_agree_with_scipy(group: list[int], scale: int):
    from scipy import stats

    scores = scores_of(group)

    assert mean(scores, scale)[0] == pytest.approx(np.mean(group) / scale, abs=1e-10)
    low, high = mean_limits(scores, scale)
    error = stats.sem(group) / scale
    if error:
        expected = stats.t.interval(0.95, len(group) - 1, np.mean(group) / scale, error)
        assert (low[0], high[0]) == pytest.approx(expected, rel=1e-10, abs=1e-10)


@calm
@given(lists, lists)
def test_the_test_of_two_means_agrees_with_scipy(group: list[int], other: list[int]):
    from scipy import stats

    if len({*group}) > 1 and len({*other}) > 1:
        expected = stats.ttest_ind(group, other).pvalue

        assert two_means(scores_of(group), scores_of(other))[0] == pytest.approx(
            expected, abs=1e-10
        )


@calm
@given(lists, lists, st.integers(2, 50), st.integers(-300, 300))
def test_g_knows_neither_the_scale_nor_the_zero_of_a_score(
    group: list[int], other: list[int], times: int, more: int
):
    plain = hedges_g(scores_of(group), scores_of(other)).g[0]
    moved = hedges_g(
        scores_of([times * score + more for score in group]),
        scores_of([times * score + more for score in other]),
    ).g[0]

    assert moved == pytest.approx(plain, rel=1e-12, nan_ok=True)


@calm
@given(lists, lists)
def test_swapping_the_groups_turns_g_around(group: list[int], other: list[int]):
    there = hedges_g(scores_of(group), scores_of(other))
    back = hedges_g(scores_of(other), scores_of(group))

    assert there.g[0] == pytest.approx(-back.g[0], nan_ok=True)
    assert there.limits.low[0] == pytest.approx(-back.limits.high[0], nan_ok=True)


@pytest.mark.parametrize(
    ("group", "other"), [([5], [1, 2]), ([], [1, 2]), ([3, 3], [3, 3]), ([1, 1], [2, 2])]
)
def test_without_two_students_each_and_some_spread_there_is_no_g(
    group: list[int], other: list[int]
):
    assert np.isnan(hedges_g(scores_of(group), scores_of(other)).g[0])


def test_one_student_has_a_mean_and_no_interval_and_nobody_has_neither():
    scores = scores_of([327], [])

    assert mean(scores, 100)[0] == 3.27
    assert np.isnan(mean_limits(scores, 100).low).all()
    assert np.isnan(mean(scores, 100)[1])


def test_sums_that_float32_would_spoil_stay_exact():
    many = Scores(np.array([3_000_000]), np.array([6_193_293_301]), np.array([10**18]))

    assert mean(many, 10)[0] == 6_193_293_301 / 30_000_000
