"""What released figures say, in numbers and in words."""

from __future__ import annotations

import pytest

from throughline.engines.disparity import Reported
from throughline.evidence import sentences
from throughline.evidence.figures import Gap, change, figure, figures_of, gap, more_at_the_rate_of
from throughline.evidence.groups import GROUPS, groups_of
from throughline.releases.queries import Entry


def test_one_school_keeps_what_was_printed_and_several_become_a_range():
    figures = figures_of(
        [
            Entry("1:ALL", 268, "83", ""),
            Entry("1:MBL", 49, "60-69", ""),
            Entry("2:MBL", 4, "PS", ""),
        ]
    )

    assert sentences.range_words(figures["ALL"]) == "83%"
    assert figures["ALL"].whole == (83, 83)
    assert figures["MBL"].whole == (54, 74)
    assert sentences.range_words(figures["MBL"]) == "54–74%"


def test_a_group_whose_every_school_is_protected_is_hidden_and_has_no_range():
    found = figure(GROUPS["MAM"], [Reported(4, "PS"), Reported(2, "PS")])

    assert (found.is_hidden, found.rate, found.whole) == (True, None, None)
    assert sentences.range_words(found) == "–"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("85", "85%"),
        ("80-84", "80–84%"),
        ("GE95", "95% or more"),
        ("LE20", "20% or less"),
        ("LT50", "Less than 50%"),
        ("PS", "Hidden to protect privacy"),
        (".", "No figure"),
    ],
)
def test_a_printed_rate_is_said_as_it_was_published(printed, words):
    assert sentences.printed_words(printed) == words


def test_gaps_are_in_percentage_points_and_rounded_outward():
    everyone = figure(GROUPS["ALL"], [Reported(500, "83")])
    black = figure(GROUPS["MBL"], [Reported(120, "70-74")])

    assert gap(black, everyone) == Gap(-14, -8)
    assert sentences.gap_words(Gap(-14, -8)) == "8 to 14 points below"
    assert sentences.gap_words(Gap(2, 5)) == "2 to 5 points above"
    assert sentences.gap_words(Gap(-2, 5)) == "2 below to 5 above: ranges overlap"
    assert gap(None, everyone) is None


def test_a_rate_that_moved_is_said_in_points_and_never_in_percent():
    before = figure(GROUPS["MBL"], [Reported(120, "60-64")])
    after = figure(GROUPS["MBL"], [Reported(120, "75-79")])

    assert sentences.change_words(change(before, after)) == "10–20 points higher"
    assert sentences.change_words(change(after, before)) == "10–20 points lower"
    assert sentences.change_words(change(before, before)) == "Ranges overlap"


def test_students_at_the_comparators_rate_are_counted_at_the_very_least():
    everyone = figure(GROUPS["ALL"], [Reported(500, "83")])
    black = figure(GROUPS["MBL"], [Reported(120, "70-74")])

    assert more_at_the_rate_of(everyone, black) == 99 - 90
    assert more_at_the_rate_of(black, everyone) == 0


def test_groups_stand_in_alphabetical_order_and_nobody_is_the_reference_by_default():
    assert [group.key for group in groups_of("race")] == ["MAM", "MAS", "MBL", "MHI", "MTR", "MWH"]
    labels = [str(group.label) for group in groups_of("everything")]
    assert labels == sorted(labels)
    assert "ALL" not in [group.key for group in groups_of("everything")]


def test_the_takeaway_names_the_year_and_the_comparator_and_claims_only_what_is_certain():
    black = figure(GROUPS["MBL"], [Reported(120, "70-74")])

    assert sentences.takeaway("Maple County", 2015, "All students", [(black, Gap(-14, -8))], 6) == (
        "In 2014–15, Maple County graduated Black students at a rate at least "
        "8 percentage points below that of all students."
    )
    assert sentences.takeaway("Maple County", 2015, "White students", [], 6) == (
        "In 2014–15, the published ranges do not put any student group in Maple County "
        "below White students for certain."
    )
    assert sentences.takeaway("Maple County", 2015, "All students", [], 0) == (
        "In 2014–15, no figures of student groups can be compared in Maple County."
    )
