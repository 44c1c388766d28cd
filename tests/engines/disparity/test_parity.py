"""Percentage-point gap and students to a target, against the CCCCO example and by brute force."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.measures.exact import exact
from throughline.engines.disparity.measures.parity import (
    below_four_fifths,
    flagged,
    margin,
    students_to_no_longer_flagged,
    students_to_parity,
)

# California Community Colleges, cohort of 2017 as DisImpact documents it: students, successes.
ROWS = {
    "Asian": (3000, 2062),
    "Black": (1000, 310),
    "Hispanic": (2000, 410),
    "Multi-Ethnicity": (500, 262),
    "Native American": (100, 43),
    "White": (3400, 2053),
}
N = np.array([n for n, _ in ROWS.values()])
SUCCESSES = np.array([successes for _, successes in ROWS.values()])
calm = settings(deadline=None, max_examples=60)

ALL = exact([5140] * 6), exact([10_000] * 6)


def test_margins_of_the_ccco_2017_example():
    printed = [0.03, 0.03099032, 0.03, 0.04382693, 0.098, 0.03]

    assert margin(N).tolist() == pytest.approx(printed, abs=5e-9)


def test_flags_of_the_ccco_2017_example():
    found = flagged(SUCCESSES, N, *ALL, good=True)

    assert found.tolist() == [False, True, True, False, False, False]


def test_students_to_no_longer_flagged_of_the_ccco_2017_example_are_174_and_558():
    found = students_to_no_longer_flagged(SUCCESSES, N, *ALL, good=True)

    assert found.tolist() == [0, 174, 558, 0, 0, 0]


def test_students_to_parity_of_the_ccco_2017_example_are_204_and_618_where_print_says_205_and_619():
    found = students_to_parity(SUCCESSES, N, *ALL, good=True)

    assert found.tolist() == [0, 204, 618, 0, 9, 0]


def test_a_ceiling_of_floats_gives_the_printed_205_and_exact_arithmetic_does_not():
    in_floats = (0.514 - 310 / 1000) * 1000

    assert in_floats > 204
    assert students_to_parity(SUCCESSES, N, *ALL, good=True)[1] == 204


def test_eighty_percent_flags_of_the_ccco_2017_example():
    asian = exact([2062] * 6), exact([3000] * 6)

    found = below_four_fifths(SUCCESSES, N, *asian)

    assert found.tolist() == [False, True, True, True, True, False]


def test_exactly_four_fifths_is_not_below():
    one = np.array([4]), np.array([10])

    assert not below_four_fifths(*one, exact([1]), exact([2]))[0]
    assert below_four_fifths(np.array([399]), np.array([1000]), exact([1]), exact([2]))[0]


def test_a_group_exactly_on_the_line_is_not_flagged():
    n, half = np.array([2000]), (exact([1]), exact([2]))

    assert not flagged(np.array([940]), n, *half, good=True)[0]
    assert flagged(np.array([939]), n, *half, good=True)[0]
    assert not flagged(np.array([1060]), n, *half, good=False)[0]
    assert flagged(np.array([1061]), n, *half, good=False)[0]


def test_huge_counts_stay_exact():
    n, events = np.array([4_000_000_007]), np.array([1_999_999_999])
    top, bottom = exact([4_000_000_009]), exact([8_000_000_017])

    found = students_to_parity(events, n, top, bottom, good=True)

    assert Fraction(int(events[0] + found[0]), int(n[0])) >= Fraction(top[0], bottom[0])
    assert Fraction(int(events[0] + found[0]) - 1, int(n[0])) < Fraction(top[0], bottom[0])


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, int, int, int, bool]:
    n, bottom = draw(st.integers(1, 1500)), draw(st.integers(1, 3000))
    events, top = draw(st.integers(0, n)), draw(st.integers(0, bottom))
    return events, n, top, bottom, draw(st.booleans())


@calm
@given(cases())
def test_parity_is_the_smallest_number_that_reaches_the_target(
    case: tuple[int, int, int, int, bool],
):
    events, n, top, bottom, good = case
    sign, target = (1 if good else -1), Fraction(top, bottom)

    k = int(
        students_to_parity(np.array([events]), np.array([n]), exact([top]), exact([bottom]),
                           good=good)[0]
    )  # fmt: skip

    def reached(students: int) -> bool:
        return sign * (Fraction(events + sign * students, n) - target) >= 0

    assert 0 <= events + sign * k <= n
    assert reached(k)
    assert k == 0 or not reached(k - 1)


@calm
@given(cases())
def test_no_longer_flagged_is_the_smallest_number_that_takes_the_flag_away(
    case: tuple[int, int, int, int, bool],
):
    events, n, top, bottom, good = case
    target, sign = (exact([top]), exact([bottom])), (1 if good else -1)

    k = int(students_to_no_longer_flagged(np.array([events]), np.array([n]), *target, good=good)[0])

    def is_flagged(students: int) -> bool:
        now = np.array([events + sign * students])
        return bool(flagged(now, np.array([n]), *target, good=good)[0])

    assert not is_flagged(k)
    assert k == 0 or is_flagged(k - 1)
    off = sign * (top / bottom - events / n) - max(1.96 * sqrt(0.25 / n), 0.03)
    assert abs(off) < 1e-9 or is_flagged(0) == (off > 0)


@calm
@given(cases())
def test_a_bad_outcome_is_the_mirror_image_of_the_good_one(
    case: tuple[int, int, int, int, bool],
):
    events, n, top, bottom, _ = case
    good = np.array([events]), np.array([n]), exact([top]), exact([bottom])
    bad = np.array([n - events]), np.array([n]), exact([bottom - top]), exact([bottom])

    for measure in (students_to_parity, students_to_no_longer_flagged, flagged):
        assert measure(*good, good=True)[0] == measure(*bad, good=False)[0]
