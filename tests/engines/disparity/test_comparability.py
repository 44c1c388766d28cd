"""Title I comparability: 110 percent of pupils per staff, 90 percent of spending."""

from __future__ import annotations

import pytest

from throughline.engines.disparity.measures.comparability import (
    spending_comparability,
    staff_comparability,
)
from throughline.engines.disparity.refusals import NotDefined, TooFew

# Title I schools of the example in the federal guidance: pupils, full-time instructional staff.
PUPILS = [528, 510, 417, 726, 189, 808, 673]
STAFF = [70.2, 49.4, 38.7, 59, 16, 58, 60]


def test_the_seven_schools_of_the_federal_example_are_within_14_1_pupils_per_staff():
    # The guidance prints 12.8 pupils per staff for the four other schools, 4,010 pupils together.
    found = staff_comparability(
        [*PUPILS, 4010], [*STAFF, 4010 / 12.8], [True] * 7 + [False]
    )  # fmt: skip

    assert round(found.limit, 1) == 14.1
    assert found.ratio[:7].round(1).tolist() == [7.5, 10.3, 10.8, 12.3, 11.8, 13.9, 11.2]
    assert found.comparable.all()


def test_more_pupils_per_staff_than_110_percent_is_not_comparable():
    found = staff_comparability([111, 110, 100, 300], [10, 10, 10, 30], [True, True, False, False])

    assert found.comparable.tolist() == [False, True, True, True]


def test_less_spending_than_90_percent_is_not_comparable():
    found = spending_comparability(
        [10, 10, 20, 20], [89_999, 90_000, 100_000, 300_000], [True, True, False, False]
    )

    assert found.limit == 9_000
    assert found.comparable.tolist() == [False, True, True, True]


@pytest.mark.parametrize("kinds", [[True, True], [False, False]])
def test_without_a_school_of_each_kind_there_is_nothing_to_compare(kinds: list[bool]):
    with pytest.raises(TooFew, match="of each kind"):
        staff_comparability([100, 100], [10, 10], kinds)


@pytest.mark.parametrize(
    ("pupils", "staff", "match"),
    [
        ([100, 100, 1], [10, 10], "Title I school or is not"),
        ([100, 0], [10, 10], "has pupils"),
        ([100, 100], [10, -1], "not negative"),
        ([100, 100], [10, 0], "without instructional staff"),
    ],
)
def test_schools_that_cannot_be_are_refused(pupils: list[int], staff: list[float], match: str):
    with pytest.raises(NotDefined, match=match):
        staff_comparability(pupils, staff, [True, False])
