"""Race and ethnicity: which group a student is in, by which rule, from whose columns."""

from __future__ import annotations

import doctest
from itertools import product

import pytest

from tests.engines.disparity.files import as_counted, levels, write
from throughline.engines.disparity import columns, mapping, race
from throughline.engines.disparity.codebook import Codebook, OutcomeColumn, read_codebook
from throughline.engines.disparity.columns import Match, layouts, match_columns
from throughline.engines.disparity.cube import build_cube
from throughline.engines.disparity.mapping import guess_codebook, race_attribute
from throughline.engines.disparity.race import bridge_label, code_set, code_sets
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.tables import MISSING, Outcome
from throughline.engines.disparity.unreadable import Refused, Unreadable

RACES = ("american_indian", "asian", "black", "pacific_islander", "white")

ONEROSTER = (
    "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican",
    "nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces",
    "hispanicOrLatinoEthnicity",
)  # fmt: skip


@pytest.mark.parametrize("chosen", list(product([False, True], repeat=6)))
def test_seven_federal_categories_hispanic_first_else_two_or_more_else_the_one_race(chosen):
    """72 FR 59266 (2007): every one of the 64 answers to the two questions."""
    hispanic, *races = chosen
    named = [race for race, said in zip(RACES, races, strict=True) if said]
    parts = frozenset([*named, *(["hispanic"] if hispanic else [])])
    federal = code_set("federal-seven")

    expected: str | None
    if hispanic:
        expected = "Hispanic or Latino"
    elif len(named) > 1:
        expected = "Two or more races"
    else:
        expected = federal.groups[named[0]] if named else None
    assert federal.group_of(parts) == expected


@pytest.mark.parametrize(
    ("parts", "group"),
    [
        ({"mena"}, "Middle Eastern or North African"),
        ({"hispanic"}, "Hispanic or Latino"),
        ({"hispanic", "black"}, "Multiracial or multiethnic"),
        ({"mena", "white"}, "Multiracial or multiethnic"),
        ({"several"}, "Multiracial or multiethnic"),
        (set(), None),
    ],
)
def test_directive_15_of_2024_asks_one_combined_question(parts, group):
    assert code_set("spd15-2024").group_of(frozenset(parts)) == group


def test_middle_eastern_or_north_african_is_white_in_the_seven_categories():
    federal = code_set("federal-seven")

    assert federal.group_of(frozenset({"mena"})) == "White"
    assert federal.group_of(frozenset({"mena", "white"})) == "White"
    assert federal.group_of(frozenset({"mena", "asian"})) == "Two or more races"


def test_a_group_of_the_old_set_is_bridged_only_where_it_is_sure():
    bridged = {
        label: bridge_label(label, "federal-seven", "spd15-2024")
        for label in code_set("federal-seven").labels
    }

    assert bridged == {
        "Hispanic or Latino": None,
        "American Indian or Alaska Native": "American Indian or Alaska Native",
        "Asian": "Asian",
        "Black or African American": "Black or African American",
        "Native Hawaiian or Other Pacific Islander": "Native Hawaiian or Pacific Islander",
        "White": None,
        "Two or more races": "Multiracial or multiethnic",
    }
    assert bridge_label("Multiracial or multiethnic", "spd15-2024", "federal-seven") is None
    assert bridge_label("Asian", "spd15-2024", "spd15-2024") == "Asian"
    with pytest.raises(KeyError, match="no group of Seven federal"):
        bridge_label("Martian", "federal-seven", "spd15-2024")


def test_any_part_counts_in_every_group():
    federal = code_set("federal-seven")

    assert federal.every_group_of(frozenset({"hispanic", "black"})) == (
        "Hispanic or Latino",
        "Black or African American",
    )
    assert federal.every_group_of(frozenset({"several"})) == ("Two or more races",)
    assert federal.every_group_of(frozenset({"several", "asian"})) == ("Asian", "Two or more races")


def test_every_set_is_versioned_and_names_its_source():
    assert {one.id: one.version for one in code_sets().values()} == {
        "federal-seven": "2007",
        "spd15-2024": "2024",
    }
    assert all(
        one.source and len(one.labels) == len(set(one.labels)) for one in code_sets().values()
    )
    with pytest.raises(KeyError, match="There is: federal-seven, spd15-2024"):
        code_set("1977")


def roster(folder, names=ONEROSTER):
    rows = [
        ("false", "true", "false", "false", "false", "false", "false", "1"),
        ("false", "true", "false", "false", "true", "false", "false", "0"),
        ("false", "false", "true", "false", "false", "false", "true", "1"),
        ("false", "false", "false", "false", "false", "true", "false", "1"),
        ("", "", "", "", "", "", "", "0"),
    ]
    return read(write(folder / "demographics.csv", (*names, "grad"), rows))


def of(source, match):
    book = Codebook((match.attribute,), (OutcomeColumn(Outcome("grad"), "grad"),))
    return build_cube(source, read_codebook(book.to_json())).table(("race",), "grad")


def test_oneroster_demographics_are_counted_by_the_federal_rule(tmp_path):
    source = roster(tmp_path)

    table = of(source, race_attribute(source))

    assert as_counted(table) == {
        ("Hispanic or Latino",): (1, 1, 1, 1),
        ("Asian",): (1, 1, 1, 1),
        ("Two or more races",): (2, 2, 1, 1),
        (MISSING,): (1, 1, 0, 0),
    }
    assert not table.overlapping


