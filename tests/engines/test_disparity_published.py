"""Printed rates as ranges, and honest sums of them."""

from __future__ import annotations

import doctest
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.engines.disparity import (
    Percent,
    Reported,
    Total,
    Unreadable,
    add_up,
    gap_points,
    published,
    read_rate,
    students_within,
    whole_percent,
)


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("85", 84.5, 85.5),
        ("80-84", 79.5, 84.5),
        ("21-39", 20.5, 39.5),
        ("6-9", 5.5, 9.5),
        ("GE95", 94.5, 100),
        ("GE99", 98.5, 100),
        ("GT95", 94.5, 100),
        ("GE50", 49.5, 100),
        ("LT50", 0, 50.5),
        ("LE20", 0, 20.5),
        ("LE1", 0, 1.5),
        ("PS", 0, 100),
        ("100", 99.5, 100),
        ("0", 0, 0.5),
    ],
)
def test_a_printed_rate_is_a_range(printed, low, high):
    assert read_rate(printed) == Percent(Fraction(low), Fraction(high))


@pytest.mark.parametrize("printed", [".", ""])
def test_a_dot_is_no_figure_and_never_zero(printed):
    assert read_rate(printed) is None


@pytest.mark.parametrize(
    "printed", ["*", "<10", "n<", "-9", "-3", "84-80", "GE", "101", "8O", "GE 95"]
)
def test_an_unknown_form_is_refused_with_what_was_expected(printed):
    with pytest.raises(Unreadable, match="expected such as 85, 80-84"):
        read_rate(printed)


def test_rounding_to_whole_students_goes_outward():
    assert students_within(Percent(Fraction("79.5"), Fraction("84.5")), 63) == (50, 54)


def test_three_schools_add_up_to_a_range():
    parts = [Reported(268, "83"), Reported(63, "80-84"), Reported(4, "PS")]

    total = add_up(parts)

    assert total == Total(
        low=221 + 50 + 0,
        high=224 + 54 + 4,
        n=335,
        counted=3,
        parts=3,
        stated=335,
        unsized=0,
        protected=1,
    )
    assert total.rate == Percent(Fraction(27100, 335), Fraction(28200, 335))
    assert whole_percent(total.rate) == (80, 85)


def test_a_part_without_a_rate_leaves_the_sum_and_lowers_the_coverage():
    total = add_up([Reported(100, "90"), Reported(25, "."), Reported(None, "87")])

    assert (total.n, total.coverage, total.unsized) == (100, Fraction(4, 5), 1)
    assert (total.counted, total.parts) == (1, 3)


def test_nobody_counted_has_no_rate():
    total = add_up([Reported(None, "87"), Reported(0, "."), Reported(None, ".")])

    assert (total.rate, total.coverage) == (None, None)


def test_a_negative_size_is_refused():
    with pytest.raises(ValueError, match="-9 students"):
        add_up([Reported(-9, "PS")])


def test_the_gap_of_two_ranges_holds_every_gap_of_their_members():
    one, other = read_rate("70-74"), read_rate("83")
    assert one is not None and other is not None
    assert gap_points(one, other) == (Fraction(-14), Fraction(-8))


def publish(graduated: int, n: int) -> str:
    """Print a rate the way the federal file does, by the size of the group."""
    percent = (200 * graduated + n) // (2 * n)
    if n <= 5:
        return "PS"
    if n <= 15:
        return "GE50" if 2 * graduated >= n else "LT50"
    if n > 200:
        return "GE99" if percent >= 99 else "LE1" if percent <= 1 else str(percent)
    width = 20 if n <= 30 else 10 if n <= 60 else 5
    if percent <= width:
        return f"LE{width}"
    if percent >= 100 - width:
        return f"GE{100 - width}"
    first = percent - percent % width
    last = first + width - 1
    return f"{first + 1 if first == width else first}-{last}"


schools = st.tuples(st.integers(1, 900), st.integers(0, 1000)).map(
    lambda drawn: (drawn[0], drawn[0] * drawn[1] // 1000)
)
"""The size of a group, and how many of it graduated."""

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
"""Laws hold however slow the machine is."""


@calm
@given(st.lists(schools, min_size=1, max_size=15))
def test_the_range_of_a_sum_contains_whatever_truth_was_printed(truth):
    total = add_up(Reported(n, publish(graduated, n)) for n, graduated in truth)

    assert total.low <= sum(graduated for _, graduated in truth) <= total.high
    assert total.coverage == 1


printed_rates = st.sampled_from(
    ["85", "80-84", "GE95", "LT50", "21-39", "LE20", "PS", ".", "", "GE99", "LE1", "60-69"]
)
reported = st.builds(Reported, st.none() | st.integers(0, 2000), printed_rates)


@calm
@given(st.lists(reported, max_size=20))
def test_coverage_is_never_more_than_everybody_and_ranges_run_upwards(parts):
    total = add_up(parts)

    assert total.coverage is None or 0 <= total.coverage <= 1
    assert 0 <= total.low <= total.high <= total.n <= total.stated
    if total.rate:
        assert 0 <= total.rate.low <= total.rate.high <= 100


@calm
@given(st.lists(reported, max_size=12), st.randoms())
def test_the_order_of_the_parts_changes_nothing(parts, random):
    shuffled = list(parts)
    random.shuffle(shuffled)

    assert add_up(parts) == add_up(shuffled)


@calm
@given(schools, schools)
def test_swapping_two_groups_mirrors_the_gap(one, other):
    rates = [add_up([Reported(n, publish(g, n))]).rate for n, g in (one, other)]
    assert rates[0] is not None and rates[1] is not None
    there, back = gap_points(rates[0], rates[1]), gap_points(rates[1], rates[0])

    assert there == (-back[1], -back[0])


def test_the_examples_in_the_text_are_right():
    assert doctest.testmod(published).failed == 0
