"""A table against every kind of comparator: golden values, what is refused, what is left open."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests.engines.disparity.examples import CCCCO, scores, values
from throughline.engines.disparity.comparators import (
    AllOthers,
    Comparator,
    Everyone,
    Goal,
    Group,
    Highest,
)
from throughline.engines.disparity.comparing import compare, fitting, together
from throughline.engines.disparity.measures.multiplicity import benjamini_hochberg
from throughline.engines.disparity.refusals import TooFew
from throughline.engines.disparity.registry import BY_ID, OutcomeIs
from throughline.engines.disparity.tables import Outcome, Table, aggregated, events_of

KINDS: list[Comparator] = [AllOthers(), Everyone(), Group("White"), Highest(), Goal(0.6)]


def test_nces_acgr_2014_15_black_against_white_is_13_0_points_and_14_8_percent():
    table = aggregated(
        "race", [("Black", 746, 1000), ("White", 876, 1000)], outcome="graduated", everyone=None
    )

    found = compare(
        table, comparator=Group("White"), outcome_is="good",
        measures=["gap_points", "relative_difference_percent"],
    )  # fmt: skip

    black = found.row("Black")
    assert found.figure("gap_points", black).value == pytest.approx(-13.0)
    assert found.figure("relative_difference_percent", black).value == pytest.approx(
        -14.8, abs=0.05
    )
    assert (found.figure("gap_points", black).unit, found.comparator_label) == (
        "points", "White students",
    )  # fmt: skip


def test_nces_acgr_2014_15_disadvantaged_against_all_is_7_1_points_and_8_5_percent():
    table = aggregated(
        "income", [("Economically disadvantaged", 7610, 10_000)], outcome="graduated",
        everyone=(17_472, 21_000),
    )  # fmt: skip

    found = compare(
        table, comparator=Everyone(), outcome_is="good",
        measures=["gap_points", "relative_difference_percent"],
    )  # fmt: skip

    assert found.figure("gap_points", 0).value == pytest.approx(-7.1)
    assert found.figure("relative_difference_percent", 0).value == pytest.approx(-8.5, abs=0.05)


def test_all_rows_of_the_ccco_2017_example():
    found = compare(
        CCCCO, comparator=Everyone(), outcome_is="good",
        measures=[
            "rate", "percentage_point_gap", "students_to_no_longer_flagged", "students_to_parity",
            "proportionality_index", "eighty_percent_index",
        ],
    )  # fmt: skip

    assert values(found, "students_to_parity") == [0, 204, 618, 0, 9, 0]
    assert values(found, "students_to_no_longer_flagged") == [0, 174, 558, 0, 0, 0]
    assert found.figures["percentage_point_gap"].flagged.tolist() == [
        False, True, True, False, False, False,
    ]  # fmt: skip
    black = found.figure("percentage_point_gap", 1)
    around = np.array([black.low, black.high]) + 51.4
    assert around.tolist() == pytest.approx([27.90097, 34.09903], abs=5e-5)
    index = [round(value, 3) for value in values(found, "proportionality_index")]
    assert index[1:3] + index[4:5] == [0.603, 0.399, 0.837]
    eighty = [value and round(value, 3) for value in values(found, "eighty_percent_index")]
    assert eighty == [None, 0.451, 0.298, 0.762, 0.626, 0.879]
    assert found.figures["eighty_percent_index"].comparator == "Asian students (highest rate)"


def test_the_made_up_idea_example_of_the_design_as_ratio_and_composition():
    table = aggregated(
        "race", [("Black", 40, 400), ("Others", 60, 1600)], outcome="suspended", everyone=None
    )

    found = compare(
        table, comparator=AllOthers(), outcome_is="bad",
        measures=["risk_ratio", "composition_share", "composition_difference", "composition_index"],
    )  # fmt: skip

    assert found.figure("risk_ratio", 0).value == pytest.approx(8 / 3)
    assert found.figure("composition_share", 0).value == pytest.approx(0.4)
    assert found.figure("composition_difference", 0).value == pytest.approx(20)
    assert found.figure("composition_index", 0).value == pytest.approx(2)


def test_e_formula_of_20_percent_and_200_students_is_22_83():
    table = aggregated(
        "race", [("Black", 46, 200), ("Asian", 45, 200), ("Others", 109, 600)],
        outcome="special education", everyone=None,
    )  # fmt: skip

    found = compare(table, comparator=AllOthers(), outcome_is="bad", measures=["e_formula"])

    assert found.figure("e_formula", 0).value == pytest.approx(0.2283, abs=5e-5)
    assert found.figures["e_formula"].flagged.tolist() == [True, False, False]


@pytest.mark.parametrize("comparator", KINDS)
def test_every_figure_names_unit_source_comparator_and_is_never_nan(comparator: Comparator):
    names = fitting(CCCCO, comparator=comparator, outcome_is="good")

    found = compare(CCCCO, comparator=comparator, outcome_is="good", measures=names)

    assert tuple(found.figures) == names
    for name, figures in found.figures.items():
        assert (figures.unit, figures.sources) == (BY_ID[name].unit, BY_ID[name].sources)
        assert bool(figures.comparator) == bool(BY_ID[name].comparators)
        for array in (figures.value, figures.low, figures.high):
            assert not np.isnan(array).any()
    assert (found.snapshot, found.coverage) == ("c0ffee", Fraction(1))


def test_measures_fit_by_outcome_comparator_and_kind():
    goal = fitting(CCCCO, comparator=Goal(0.5), outcome_is="good")
    bad = fitting(CCCCO, comparator=AllOthers(), outcome_is="bad")
    means = fitting(scores(A=[1, 2]), comparator=AllOthers(), outcome_is="good")

    assert {"gap_points", "proportionality_index"} <= set(goal)
    assert "odds_ratio" not in goal
    assert {"odds_ratio", "e_formula", "composition_index"} <= set(bad)
    assert not {"eighty_percent_index", "proportionality_index"} & set(bad)
    assert means == ("mean", "standardized_mean_difference")


def test_without_a_choice_a_page_gets_rate_gap_ratio_and_parity():
    found = compare(CCCCO, comparator=AllOthers(), outcome_is="good")

    assert list(found.figures) == ["rate", "gap_points", "risk_ratio", "students_to_parity"]


def test_a_comparison_cannot_be_changed():
    found = compare(CCCCO, comparator=AllOthers(), outcome_is="good")

    with pytest.raises(ValueError, match="read-only"):
        found.figures["rate"].value[0] = 1
    with pytest.raises(TypeError, match="assignment"):
        found.figures["rate"] = found.figures["gap_points"]  # type: ignore[index]


def test_the_named_group_has_a_rate_and_no_comparison():
    found = compare(CCCCO, comparator=Group(("White",)), outcome_is="good")
    white = found.row("White")

    assert found.is_comparator.tolist() == [False] * 5 + [True]
    assert found.figure("rate", white) is not None
    assert found.figure("gap_points", white) is None
    assert (found.comparisons, found.tested[white], found.p_value[white]) == (5, False, 1.0)


@pytest.mark.parametrize(("outcome_is", "best"), [("good", "Asian"), ("bad", "Hispanic")])
def test_the_group_that_does_best_has_the_highest_good_and_the_lowest_bad_rate(
    outcome_is: OutcomeIs, best: str
):
    found = compare(CCCCO, comparator=Highest(), outcome_is=outcome_is)

    assert [found.groups[row][0] for row in np.flatnonzero(found.is_comparator)] == [best]
    assert found.comparator_label.endswith("(highest rate)" if best == "Asian" else "(lowest rate)")


def test_neither_one_student_nor_the_missing_can_be_the_group_that_does_best():
    rows = [("Asian", 9, 9), ("Missing", 50, 50), ("White", 40, 50), ("Black", 30, 50)]
    table = aggregated("race", rows, outcome="graduated", everyone=None)

    found = compare(table, comparator=Highest(), outcome_is="good")
    with pytest.raises(TooFew, match="No group has 51 students"):
        compare(table, comparator=Highest(at_least=51), outcome_is="good")

    assert found.comparator_label == "White students (highest rate)"
    assert found.figure("gap_points", found.row("Missing")).value == pytest.approx(20)


def test_zero_and_all_are_shown_like_any_other_rate():
    table = aggregated("race", [("A", 0, 20), ("B", 20, 20)], outcome="graduated", everyone=None)

    found = compare(table, comparator=AllOthers(), outcome_is="good")

    rate = found.figure("rate", 0)
    assert (rate.value, rate.low) == (0.0, 0.0)
    assert rate.high == pytest.approx(0.1611, abs=5e-5)
    assert found.figure("rate", 1).value == 1.0


def test_an_undefined_ratio_is_none_and_an_endless_interval_has_no_upper_end():
    table = aggregated("race", [("A", 3, 10), ("B", 0, 10)], outcome="suspended", everyone=None)

    found = compare(table, comparator=AllOthers(), outcome_is="bad", measures=["risk_ratio"])

    ratio = found.figure("risk_ratio", 0)
    assert (ratio.value, ratio.high, ratio.has_interval) == (None, None, True)
    assert ratio.low == pytest.approx(0.924, abs=5e-4)
    assert ratio.method == "score (Koopman)"


def test_a_group_without_a_known_outcome_has_no_figures_at_all():
    rows = events_of([3, 0], [10, 5], [10, 0])
    table = Table(
        ("race",), (("A",), ("B",)), Outcome("graduated"), rows, events_of([3], [15], [10])
    )

    found = compare(table, comparator=Everyone(), outcome_is="good")

    assert [found.figure(name, 1) for name in found.figures] == [None] * 4
    assert found.tested.tolist() == [False, False]


def test_rates_are_of_known_outcomes_and_never_of_all_students():
    counts = events_of([3, 4], [10, 10], [6, 8])
    table = Table(
        ("race",), (("A",), ("B",)), Outcome("graduated"), counts, events_of([7], [20], [14])
    )

    found = compare(table, comparator=AllOthers(), outcome_is="good", measures=["rate"])

    assert values(found, "rate") == [0.5, 0.5]


def test_the_total_is_the_stated_one_and_never_a_sum_of_rows():
    table = aggregated(
        "race", [("Black", 10, 100), ("White", 20, 100)], outcome="suspended", everyone=(45, 300)
    )

    found = compare(table, comparator=AllOthers(), outcome_is="bad", measures=["risk_ratio"])

    assert found.figure("risk_ratio", 0).value == pytest.approx((10 / 100) / (35 / 200))
    assert found.coverage == Fraction(2, 3)


def test_scores_are_compared_by_mean_and_hedges_g():
    table = scores(Black=[250, 300, 350, 310], White=[300, 350, 390])

    found = compare(table, comparator=Group("White"), outcome_is="good")

    assert found.figure("mean", 0).value == 3.025
    by_hand = (302.5 - 1040 / 3) / (((5075 + 12_200 / 3) / 5) ** 0.5) * (1 - 3 / 19)
    assert found.figure("standardized_mean_difference", 0).value == pytest.approx(by_hand)
    assert found.figure("standardized_mean_difference", 0).unit == "standard deviations"
    assert found.comparisons == 1


def test_a_goal_of_0_8_is_four_fifths_exactly():
    table = aggregated("race", [("A", 79, 100), ("B", 80, 100)], outcome="x", everyone=None)

    found = compare(table, comparator=Goal(0.8), outcome_is="good")

    assert Goal(0.8).share == Fraction(4, 5)
    assert values(found, "students_to_parity") == [1, 0]
    assert found.comparator_label == "the goal of 80 %"
    rate, gap = found.figures["rate"], found.figures["gap_points"]
    assert gap.low.tolist() == pytest.approx((100 * rate.low - 80).tolist())
    assert gap.high.tolist() == pytest.approx((100 * rate.high - 80).tolist())


def test_all_that_is_looked_at_is_adjusted_together_and_counted():
    one = compare(CCCCO, comparator=AllOthers(), outcome_is="good")
    two = compare(CCCCO, comparator=Group("White"), outcome_is="good")

    here, there = together([one, two])

    assert (one.comparisons, two.comparisons) == (6, 5)
    assert (here.comparisons, there.comparisons) == (11, 11)
    expected = benjamini_hochberg([*one.p_value, *two.p_value[:5]])
    assert [*here.p_adjusted, *there.p_adjusted] == pytest.approx([*expected, 1.0])
    assert together([]) == ()


CROSSED = Table(
    ("race", "meals"),
    (("Black", "Free"), ("Black", "Paid"), ("White", "Free"), ("White", "Paid")),
    Outcome("graduated"),
    events_of([50, 30, 40, 90], [100, 40, 50, 100]),
    events_of([210], [290]),
)


def test_in_a_crossed_table_a_lone_label_stands_for_all_who_have_it():
    white = compare(CROSSED, comparator=Group("White"), outcome_is="good")
    paid = compare(CROSSED, comparator=Group("Paid"), outcome_is="good")
    both = compare(CROSSED, comparator=Group(("White", "Paid")), outcome_is="good")

    assert white.figure("gap_points", 0).value == pytest.approx(50 - 100 * 130 / 150)
    assert (white.comparator_label, white.is_comparator.tolist()) == (
        "White students", [False, False, True, True],
    )  # fmt: skip
    assert paid.is_comparator.tolist() == [False, True, False, True]
    assert both.comparator_label == "White, Paid students"
    assert both.is_comparator.tolist() == [False, False, False, True]
