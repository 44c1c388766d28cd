"""What cannot be compared is refused with a sentence, or left without a number."""

from __future__ import annotations

import pytest

from tests.engines.disparity.examples import CCCCO, scores
from throughline.engines.disparity.comparators import (
    AllOthers,
    Comparator,
    Everyone,
    Goal,
    Group,
    Highest,
)
from throughline.engines.disparity.comparing import compare
from throughline.engines.disparity.refusals import NoComparator, NotDefined, TooFew
from throughline.engines.disparity.registry import OutcomeIs
from throughline.engines.disparity.tables import Outcome, Table, aggregated, events_of


def test_the_comparator_and_the_direction_have_no_default():
    with pytest.raises(TypeError, match="comparator"):
        compare(CCCCO, outcome_is="good")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="outcome_is"):
        compare(CCCCO, comparator=AllOthers())  # type: ignore[call-arg]
    with pytest.raises(NotDefined, match="'good' or 'bad'"):
        compare(CCCCO, comparator=AllOthers(), outcome_is="sad")  # type: ignore[arg-type]


def test_a_total_smaller_than_a_group_is_refused():
    table = aggregated(
        "race", [("Black", 10, 100), ("White", 20, 100)], outcome="suspended", everyone=(15, 120)
    )

    for comparator in (AllOthers(), Everyone()):
        with pytest.raises(NoComparator, match="do not belong together"):
            compare(table, comparator=comparator, outcome_is="bad")


def test_overlapping_groups_have_no_complement_no_composition_and_no_interval_between_them():
    rows = events_of([30, 40], [60, 70])
    table = Table(
        ("any part",), (("Black",), ("White",)), Outcome("graduated"), rows,
        events_of([50], [100]), overlapping=True,
    )  # fmt: skip

    with pytest.raises(NoComparator, match="several of these groups"):
        compare(table, comparator=AllOthers(), outcome_is="good")
    with pytest.raises(NotDefined, match="add up to everyone"):
        compare(table, comparator=Everyone(), outcome_is="good", measures=["composition_index"])
    named = compare(table, comparator=Group("White"), outcome_is="good")
    everyone = compare(table, comparator=Everyone(), outcome_is="good")

    assert named.figure("gap_points", 0).value == pytest.approx(100 * (30 / 60 - 40 / 70))
    assert not named.figure("gap_points", 0).has_interval
    assert named.comparisons == 0
    assert everyone.figure("gap_points", 0).has_interval


@pytest.mark.parametrize(
    ("comparator", "refusal", "match"),
    [
        (Group("Whte"), NoComparator, "no group 'Whte' by race. There are: Asian, Black, Hispanic"),
        (Group(("White", "Female")), NoComparator, "no group 'White / Female'"),
        (Highest(at_least=4000), TooFew, "No group has 4000 students"),
    ],
)
def test_a_comparator_that_does_not_exist_is_refused_with_those_that_do(
    comparator: Comparator, refusal: type[Exception], match: str
):
    with pytest.raises(refusal, match=match):
        compare(CCCCO, comparator=comparator, outcome_is="good")


@pytest.mark.parametrize("share", [0, -0.1, 80, "1.01"])
def test_a_goal_is_a_share(share: float | str):
    with pytest.raises(NoComparator, match=r"such as 0\.8 for 80 %"):
        Goal(share)


def test_one_group_or_no_known_outcome_is_refused():
    one = aggregated("race", [("Black", 3, 10)], outcome="graduated", everyone=None)
    none = Table(
        ("race",), (("A",),), Outcome("graduated"), events_of([0], [9], [0]),
        events_of([0], [9], [0]),
    )  # fmt: skip
    unknown = Table(
        ("race",), (("A",), ("B",)), Outcome("graduated"), events_of([1, 0], [9, 9], [9, 0]),
        events_of([1], [18], [9]),
    )  # fmt: skip

    with pytest.raises(NoComparator, match="no one to compare with"):
        compare(one, comparator=AllOthers(), outcome_is="good")
    with pytest.raises(TooFew, match="No student in this table"):
        compare(none, comparator=Everyone(), outcome_is="good")
    with pytest.raises(TooFew, match="No outcome is known for B students"):
        compare(unknown, comparator=Group("B"), outcome_is="good")


@pytest.mark.parametrize(
    ("measure", "comparator", "outcome_is", "refusal", "match"),
    [
        ("gap", AllOthers(), "good", NotDefined, "no measure 'gap'. There are: rate, gap_points"),
        ("mean", AllOthers(), "good", NotDefined, "takes scores; success is not"),
        ("odds_ratio", Everyone(), "good", NoComparator, "does not compare with everyone"),
        ("odds_ratio", Goal(0.5), "good", NoComparator, "does not compare with goal"),
        ("eighty_percent_index", Highest(), "bad", NotDefined, "Good outcomes only"),
        ("proportionality_index", Everyone(), "bad", NotDefined, "Good outcomes only"),
        ("e_formula", Everyone(), "good", NotDefined, "Bad outcomes only"),
    ],
)
def test_a_measure_that_does_not_fit_is_refused(
    measure: str,
    comparator: Comparator,
    outcome_is: OutcomeIs,
    refusal: type[Exception],
    match: str,
):
    with pytest.raises(refusal, match=match):
        compare(CCCCO, comparator=comparator, outcome_is=outcome_is, measures=[measure])


def test_scores_take_neither_rates_nor_goals():
    table = scores(Black=[250, 300], White=[300, 350])

    with pytest.raises(NotDefined, match="outcomes that happen or do not"):
        compare(table, comparator=Group("White"), outcome_is="good", measures=["rate"])
    with pytest.raises(NoComparator, match="scores have no goal"):
        compare(table, comparator=Goal(0.5), outcome_is="good", measures=["mean"])


def test_a_figure_that_was_not_asked_for_is_refused_and_not_empty():
    found = compare(CCCCO, comparator=AllOthers(), outcome_is="good", measures=["rate"])

    with pytest.raises(NotDefined, match="'gap_points' is not in this comparison; it has rate"):
        found.figure("gap_points", 0)


def test_a_lone_label_that_two_attributes_have_is_refused():
    table = Table(
        ("meals", "disability"), (("Yes", "Yes"), ("Yes", "No"), ("No", "Yes")),
        Outcome("graduated"), events_of([5, 6, 7], [10, 10, 10]), events_of([18], [30]),
    )  # fmt: skip

    with pytest.raises(NoComparator, match="'Yes' is a group by meals and disability: name one"):
        compare(table, comparator=Group("Yes"), outcome_is="good")
