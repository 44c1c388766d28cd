"""Releases about the same data, one after the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from throughline.engines.disclosure import (
    Axis,
    Entry,
    Ledger,
    Number,
    Policy,
    Refusal,
    Release,
    Table,
    UnreadableLedger,
    audit,
    protect,
    tabulate,
)

POLICY = Policy(threshold=5)
BY_SCHOOL_AND_RACE, BY_RACE_AND_SEX = [["school", "race"]], [["race", "sex"]]


def snapshot(source="file-1", n=(2, 12, 1, 1, 0, 0, 3, 1)):
    """A school of 16 and a tiny one: by school and race, and by race and sex, both can be shown."""
    axes = (
        Axis.flat("school", "AB"),
        Axis.flat("race", ["Black", "White"]),
        Axis.flat("sex", "FM"),
    )
    return Table(axes, tuple(n), source=source)


def released(table, policy=POLICY, **more) -> Release:
    answer = protect(table, policy, **more)
    assert isinstance(answer, Release)
    return answer


def first() -> Release:
    return released(snapshot(), name="schools", tables=BY_SCHOOL_AND_RACE)


def test_a_release_that_adds_up_with_an_earlier_one_to_a_leak_is_refused_by_name():
    earlier = first()
    alone = released(snapshot(), name="sexes", tables=BY_RACE_AND_SEX)

    answer = protect(
        snapshot(), POLICY, name="sexes", tables=BY_RACE_AND_SEX, ledger=Ledger().add(earlier)
    )

    assert (earlier.audit.passed, alone.audit.passed) == (True, True)
    assert isinstance(answer, Refusal)
    assert answer.release == "schools"
    assert 'already published in "schools"' in answer.sentence
    assert answer.audit.recoverable > 0


def test_the_later_release_can_hide_other_counts_to_fit_the_earlier_one():
    ledger = Ledger().add(first())

    answer = released(snapshot(), tables=BY_RACE_AND_SEX, ledger=ledger, fit=True)

    assert audit(answer, ledger).passed
    assert answer.cells != released(snapshot(), tables=BY_RACE_AND_SEX).cells


def test_releases_about_other_data_are_not_audited_together():
    ledger = Ledger().add(first())

    answer = protect(snapshot("file-2"), POLICY, tables=BY_RACE_AND_SEX, ledger=ledger)

    assert isinstance(answer, Release)


def test_the_same_release_again_is_released_again_and_stands_in_the_ledger_once():
    ledger = Ledger().add(first())

    again = protect(snapshot(), POLICY, name="schools", tables=BY_SCHOOL_AND_RACE, ledger=ledger)

    assert again == first()
    assert ledger.add(again) == ledger


def test_a_ledger_comes_back_from_its_file_as_it_was():
    table = tabulate(["race"], [["Black"], ["White"]], [40, 60], {"graduated": [30, 58]})
    ledger = Ledger().add(first()).add(released(table, Policy(), name="rates"))

    assert Ledger.from_json(ledger.to_json()) == ledger


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema_version": 1, "releases": [{}]}'])
def test_a_file_that_is_no_ledger_stops_the_release(text):
    with pytest.raises(UnreadableLedger, match="not a ledger"):
        Ledger.from_json(text)


def test_a_ledger_of_a_later_version_says_so():
    with pytest.raises(UnreadableLedger, match="version 2"):
        Ledger.from_json('{"schema_version": 2, "releases": []}')


def test_an_earlier_release_about_an_attribute_that_is_missing_now_asks_for_it():
    table = tabulate(["school"], [["A"], ["B"]], [16, 4], source="file-1")

    answer = protect(table, POLICY, ledger=Ledger().add(first()))

    assert isinstance(answer, Refusal)
    assert "speaks of race" in answer.sentence
    assert answer.release == "schools"


def test_numbers_that_do_not_fit_the_data_are_noticed():
    other = snapshot(n=(9, 12, 1, 1, 0, 0, 3, 1))

    answer = protect(other, POLICY, tables=BY_RACE_AND_SEX, ledger=Ledger().add(first()))

    assert isinstance(answer, Refusal)
    assert "do not fit this data" in answer.sentence


def test_a_number_published_elsewhere_can_be_entered_and_counts():
    table = tabulate(
        ["race"], [["Black"], ["White"]], [41, 400], {"graduated": [38, 300]}, source="file-1"
    )
    number = Number(("Black",), "graduated", "events", 38, 38)
    entry = Entry("brochure", "file-1", ("race",), 10, "public", (number,), ())

    answer = protect(table, Policy(), name="rates", ledger=Ledger((entry,)))

    assert isinstance(answer, Refusal)
    assert answer.release == "brochure"


def test_a_correction_hides_what_hid_before():
    table = tabulate(
        ["school", "race"],
        [["A", "Black"], ["A", "White"], ["B", "Black"], ["B", "White"]],
        [3, 40, 50, 60],
        source="spring",
    )
    before = released(table, Policy(), name="rolls")
    corrected = replace(table, n=(12, 40, 50, 60), source="autumn")

    after = released(corrected, Policy(), ledger=Ledger().add(before), correcting="rolls")

    assert [cell.hidden for cell in after.cells] == [cell.hidden for cell in before.cells]
    assert [cell.hidden for cell in released(corrected, Policy()).cells] == [()] * 9


def test_a_correction_may_lack_a_group_that_hid_before():
    table = tabulate(["race"], [["Black"], ["White"], ["Native"]], [40, 60, 3], source="spring")
    before = released(table, Policy(), name="rolls")
    corrected = tabulate(["race"], [["Black"], ["White"]], [42, 61], source="autumn")

    after = released(corrected, Policy(), ledger=Ledger().add(before), correcting="rolls")

    assert [cell.key for cell in before.cells if cell.hidden] == [("Black",), ("Native",)]
    assert [cell.key for cell in after.cells if cell.hidden] == [("Black",), ("White",)]


def test_a_correction_of_a_release_that_never_was_is_refused():
    answer = protect(snapshot(), POLICY, correcting="rolls")

    assert isinstance(answer, Refusal)
    assert 'no release "rolls" to correct' in answer.sentence
