"""Kitagawa 1955: the parts add up exactly, and Berkeley comes out as it was."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engines.disparity.measures.decomposition import (
    Decomposition,
    Stratum,
    kitagawa,
)
from throughline.engines.disparity.refusals import NotDefined, TooFew

calm = settings(deadline=None, max_examples=60)

# Bickel, Hammel and O'Connell 1975: admitted and applied, men and women, six departments.
BERKELEY = [
    Stratum(512, 825, 89, 108),
    Stratum(353, 560, 17, 25),
    Stratum(120, 325, 202, 593),
    Stratum(138, 417, 131, 375),
    Stratum(53, 191, 94, 393),
    Stratum(22, 373, 24, 341),
]


@st.composite
def stratum(draw: st.DrawFn) -> Stratum:
    n, m = draw(st.integers(0, 300)), draw(st.integers(0, 300))
    return Stratum(draw(st.integers(0, n)), n, draw(st.integers(0, m)), m)


@st.composite
def both_there(draw: st.DrawFn) -> list[Stratum]:
    strata = draw(st.lists(stratum(), max_size=8))
    return [*strata, Stratum(1, 3, 1, 2)]


def test_berkeley_admissions_of_1973_are_14_165_points_of_which_17_767_mix():
    found = kitagawa(BERKELEY)

    points = [100 * float(part) for part in (found.gap, found.rate_part, found.mix_part)]
    assert points == pytest.approx([14.165, -3.603, 17.767], abs=5e-4)
    assert (found.strata, found.one_sided) == (6, 0)


@pytest.mark.slow
def test_berkeley_agrees_with_the_two_fold_oaxaca_of_statsmodels():
    from statsmodels.stats.oaxaca import OaxacaBlinder

    rows = [
        (outcome, men, department)
        for department, s in enumerate(BERKELEY)
        for events, n, men in ((s.events, s.n, 1), (s.other, s.m, 0))
        for outcome in [1] * events + [0] * (n - events)
    ]
    admitted, men, departments = (np.array(column) for column in zip(*rows, strict=True))
    exog = np.column_stack([men, np.eye(6)[departments][:, 1:]])
    mix, rate, gap = (
        OaxacaBlinder(admitted, exog, 0, hasconst=False).two_fold(two_fold_type="reimers").params
    )

    found = kitagawa(BERKELEY)

    ours = (found.gap, found.rate_part, found.mix_part)
    assert [float(part) for part in ours] == pytest.approx([gap, mix, rate], abs=1e-10)


@pytest.mark.slow
@calm
@given(both_there())
def test_the_two_parts_are_the_gap_exactly(strata: list[Stratum]):
    found = kitagawa(strata)

    assert found.gap == found.rate_part + found.mix_part


@pytest.mark.slow
@calm
@given(both_there())
def test_swapping_the_groups_turns_every_part_around(strata: list[Stratum]):
    there = kitagawa(strata)
    back = kitagawa([Stratum(s.other, s.m, s.events, s.n) for s in strata])

    assert (back.gap, back.rate_part, back.mix_part) == (
        -there.gap, -there.rate_part, -there.mix_part,
    )  # fmt: skip


@pytest.mark.slow
@calm
@given(both_there())
def test_the_opposite_outcome_turns_every_part_around(strata: list[Stratum]):
    there = kitagawa(strata)
    back = kitagawa([Stratum(s.n - s.events, s.n, s.m - s.other, s.m) for s in strata])

    assert (back.gap, back.rate_part, back.mix_part) == (
        -there.gap, -there.rate_part, -there.mix_part,
    )  # fmt: skip


def test_a_stratum_of_one_group_alone_is_all_mix_and_counted():
    found = kitagawa([Stratum(1, 2, 1, 2), Stratum(8, 8, 0, 0), Stratum(0, 0, 0, 0)])

    assert found == Decomposition(
        gap=Fraction(2, 5), rate_part=Fraction(0), mix_part=Fraction(2, 5), strata=2, one_sided=1
    )


def test_a_group_that_is_nowhere_is_refused():
    with pytest.raises(TooFew, match="no students"):
        kitagawa([Stratum(1, 2, 0, 0)])
    with pytest.raises(TooFew, match="no students"):
        kitagawa([])


def test_more_events_than_students_are_refused():
    with pytest.raises(NotDefined, match="no more events"):
        Stratum(3, 2, 0, 1)
