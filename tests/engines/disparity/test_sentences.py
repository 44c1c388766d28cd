"""What is said about a comparison: polarity right, units apart, no reasons given."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.engines.disparity.examples import CCCCO, scores
from throughline.engines.disparity import naming
from throughline.engines.disparity.comparators import (
    AllOthers,
    Comparator,
    Everyone,
    Goal,
    Group,
    Highest,
)
from throughline.engines.disparity.comparing import compare, together
from throughline.engines.disparity.naming import all_listed, students_of
from throughline.engines.disparity.registry import OutcomeIs
from throughline.engines.disparity.sentences import (
    coverage_sentence,
    evidence,
    parity_sentence,
    sentence,
)
from throughline.engines.disparity.tables import Outcome, Table, aggregated, events_of

CAUSAL = re.compile(
    r"\b(because|caus\w*|due to|led to|leads? to|result\w*|effect|impact|thanks|explain\w*|reason)\b"
)
MEASURES = ["rate", "gap_points", "relative_difference_percent", "students_to_parity"]


def pair(a: tuple[int, int], b: tuple[int, int]) -> Table:
    return aggregated("race", [("Black", *a), ("White", *b)], outcome="graduated", everyone=None)


def said(table: Table, comparator: Comparator, outcome_is: OutcomeIs = "good") -> list[str]:
    found = compare(table, comparator=comparator, outcome_is=outcome_is, measures=MEASURES)
    return [sentence(found, row) for row in range(len(table.groups))]


def test_the_sentence_of_nces_acgr_2014_15():
    assert said(pair((746, 1000), (876, 1000)), Group("White")) == [
        "Black students: 74.6 %, 13.0 percentage points below White students; 14.8 % less likely",
        "White students: 87.6 %, the others are compared with this group",
    ]


def test_the_ratio_alone_is_enough_for_the_relative_difference():
    found = compare(pair((746, 1000), (876, 1000)), comparator=Group("White"), outcome_is="good")

    assert sentence(found, 0).endswith("; 14.8 % less likely")


def test_a_bad_outcome_is_more_likely_and_fewer_students_reach_the_rate():
    table = pair((120, 1000), (60, 1000))
    found = compare(table, comparator=Group("White"), outcome_is="bad", measures=MEASURES)

    assert sentence(found, 0) == (
        "Black students: 12.0 %, 6.0 percentage points above White students; 100.0 % more likely"
    )
    assert parity_sentence(found, 0) == (
        "60 fewer Black students with this outcome would reach the rate of White students"
    )


@pytest.mark.parametrize(
    ("comparator", "end"),
    [
        (AllOthers(), "all other students; 42.2 % less likely"),
        (Everyone(), "all students; 39.7 % less likely"),
        (Highest(), "Asian students (highest rate); 54.9 % less likely"),
        (Goal(0.6), "the goal of 60 %; 48.3 % less likely"),
    ],
)
def test_the_comparator_is_always_named(comparator: Comparator, end: str):
    assert said(CCCCO, comparator)[1].endswith(end)


def test_students_to_parity_in_words():
    found = compare(CCCCO, comparator=Everyone(), outcome_is="good")
    goal = compare(CCCCO, comparator=Goal(0.311), outcome_is="good")

    assert parity_sentence(found, 1) == (
        "204 more Black students with this outcome would reach the rate of all students"
    )
    assert parity_sentence(found, 0) == ""
    assert parity_sentence(goal, 1) == (
        "1 more Black student with this outcome would reach the goal of 31.1 %"
    )


def test_equal_and_almost_equal_rates():
    assert said(pair((50, 100), (500, 1000)), Group("White"))[0] == (
        "Black students: 50.0 %, the same as White students"
    )
    assert said(pair((5002, 10_000), (5000, 10_000)), Group("White"))[0] == (
        "Black students: 50.0 %, less than 0.1 percentage points from White students"
    )
    assert said(pair((51, 100), (50, 100)), Group("White"))[0] == (
        "Black students: 51.0 %, 1.0 percentage point above White students; 2.0 % more likely"
    )


def test_counts_and_intervals_stand_beside_the_sentence():
    found = compare(CCCCO, comparator=Everyone(), outcome_is="good", measures=MEASURES)

    assert evidence(found, 1) == (
        "310 of 1,000 students; 95 % interval 28.2 to 33.9 %; of the gap to all students "
        "-23.1 to -17.6 percentage points; one of 6 comparisons"
    )
    assert evidence(together([found, found])[0], 1).endswith("one of 12 comparisons")


def test_students_without_a_known_outcome_are_said():
    table = Table(
        ("race",), (("A",), ("B",)), Outcome("graduated"), events_of([3, 0], [10, 5], [8, 0]),
        events_of([4], [30], [20]),
    )  # fmt: skip
    found = compare(table, comparator=Everyone(), outcome_is="good")

    assert evidence(found, 0).startswith("3 of 8 students, 2 more without a known outcome; ")
    assert sentence(found, 1) == "B students: no outcome is known"


def test_everyone_together_has_a_rate_and_nobody_to_stand_beside():
    whole = events_of([30], [100])
    table = Table((), ((),), Outcome("graduated"), whole, whole)

    assert said(table, Everyone()) == ["All students: 30.0 %"]


def test_in_a_crossed_table_rows_of_the_comparator_are_among_it():
    table = Table(
        ("race", "meals"), (("Black", "Free"), ("White", "Free"), ("White", "Paid")),
        Outcome("graduated"), events_of([50, 40, 90], [100, 50, 100]), events_of([180], [250]),
    )  # fmt: skip

    assert said(table, Group("White"))[:2] == [
        "Black, Free students: 50.0 %, 36.7 percentage points below White students; "
        "42.3 % less likely",
        "White, Free students: 80.0 %, among the White students that others are compared with",
    ]


def test_scores_are_told_in_standard_deviations():
    found = compare(
        scores(Black=[250, 300, 350, 310], White=[300, 350, 390]), comparator=Group("White"),
        outcome_is="good",
    )  # fmt: skip

    assert sentence(found, 0) == (
        "Black students: mean 3.02, 0.87 standard deviations below White students"
    )
    assert evidence(found, 0).startswith("4 students; ")


@pytest.mark.parametrize(
    ("by", "labels", "words"),
    [
        (("race",), ("Black",), "Black students"),
        (("race", "sex"), ("Black", "Female"), "Black, Female students"),
        (("race",), ("Missing",), "students whose race is missing"),
        (("race", "sex"), ("Missing", "Missing"), "students whose race and sex are missing"),
        (("frl",), ("Yes",), "students (frl: Yes)"),
        (("grade",), ("9",), "students (grade: 9)"),
        (("race", "frl"), ("Missing", "No"), "students whose race is missing (frl: No)"),
        ((), (), "all students"),
    ],
)
def test_groups_in_words(by: tuple[str, ...], labels: tuple[str, ...], words: str):
    assert students_of(by, labels) == words


def test_the_examples_of_naming_are_true():
    assert doctest.testmod(naming).failed == 0


def test_a_long_list_of_groups_is_cut():
    groups = tuple((str(number),) for number in range(14))

    assert all_listed(groups) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more"


def test_coverage_is_said_when_the_parts_are_not_the_total():
    found = compare(CCCCO, comparator=Everyone(), outcome_is="good")

    assert coverage_sentence(found) == ""
    assert coverage_sentence(replace(found, coverage=None)) == ""
    assert coverage_sentence(replace(found, coverage=Fraction(9, 10))) == (
        "The groups add up to 90.0 % of the stated total: some are in no group"
    )
    assert coverage_sentence(replace(found, coverage=Fraction(1_151_029, 1_140_601))) == (
        "The groups add up to 100.9 % of the stated total: some count twice"
    )


@pytest.mark.parametrize("comparator", [AllOthers(), Everyone(), Group("White"), Goal(0.5)])
@pytest.mark.parametrize("outcome_is", ["good", "bad"])
def test_no_sentence_says_why_and_percent_is_never_points(
    comparator: Comparator, outcome_is: OutcomeIs
):
    found = compare(CCCCO, comparator=comparator, outcome_is=outcome_is, measures=MEASURES)

    for row in range(6):
        for words in (sentence(found, row), evidence(found, row), parity_sentence(found, row)):
            assert not CAUSAL.search(words)
            assert not re.search(r"% (points|below|above)|\d points|percent ", words)