def test_oneroster_demographics_with_any_part_overlap(tmp_path):
    source = roster(tmp_path)

    table = of(source, race_attribute(source, any_part=True))

    assert {labels[0]: counts[0] for labels, counts in as_counted(table).items()} == {
        "Hispanic or Latino": 1,
        "Asian": 2,
        "Black or African American": 1,
        "White": 1,
        "Two or more races": 1,
        MISSING: 1,
    }
    assert table.overlapping
    assert int(table.whole.n[0]) == 5


def test_misspelled_columns_are_matched_and_the_match_is_shown(tmp_path):
    names = ("americanIndianOrAlsakaNative", "Asian", "black_or_african_american",
             "nativeHawaiianOrOtherPacificIslander", "White", "demographicRaceTwoOrMoreRaces",
             "hispanicOrLatinoEthnicty")  # fmt: skip
    match = race_attribute(roster(tmp_path, names))

    assert match.layout.id == "oneroster-1.2"
    assert [str(one) for one in match.matches if one.column != one.expected] == [
        "americanIndianOrAlsakaNative: taken for americanIndianOrAlaskaNative.",
        "Asian: taken for asian.",
        "black_or_african_american: taken for blackOrAfricanAmerican.",
        "White: taken for white.",
        "hispanicOrLatinoEthnicty: taken for hispanicOrLatinoEthnicity.",
    ]


def test_a_column_is_taken_for_one_other_and_not_for_a_different_word():
    assert match_columns(["asian"], ["asian", "white"]) is None
    assert match_columns(["black", "whit"], ["white"]) == (Match("whit", "white"),)


def test_powerschool_ethnicity_and_race_codes(tmp_path):
    rows = [("1", "B"), ("0", "B,W"), ("0", "A"), ("2", "P"), ("-1", ""), ("0", "I")]
    source = read(
        write(tmp_path / "s.csv", ("FedEthnicity", "RaceCd", "grad"), [(*r, 1) for r in rows])
    )
    match = race_attribute(source)

    table = of(source, match)

    assert match.layout.id == "powerschool"
    assert [(labels[0], counts[0]) for labels, counts in as_counted(table).items()] == [
        ("Hispanic or Latino", 1),
        ("American Indian or Alaska Native", 1),
        ("Asian", 1),
        ("Native Hawaiian or Other Pacific Islander", 1),
        ("Two or more races", 1),
        (MISSING, 1),
    ]


def test_infinite_campus_numbers(tmp_path):
    rows = [(number, 1) for number in ("1", "2", "3", "4", "5", "6", "7", "")]
    source = read(write(tmp_path / "s.csv", ("raceEthnicityFed", "grad"), rows))
    match = race_attribute(source)

    assert match.layout.id == "infinite-campus"
    assert [labels[0] for labels in of(source, match).groups] == [
        *code_set("federal-seven").labels,
        MISSING,
    ]


def test_one_column_of_names_letters_and_several_choices(tmp_path):
    rows = [
        (text, 1)
        for text in ("Black/African American", "MWH", "Asian; White", "Latino", "declined")
    ]
    source = read(write(tmp_path / "s.csv", ("Ethnic", "grad"), rows))

    table = of(source, race_attribute(source, column="Ethnic"))

    assert [labels[0] for labels in table.groups] == [
        "Hispanic or Latino", "Black or African American", "White", "Two or more races", MISSING,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["NA", "Asian/Pacific Islander", "MAS", "Other", "Purple", "Asian; Purple"]
)
def test_a_text_that_means_two_things_or_nothing_known_is_left_to_a_person(tmp_path, text):
    source = read(write(tmp_path / "s.csv", ("Ethnic", "grad"), [("Black", 1), (text, 1)]))

    with pytest.raises(Refused, match="Line 3, column Ethnic"):
        of(source, race_attribute(source, column="Ethnic"))


def test_a_flag_that_is_neither_yes_nor_no_is_refused(tmp_path):
    layout = layouts()["oneroster-1.2"]

    said = layout.parts_of(("maybe", "false", "false", "false", "false", "false", "false"))

    assert said == "'maybe' in americanIndianOrAlaskaNative is neither yes nor no."


def test_a_file_without_such_columns_is_refused_with_the_systems_that_are_known(tmp_path):
    source = read(write(tmp_path / "s.csv", ("sex", "grad"), [("F", 1)]))

    with pytest.raises(
        Unreadable, match=r"oneroster-1\.2, powerschool, infinite-campus, one-column"
    ):
        race_attribute(source)
    with pytest.raises(Unreadable, match="expected the columns FedEthnicity, RaceCd"):
        race_attribute(source, layout="powerschool")


def test_race_is_made_of_the_columns_of_a_known_system_when_none_has_that_name(tmp_path):
    book = guess_codebook(roster(tmp_path), ["race"], ["grad"])

    assert book.attributes[0].columns == ONEROSTER
    assert book.attributes[0].version == "federal-seven@2007"


def test_a_column_of_that_name_keeps_its_own_words(tmp_path):
    source = read(write(tmp_path / "s.csv", ("race", "grad"), [("Black", 1), ("White", 0)]))

    assert guess_codebook(source, ["race"], ["grad"]).attributes == (
        levels("race", "Black", "White"),
    )


@pytest.mark.parametrize("module", [columns, mapping, race])
def test_the_examples_in_the_text_are_right(module):
    assert doctest.testmod(module).failed == 0
