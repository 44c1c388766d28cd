"""A file names code sets and defines its own; what is wrong is named where it stands."""

from __future__ import annotations

import pytest

from tests.factories.blueprints import edited, errors, shipped
from tests.factories.identity import asking
from throughline.people.blueprint import PeopleSection
from throughline.people.code_sets import packs

TEXT = asking("gender", "schooling")


def at(line: str) -> str:
    return line.split(": ", 1)[1]


def test_a_program_may_name_sets_that_ship_and_its_own():
    assert errors(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("'schooling'", "'scholing'",
         'people.identity[2]: expected a code set, got "scholing"; did you mean schooling?'),
        ("'schooling'", "'gender'", 'people.identity[2]: expected each set once, got "gender"'),
        ('alone = ["none"]', 'alone = ["non"]',
         'people.code_sets.schooling.alone[1]: expected an option of this set, got "non"; '
         "did you mean none?"),
        ('["none", "None"]', '["not-said", "No"]',
         "people.code_sets.schooling.options: expected an option other than not-said, got "
         '"not-said"; "prefer not to say" is added to every set'),
        ("[people.code_sets.schooling]", "[people.code_sets.religion]",
         'people.code_sets.religion: expected a name of its own, got "religion"; a set that '
         "ships has this name, and answers are kept under it"),
        ("code_sets.schooling.options.village", "code_sets.schooling.options.vilage",
         "translations.es.\"people.code_sets.schooling.options.vilage\": expected the path of a "
         "text of this file that people read, got "
         '"people.code_sets.schooling.options.vilage"; did you mean '
         "people.code_sets.schooling.options.village?"),
    ],
    ids=["no such set", "twice", "alone", "not-said", "taken", "translation"],
)  # fmt: skip
def test_a_mistake_is_named_where_it_stands(old: str, new: str, expected: str):
    found = errors(edited(TEXT, old, new))

    assert expected in [at(line) for line in found]


def test_two_names_of_one_set_are_that_set_twice():
    found = errors(asking("home-language", "language"))

    assert [at(line) for line in found] == [
        'people.identity[2]: expected each set once, got "language"'
    ]


def test_a_set_offers_options_or_own_words():
    silent = edited(TEXT, 'version = "2026"', "own_words = false")
    start, end = silent.index("options ="), silent.index("several =")

    found = errors(silent[:start] + silent[end:].replace('alone = ["none"]\n', ""))

    assert (
        "people.code_sets.schooling.options: expected options, or own_words = true, got neither"
        in [at(line) for line in found]
    )


def test_nobody_is_asked_anything_unless_the_file_says_so():
    assert PeopleSection().identity == ()


def test_a_program_of_the_world_asks_in_the_words_of_no_country_first():
    lee = shipped("lee").section("people", PeopleSection)

    assert lee.identity[:2] == ("ethnicity", "religion")
    assert packs()["ethnicity"].country == ""
