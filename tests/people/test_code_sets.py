"""The code sets that ship: neutral, complete in both languages, with source and edition."""

from __future__ import annotations

import pytest
from babel import Locale

from throughline.people.code_lists import LANGUAGES, names_in
from throughline.people.code_sets import Pack, packs

PACKS = sorted({pack.key: pack for pack in packs().values()}.values(), key=lambda one: one.key)
US = {"race-us", "race-us-2024"}


def texts_of(pack: Pack) -> set[str]:
    paths = {name for name in ("title", "ask", "about") if getattr(pack, name)}
    return paths | {f"options.{key}" for key, _label in pack.options}


@pytest.mark.parametrize("pack", PACKS, ids=lambda one: one.key)
def test_a_set_that_ships_has_a_source_an_edition_own_words_and_its_spanish(pack: Pack):
    assert pack.source
    assert pack.version
    assert pack.own_words
    assert set(pack.translations["es"]) == texts_of(pack)
    assert set(pack.alone) <= {key for key, _label in pack.options}


def test_only_the_two_sets_of_the_united_states_are_of_one_country():
    assert {pack.key for pack in PACKS if pack.country == "US"} == US
    assert {pack.key for pack in PACKS if pack.country} == US


def test_the_categories_of_2024_are_one_question_with_several_answers():
    pack = packs()["race-us-2024"]

    assert pack.several
    assert [label for _key, label in pack.options] == [
        "American Indian or Alaska Native", "Asian", "Black or African American",
        "Hispanic or Latino", "Middle Eastern or North African",
        "Native Hawaiian or Pacific Islander", "White",
    ]  # fmt: skip


def test_the_seven_reported_categories_are_one_answer():
    pack = packs()["race-us"]

    assert not pack.several
    assert [key for key, _label in pack.options] == [
        "american-indian", "asian", "black", "hispanic", "pacific-islander", "white",
        "two-or-more",
    ]  # fmt: skip


def test_countries_and_languages_come_in_the_language_that_is_read():
    origin, language = packs()["nation-of-origin"], packs()["mother-language"]

    assert ("de", "Germany") in origin.read_in("en").options
    assert ("de", "Alemania") in origin.read_in("es").options
    assert ("de", "German") in language.read_in("en").options
    assert ("de", "Alemán") in language.read_in("es").options
    assert language.read_in("es").ask == "¿Qué lengua aprendió primero?"


@pytest.mark.parametrize("language", ["en", "es"])
def test_languages_are_those_with_a_two_letter_code_as_the_locale_data_names_them(language: str):
    said = Locale(language).languages

    assert {code: row[language] for code, row in names_in(LANGUAGES).items()} == {
        code: said[code] for code in Locale("en").languages if len(str(code)) == 2 and code in said
    }
