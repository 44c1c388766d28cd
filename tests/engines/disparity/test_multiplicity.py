"""p values of single comparisons, and Benjamini-Hochberg over all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.measures.multiplicity import (
    against_goal,
    benjamini_hochberg,
    fisher,
    two_groups,
)
from throughline.engines.disparity.tables import IntArray

calm = settings(deadline=None, max_examples=60)

PRINTED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0,
]  # fmt: skip


def arrays(*counts: int) -> list[IntArray]:
    return [np.array([count]) for count in counts]


@st.composite
def fours(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n, m = draw(st.integers(1, 120)), draw(st.integers(1, 120))
    return draw(st.integers(0, n)), n, draw(st.integers(0, m)), m


def test_benjamini_and_hochberg_1995_reject_the_first_four_of_fifteen():
    adjusted = benjamini_hochberg(PRINTED)

    assert (adjusted <= 0.05).tolist() == [True] * 4 + [False] * 11


@calm
@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_p_values_agree_with_scipy(values: list[float]):
    from scipy.stats import false_discovery_control

    expected = false_discovery_control(values) if values else np.zeros(0)

    assert benjamini_hochberg(values) == pytest.approx(expected, abs=1e-12)


@calm
@given(fours())
def test_fisher_agrees_with_scipy(counts: tuple[int, int, int, int]):
    from scipy.stats import fisher_exact

    x, n, y, m = counts
    expected = fisher_exact(np.array([[x, n - x], [y, m - y]])).pvalue

    assert fisher(*counts) == pytest.approx(expected, abs=1e-10)


def test_fisher_does_not_overflow_beside_a_whole_state():
    from scipy.stats import fisher_exact

    expected = fisher_exact(np.array([[2, 1], [4_000, 4_996_000]])).pvalue

    assert fisher(2, 3, 4_000, 5_000_000) == pytest.approx(expected, rel=1e-6)


@pytest.mark.slow
def test_the_pooled_z_agrees_with_statsmodels():
    from statsmodels.stats.proportion import proportions_ztest

    for x, n, y, m in ((30, 100, 60, 120), (81, 263, 15, 148), (500, 1000, 480, 900)):
        expected = proportions_ztest([x, y], [n, m])[1]

        assert two_groups(*arrays(x, n, y, m))[0] == pytest.approx(expected, abs=1e-12)


def test_the_exact_test_is_used_where_an_expected_count_is_below_five():
    few, enough = (2, 20, 7, 20), (3, 20, 7, 20)

    assert two_groups(*arrays(*few))[0] == fisher(*few)
    assert two_groups(*arrays(*enough))[0] != pytest.approx(fisher(*enough), rel=0.05)


@calm
@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 19))
def test_the_test_against_a_goal_agrees_with_scipy(n: int, events: int, twentieth: int):
    from scipy.stats import binomtest, norm

    x, goal = min(events, n), twentieth / 20
    found = against_goal(*arrays(x, n), goal=goal)[0]

    if n * min(goal, 1 - goal) < 5:
        assert found == pytest.approx(binomtest(x, n, goal).pvalue, abs=1e-10)
    else:
        z = abs(x / n - goal) / np.sqrt(goal * (1 - goal) / n)
        assert found == pytest.approx(2 * norm.sf(z), abs=1e-12)


def test_a_goal_of_everyone_is_missed_by_one_student():
    events, n = np.array([9, 10]), np.array([10, 10])

    assert against_goal(events, n, goal=1.0).tolist() == [0.0, 1.0]


@calm
@given(fours())
def test_neither_the_order_of_groups_nor_the_name_of_the_event_matters(
    counts: tuple[int, int, int, int],
):
    x, n, y, m = counts
    p = two_groups(*arrays(*counts))[0]

    assert 0 <= p <= 1
    assert two_groups(*arrays(y, m, x, n))[0] == pytest.approx(p, abs=1e-10)
    assert two_groups(*arrays(n - x, n, m - y, m))[0] == pytest.approx(p, abs=1e-10)


def test_the_same_outcome_for_all_is_no_surprise_and_an_empty_group_no_question():
    assert two_groups(*arrays(0, 50, 0, 70))[0] == 1
    assert two_groups(*arrays(50, 50, 70, 70))[0] == 1
    assert np.isnan(two_groups(*arrays(0, 0, 5, 70))[0])
    assert np.isnan(against_goal(*arrays(0, 0), goal=0.5)[0])
