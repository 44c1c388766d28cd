"""XmR, p and p-prime charts."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from throughline.engines.improvement import (
    BadCount,
    Mismatched,
    NoBaseline,
    NoDirection,
    NoVariation,
    TooFew,
    TooVaried,
    p_chart,
    p_prime,
    xmr,
)

NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
ATTENDED = [266501, 264225, 276532, 281461, 269071, 261215]
ALL = [280443, 276823, 291681, 296155, 282343, 275888]


def test_xmr_limits_are_those_of_the_nist_handbook_6_3_2_2():
    chart = xmr(NIST)

    assert chart.center == pytest.approx(50.81)
    assert chart.ranges.center == pytest.approx(1.8778, abs=5e-5)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((45.8159, 55.8041), abs=5e-5)
    assert chart.ranges.upper == pytest.approx(3.267 * 1.877778, abs=1e-4)
    assert chart.beyond == ()
    assert chart.sentence == "No point lies past the limits (center 50.81)."


def test_the_median_form_uses_the_median_range_and_3_145():
    chart = xmr(NIST, form="median")

    assert chart.center == pytest.approx(51.25)
    assert chart.ranges.center == pytest.approx(1.5)
    assert chart.upper[0] == pytest.approx(51.25 + 3.145 * 1.5)
    assert chart.ranges.upper == pytest.approx(3.865 * 1.5)


def test_one_wild_point_widens_the_mean_form_more_than_the_median_form():
    wild = [*NIST, 90.0, *NIST]

    assert 20 in xmr([*NIST, *NIST, 90.0, *NIST], form="median").above
    assert xmr(wild).ranges.upper > xmr(wild, form="median").ranges.upper


def test_p_and_p_prime_limits_are_those_of_mohammed_2013_for_nhs_emergency_attendances():
    p, prime = p_chart(ATTENDED, ALL), p_prime(ATTENDED, ALL)

    assert p.center == prime.center == pytest.approx(0.950492, abs=5e-7)
    assert prime.sigma_z == pytest.approx(9.4241, abs=5e-5)
    assert (p.lower[0], p.upper[0]) == pytest.approx((0.949263, 0.951721), abs=5e-7)
    assert (prime.lower[0], prime.upper[0]) == pytest.approx((0.938911, 0.962073), abs=5e-7)
    assert (len(p.beyond), prime.beyond) == (4, ())


def test_a_p_chart_of_very_large_groups_sends_people_to_p_prime():
    chart = p_chart(ATTENDED, ALL)

    assert isinstance(chart.no_rule, TooVaried)
    assert "9.4 times as much as chance sampling alone" in chart.sentence


def test_limits_of_shares_are_clipped_and_wider_for_fewer_people():
    chart = p_chart([1, 0, 2, 1], [25, 25, 400, 25])

    assert chart.lower == (0.0, 0.0, 0.0, 0.0)
    assert chart.upper[0] > chart.upper[2]
    assert chart.sizes == (25, 25, 400, 25)


BEFORE = [20, 22, 19, 21, 18, 20, 23, 20, 19, 21, 20, 22]


def test_a_later_point_past_the_wanted_limit_of_a_p_chart_is_a_signal():
    chart = p_chart([*BEFORE, 30, 6, 19], [100] * 15, baseline=12, better="down")

    assert (chart.above, chart.below) == ((), (13,))
    assert chart.improved(0.05)
    assert not chart.worsened(0.05)
    assert chart.sentence == (
        "Against limits from 12 baseline points (center 20.4 %): 1 of 3 later points lies past "
        "the lower limit. Noise alone shows as much in about 0.3 % of such series. That is a signal "
        "in the wanted direction."
    )


def test_a_later_point_past_the_other_limit_is_told_as_worse():
    chart = p_chart([*BEFORE, 40, 20, 19], [100] * 15, baseline=12, better="down")

    assert (chart.improved(0.05), chart.worsened(0.05)) == (False, True)
    assert "1 of 3 later points lies past the upper limit" in chart.sentence
    assert chart.sentence.endswith("That is a signal that is not wanted.")


def test_one_of_many_later_points_past_an_xmr_limit_is_no_signal():
    steady = [10, 12, 11, 9, 10, 12, 8, 11, 10, 9, 11, 10]
    chart = xmr([*steady, *steady, *steady[:-1], 16], baseline=12, better="up")

    assert chart.above == (35,)
    assert not chart.improved(0.05)
    assert chart.sentence.endswith(
        "Noise alone shows as much in about 14.2 % of such series. That is no signal yet."
    )


def test_two_later_points_past_an_xmr_limit_are_a_signal():
    steady = [10, 12, 11, 9, 10, 12, 8, 11, 10, 9, 11, 10]
    chart = xmr([*steady, *steady, *steady[:-2], 16, 17], baseline=12, better="up")

    assert chart.improved(0.05)


def test_limits_from_all_points_carry_no_claim():
    chart = xmr([*NIST, 70.0])

    assert chart.above == (10,)
    assert isinstance(chart.no_rule, NoBaseline)
    assert not chart.improved(0.05)


def test_a_short_baseline_draws_limits_and_carries_no_claim():
    chart = xmr([*NIST, 70.0], baseline=10, better="up")

    assert chart.above == (10,)
    assert isinstance(chart.no_rule, TooFew)
    assert "a claim needs at least 12" in chart.sentence
    assert not chart.improved(0.05)


def test_a_baseline_that_nothing_follows_carries_no_claim():
    chart = p_chart(BEFORE, [100] * 12, baseline=12, better="down")

    assert chart.sentence == (
        "Against limits from 12 baseline points (center 20.4 %): no point lies past the lower "
        "limit. No point follows the baseline yet."
    )


def test_figures_close_to_zero_carry_no_claim_by_limits():
    rare = [1, 0, 2, 1, 3, 0, 1, 2, 0, 1, 4, 1]
    chart = xmr([*rare, 9, 9], baseline=12, better="up")

    assert chart.above == (12, 13)
    assert not chart.improved(0.05)
    assert chart.sentence.endswith("limits carry no claim here. Take a run chart.")


@pytest.mark.parametrize(
    ("chart", "refusal", "sentence"),
    [
        (lambda: xmr([1, 2]), TooFew, "two moving ranges"),
        (lambda: xmr([1, 2, 3, 4], baseline=2, better="up"), TooFew, "two moving ranges"),
        (lambda: xmr([7] * 20), NoVariation, "no limits"),
        (lambda: xmr([7, 7, 7, 7, 9], form="median"), NoVariation, "no limits"),
        (lambda: xmr(NIST, baseline=0, better="up"), NoBaseline, "empty"),
        (lambda: xmr(NIST, baseline=11, better="up"), NoBaseline, "only 10"),
        (lambda: xmr(NIST, baseline=5), NoDirection, "up or down"),
        (lambda: p_chart([3, 4], [24, 30]), TooFew, "Point 1 has 24 people"),
        (lambda: p_chart([], []), TooFew, "no point"),
        (lambda: p_chart([0, 0], [30, 30]), NoVariation, "Nobody"),
        (lambda: p_chart([30, 30], [30, 30]), NoVariation, "Everybody"),
        (lambda: p_chart([31, 30], [30, 30]), BadCount, "31 of 30"),
        (lambda: p_chart([-1, 30], [30, 30]), BadCount, "-1 of 30"),
        (lambda: p_chart(cast("list[int]", [1.5, 30]), [30, 30]), BadCount, "1.5 of 30"),
        (lambda: p_chart([1], [30, 30]), Mismatched, "1 counts of events and 2"),
        (lambda: p_prime([3, 4], [3000, 3000]), TooFew, "two moving ranges"),
        (lambda: p_prime([30] * 5, [3000] * 5), NoVariation, "do not vary"),
    ],
)
def test_what_has_no_limits_is_refused_in_words(chart, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        chart()


values = st.lists(st.integers(-40, 40), min_size=3, max_size=30)


@settings(max_examples=60, deadline=None)
@given(values, st.integers(1, 7), st.integers(-20, 20))
def test_xmr_limits_follow_scale_and_origin(points, scale, origin):
    assume(len(set(points)) > 1)

    one, other = xmr(points), xmr([scale * value + origin for value in points])

    assert other.center == pytest.approx(scale * one.center + origin)
    assert other.upper[0] == pytest.approx(scale * one.upper[0] + origin)
    assert other.ranges.upper == pytest.approx(scale * one.ranges.upper)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(25, 90), st.integers(0, 25)), min_size=3, max_size=20))
def test_a_p_chart_of_the_complement_is_its_mirror(points):
    sizes, events = [n for n, _ in points], [x for _, x in points]
    assume(0 < sum(events) < sum(sizes))

    one = p_chart(events, sizes)
    other = p_chart([n - x for n, x in points], sizes)

    assert other.center == pytest.approx(1 - one.center)
    assert other.upper == pytest.approx([1 - low for low in one.lower])
    assert (other.above, other.below) == (one.below, one.above)
