"""The seam between counting and measuring: integers with labels, checked when they are made."""

from __future__ import annotations

import doctest
from fractions import Fraction

import numpy as np
import pytest

from throughline.engines.disparity import tables
from throughline.engines.disparity.tables import Counts, Outcome, Table, aggregated, events_of


def test_counts_cannot_be_changed_afterwards():
    given = np.array([1, 2])
    counts = events_of(given, [3, 4])

    given[0] = 9

    assert counts.total.tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        counts.total[0] = 9


def test_a_float_is_not_a_count():
    with pytest.raises(TypeError, match="whole numbers"):
        events_of([1.0], [2])


@pytest.mark.parametrize(
    ("n", "valid", "total"), [([1], [2], [0]), ([1], [-1], [0]), ([1, 2], [1], [0])]
)
def test_counts_that_cannot_be_are_refused(n: list[int], valid: list[int], total: list[int]):
    with pytest.raises(ValueError, match=r"more known outcomes|equal length"):
        Counts(n, valid, total, total)  # type: ignore[arg-type]


def test_a_group_with_more_events_than_known_outcomes_is_refused():
    with pytest.raises(ValueError, match="more events"):
        aggregated("race", [("Black", 3, 2)], outcome="graduated", everyone=(3, 4))


def test_a_score_may_sum_to_more_than_there_are_students():
    one = Counts([2], [2], [700], [245_000])  # type: ignore[arg-type]

    table = Table((), ((),), Outcome("gpa", scale=100, binary=False), one, one)

    assert table.counts.total.tolist() == [700]


def test_labels_must_fit_the_attributes_and_not_repeat():
    one = events_of([1], [2])
    two = events_of([1, 1], [2, 2])

    with pytest.raises(ValueError, match="one label for each"):
        Table(("race", "sex"), (("Black",),), Outcome("graduated"), one, one)
    with pytest.raises(ValueError, match="same labels"):
        Table(("race",), (("Black",), ("Black",)), Outcome("graduated"), two, one)
    with pytest.raises(ValueError, match="one row of counts per group"):
        Table(("race",), (("Black",),), Outcome("graduated"), two, one)


def test_without_a_stated_total_coverage_cannot_be_told():
    rows = [("Black", 1, 2), ("White", 3, 4)]

    summed = aggregated("race", rows, outcome="graduated", everyone=None)
    stated = aggregated("race", rows, outcome="graduated", everyone=(5, 8))

    assert (summed.whole.n.tolist(), summed.coverage) == ([6], None)
    assert (stated.whole.n.tolist(), stated.coverage) == ([8], Fraction(3, 4))


@pytest.mark.parametrize(("scale", "binary"), [(0, False), (100, True)])
def test_a_scale_fits_its_outcome(scale: int, binary: bool):
    with pytest.raises(ValueError, match="scale"):
        Outcome("gpa", scale, binary)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(tables).failed == 0
