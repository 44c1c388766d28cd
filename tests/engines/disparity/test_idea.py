"""34 CFR 300.647: risk ratio, alternate risk ratio, floors, years above the threshold."""

from __future__ import annotations

from fractions import Fraction

import pytest

from throughline.engines.disparity.comparators import AllOthers
from throughline.engines.disparity.comparing import compare
from throughline.engines.disparity.measures.idea import (
    CATEGORIES,
    GROUPS,
    IdeaRatio,
    PooledRatio,
    Risk,
    Rule,
    Standing,
    idea_ratio,
    idea_ratios,
    pooled_ratio,
    standing,
)
from throughline.engines.disparity.refusals import NotDefined, TooFew
from throughline.engines.disparity.tables import Outcome, Table, aggregated, events_of

RULE = Rule(Fraction(5, 2), source="State Advisory Panel, 12 March 2018")
GROUP, OTHERS, STATE = Risk(40, 400), Risk(60, 1600), Risk(12_000, 400_000)


def year(value: str | None) -> IdeaRatio:
    if value is None:
        return IdeaRatio("not computed", None, exceeds=False, reason="Too few.")
    ratio = Fraction(value)
    return IdeaRatio("risk ratio", ratio, exceeds=ratio > RULE.threshold, reason="")


def test_seven_groups_times_fourteen_categories_are_98_ratios():
    assert len(GROUPS) * len(CATEGORIES) == 98
    of_the_disabled = [c for c in CATEGORIES if c.denominator == "children with disabilities"]
    assert len(of_the_disabled) == 7


def test_the_made_up_example_of_the_design_is_2_67_and_3_33():
    local = idea_ratio(GROUP, OTHERS, STATE, RULE)
    few = idea_ratio(GROUP, Risk(9, 1600), STATE, RULE)

    assert local == IdeaRatio("risk ratio", Fraction(8, 3), exceeds=True, reason="")
    assert few == IdeaRatio(
        "alternate risk ratio",
        Fraction(10, 3),
        exceeds=True,
        reason="Other groups in the district: 9 children are fewer than the minimum cell of 10.",
    )


def test_reaching_the_threshold_is_not_exceeding_it():
    assert not idea_ratio(Risk(25, 100), Risk(10, 100), None, RULE).exceeds
    assert idea_ratio(Risk(26, 100), Risk(10, 100), None, RULE).exceeds


@pytest.mark.parametrize(
    ("group", "others", "state", "reason"),
    [
        (Risk(9, 400), OTHERS, STATE, "Group in the district: 9 children are fewer than the "
         "minimum cell of 10."),
        (Risk(20, 29), OTHERS, STATE, "Group in the district: 29 children are fewer than the "
         "minimum n of 30."),
        (GROUP, Risk(20, 29), None, "Other groups in the district: 29 children are fewer than the "
         "minimum n of 30. The State's counts are needed for the alternate risk ratio."),
        (GROUP, Risk(0, 29), Risk(9, 400), "Other groups in the district: 0 children are fewer "
         "than the minimum cell of 10. Other groups in the State: 9 children are fewer than the "
         "minimum cell of 10."),
    ],
)  # fmt: skip
def test_below_a_floor_there_is_no_ratio_and_a_reason(
    group: Risk, others: Risk, state: Risk | None, reason: str
):
    found = idea_ratio(group, others, state, RULE)

    assert found == IdeaRatio("not computed", None, exceeds=False, reason=reason)


def test_the_floors_of_the_rule_are_met_by_reaching_them():
    assert idea_ratio(Risk(10, 30), Risk(10, 30), None, RULE).value == 1


def test_a_small_group_has_no_ratio_by_the_rule_and_still_a_gap_with_an_interval():
    table = aggregated(
        "race", [("Black", 4, 60), ("White", 60, 1600)], outcome="suspended", everyone=None
    )

    found = compare(table, comparator=AllOthers(), outcome_is="bad")

    assert idea_ratios(table, RULE)[0].kind == "not computed"
    assert found.figure("gap_points", 0).has_interval


