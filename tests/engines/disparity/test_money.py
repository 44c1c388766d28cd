"""Spread of spending: printed and worked examples, laws, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.measures.money import (
    coefficient_of_variation,
    concentration_index,
    federal_range_ratio,
    gini,
    mcloone,
    mean_spending,
    poverty_quarters_ratio,
    poverty_slope,
    quantile,
    theil,
    verstegen,
)
from throughline.engines.disparity.refusals import NotDefined, TooFew

calm = settings(deadline=None, max_examples=40)

PUPILS = [100, 200, 300, 250, 150]
SPENDING = [8_000, 9_000, 10_000, 11_000, 14_000]
ALL = (coefficient_of_variation, theil, gini, mcloone, verstegen, federal_range_ratio)


@st.composite
def units(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    size = draw(st.integers(2, 12))
    pupils = st.lists(st.integers(1, 5000), min_size=size, max_size=size)
    spending = st.lists(st.integers(1, 40_000), min_size=size, max_size=size)
    return draw(pupils), draw(spending)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (mean_spending, 10_450),
        (coefficient_of_variation, 0.1670535),
        (theil, 0.01345019),
        (gini, 0.08827751),
        (mcloone, 0.8666667),
        (verstegen, 1.2125),
        (federal_range_ratio, 0.75),
    ],
)
def test_the_worked_example_of_five_units(measure, expected: float):
    assert measure(PUPILS, SPENDING) == pytest.approx(expected, rel=5e-7)


def test_concentration_index_as_world_bank_technical_note_7_prints_it():
    births = [29_939, 28_776, 26_528, 24_689, 19_739]
    deaths = [154.7, 152.9, 119.5, 86.9, 54.3]

    assert concentration_index(births, deaths, [1, 2, 3, 4, 5]) == pytest.approx(-0.1694, abs=5e-5)


def test_the_order_of_units_changes_nothing():
    for measure in ALL:
        assert measure(PUPILS[::-1], SPENDING[::-1]) == pytest.approx(measure(PUPILS, SPENDING))


@calm
@given(units())
def test_gini_is_half_the_relative_mean_difference_of_all_pairs(case: tuple[list[int], list[int]]):
    w, x = (np.array(part, dtype=np.float64) for part in case)
    pairs = (np.outer(w, w) * np.abs(x[:, None] - x[None, :])).sum()

    expected = pairs / (2 * np.average(x, weights=w) * w.sum() ** 2)

    assert gini(*case) == pytest.approx(expected, abs=1e-10)


@calm
@given(units(), st.integers(2, 9))
def test_neither_the_currency_nor_the_number_of_pupils_changes_spread(
    case: tuple[list[int], list[int]], times: int
):
    pupils, spending = case
    for measure in ALL:
        plain = measure(pupils, spending)
        assert measure(pupils, [times * x for x in spending]) == pytest.approx(plain, abs=1e-10)
        assert measure([times * w for w in pupils], spending) == pytest.approx(plain, abs=1e-10)


@calm
@given(units())
def test_a_unit_split_in_two_changes_nothing(case: tuple[list[int], list[int]]):
    pupils, spending = case
    doubled = [*pupils, pupils[0]], [*spending, spending[0]]
    merged = [2 * pupils[0], *pupils[1:]], spending

    for measure in ALL:
        assert measure(*doubled) == pytest.approx(measure(*merged), abs=1e-10)


@calm
@given(units())
def test_equal_spending_has_no_spread(case: tuple[list[int], list[int]]):
    pupils, _ = case
    equal = [9_000] * len(pupils)

    found = [measure(pupils, equal) for measure in ALL]

    assert found == pytest.approx([0, 0, 0, 1, 1, 0], abs=1e-12)


@calm
@given(units())
def test_concentration_by_spending_itself_is_gini_and_by_its_opposite_minus_gini(
    case: tuple[list[int], list[int]],
):
    pupils, spending = case
    there = concentration_index(pupils, spending, spending)
    back = concentration_index(pupils, spending, [-x for x in spending])

    assert (there, back) == pytest.approx((gini(*case), -gini(*case)), abs=1e-10)


def test_units_of_equal_rank_share_one_place():
    one = concentration_index([10, 30, 20], [1, 5, 3], [1, 1, 2])
    other = concentration_index([30, 10, 20], [5, 1, 3], [1, 1, 2])

    assert one == pytest.approx(other)


def test_percentiles_are_of_pupils_and_reached_exactly():
    assert [quantile([50, 50], [1, 2], percent) for percent in (5, 50, 51, 95)] == [1, 1, 2, 2]


def test_the_slope_on_poverty_agrees_with_weighted_least_squares():
    poverty = [0.9, 0.7, 0.4, 0.3, 0.1]

    slope = np.polyfit(poverty, SPENDING, 1, w=np.sqrt(PUPILS))[0]

    assert poverty_slope(PUPILS, SPENDING, poverty) == pytest.approx(slope / 100)


def test_quarters_of_pupils_divide_a_unit_on_the_border():
    # Poorest 250 of 1,000: 100 at 8,000 and 150 at 9,000; least poor: 150 at 14,000, 100 at 11,000.
    poverty = [0.9, 0.7, 0.4, 0.3, 0.1]

    found = poverty_quarters_ratio(PUPILS, SPENDING, poverty)

    assert found == pytest.approx((800_000 + 1_350_000) / (2_100_000 + 1_100_000))


def test_quarters_of_equal_poverty_are_taken_together():
    found = poverty_quarters_ratio([50, 50, 100], [10, 30, 20], [0.5, 0.5, 0.1])

    assert found == pytest.approx(1.0)


def test_one_unit_or_nothing_spent_is_refused():
    for pupils, spending in (([5], [1]), ([5, 0], [1, 2]), ([5, 5], [0, 0])):
        with pytest.raises(TooFew, match="two units"):
            gini(pupils, spending)
    with pytest.raises(TooFew, match="no slope"):
        poverty_slope([5, 5], [1, 2], [0.5, 0.5])


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: gini([5, 5], [1, 2, 3]), "for each unit"),
        (lambda: gini([5, -5], [1, 2]), "not negative"),
        (lambda: gini([5, 5], [1, float("nan")]), "not negative"),
        (lambda: theil([5, 5], [0, 2]), "logarithm"),
        (lambda: verstegen([6, 5], [0, 2]), "spend nothing"),
        (lambda: federal_range_ratio([5, 5], [0, 2]), "5th percentile"),
        (lambda: concentration_index([5, 5], [1, 2], [1]), "one rank"),
        (lambda: poverty_slope([5, 5], [1, 2], [0.5, 50]), "between 0 and 1"),
        (lambda: poverty_quarters_ratio([5, 5], [0, 2], [0.1, 0.9]), "least poor"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(call, match: str):
    with pytest.raises(NotDefined, match=match):
        call()