def test_a_table_gives_one_ratio_a_group_and_leaves_the_missing_out():
    rows = [("Black", 40, 400), ("White", 40, 1000), ("Asian", 20, 600), ("Missing", 50, 60)]
    table = aggregated("race", rows, outcome="suspended", everyone=None)

    found = idea_ratios(table, RULE)

    assert [ratio.value for ratio in found] == [
        Fraction(8, 3), Fraction(2, 3), Fraction(7, 12), None,
    ]  # fmt: skip
    assert found[3].reason == "Race or ethnicity is missing."


def test_the_others_in_the_state_are_those_of_the_same_group():
    district = aggregated(
        "race", [("Black", 40, 400), ("White", 3, 50)], outcome="suspended", everyone=None
    )
    state = aggregated(
        "race", [("Black", 900, 9000), ("White", 12_000, 400_000)], outcome="suspended",
        everyone=None,
    )  # fmt: skip

    black, white = idea_ratios(district, RULE, state)

    assert (black.kind, black.value) == ("alternate risk ratio", Fraction(10, 3))
    assert (white.kind, white.value) == ("not computed", None)


def test_overlapping_groups_and_scores_are_refused():
    one = events_of([12], [40])
    overlapping = Table(("race",), (("Black",),), Outcome("suspended"), one, one, overlapping=True)
    scores = Table(("race",), (("Black",),), Outcome("gpa", 100, binary=False), one, one)

    for table in (overlapping, scores):
        with pytest.raises(NotDefined, match="each child in one group"):
            idea_ratios(table, RULE)


@pytest.mark.parametrize(
    ("years", "progress", "expected"),
    [
        (["3", "3"], [], Standing(2, False, "2 of 3 years in a row above it.")),
        (["3", "3", "3"], [], Standing(3, True, "3 years in a row above the threshold.")),
        (["3", None, "3", "3"], [], Standing(2, False, "2 of 3 years in a row above it.")),
        (["3", "3", "3", "2"], [], Standing(0, False, "0 of 3 years in a row above it.")),
        (["3", "3", "3"], [True, True],
         Standing(3, False, "Reasonable progress in each of the two prior years.")),
        (["3", "3", "3"], [True, False],
         Standing(3, True, "3 years in a row above the threshold.")),
        (["3", "3", "3"], [True], Standing(3, True, "3 years in a row above the threshold.")),
    ],
)  # fmt: skip
def test_a_state_waits_for_years_in_a_row_and_for_progress(
    years: list[str | None], progress: list[bool], expected: Standing
):
    assert standing([year(value) for value in years], RULE, progress) == expected


def test_pooled_years_are_a_measure_of_our_own_and_not_a_mean_of_ratios():
    found = pooled_ratio([(Risk(5, 100), Risk(10, 800)), (Risk(1, 20), Risk(20, 800))])

    assert isinstance(found, PooledRatio)
    assert found.value == pytest.approx((6 / 120) / (30 / 1600))
    assert (found.years, found.low < found.value < found.high) == (2, True)
    assert "Not the ratio of 34 CFR 300.647" in str(PooledRatio.__doc__)


def test_pooling_years_without_events_is_refused():
    with pytest.raises(TooFew, match="no events"):
        pooled_ratio([(Risk(0, 100), Risk(10, 800))])
    with pytest.raises(TooFew, match="no events"):
        pooled_ratio([])


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"threshold": Fraction(1)}, "equal risk"),
        ({"min_cell": 0}, "at least 1"),
        ({"min_n": 0}, "at least 1"),
        ({"years": 4}, "one to three years"),
        ({"source": " "}, "where the State"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(change: dict[str, object], match: str):
    good: dict[str, object] = {"threshold": Fraction(2), "source": "made up"}

    with pytest.raises(NotDefined, match=match):
        Rule(**{**good, **change})  # type: ignore[arg-type]


def test_floors_above_10_and_30_are_not_presumptively_reasonable():
    assert RULE.is_presumptively_reasonable
    assert not Rule(Fraction(2), "made up", min_cell=11).is_presumptively_reasonable
    assert not Rule(Fraction(2), "made up", min_n=31).is_presumptively_reasonable


def test_more_events_than_children_are_incidents_and_refused():
    with pytest.raises(NotDefined, match="762 of 700 children"):
        Risk(762, 700)
