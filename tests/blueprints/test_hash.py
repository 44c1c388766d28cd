"""Same meaning, same hash; another meaning, another hash; any damage, a located error."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from datetime import date
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.blueprints import KEYS, MINIMAL, edited, shipped, text_of
from throughline.composition.sections import check, load
from throughline.core.blueprint.canonical import canonical
from throughline.programs.blueprints import Blueprint
from throughline.programs.calendar import NoCalendar

QUIET = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def shuffled(value: Any, draw: st.DrawFn) -> Any:
    """The same tables with their keys in another order."""
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: shuffled(value[key], draw) for key in keys}
    if isinstance(value, list):
        return [shuffled(entry, draw) for entry in value]
    return value


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, str]:
    key = draw(st.sampled_from(KEYS))
    tables = shuffled(tomllib.loads(text_of(key)), draw)
    comment = draw(st.sampled_from(["", "# a remark\n", "\n\n"]))
    return key, comment + tomlkit.dumps(tables)


@pytest.mark.slow
@QUIET
@given(layouts())
def test_layout_and_order_do_not_change_the_hash(layout: tuple[str, str]):
    key, text = layout

    assert load(text).sha256 == shipped(key).sha256


def test_another_spelling_of_the_same_does_not_change_the_hash():
    reln = text_of("reln")
    text = edited(reln, 'quantity = "10 days"', 'quantity = "exactly 20 half-days"')
    text = edited(text, 'rule = "person.is_executive"', 'rule = "  person.is_executive "')
    text = edited(text, "overlap = true\n", "")
    text = unicodedata.normalize("NFD", text).replace("\n", "\r\n")

    assert load(text).sha256 == shipped("reln").sha256


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max = 12\ntarget", "max = 13\ntarget"),
        ('one = "fellow", other', 'one = "Fellow", other'),
        ("version = 1\nname", "version = 2\nname"),
        ("(RELN-01)", "(RELN-1)"),
        ('window = "3 weeks"', 'window = "20 days"'),
    ],
)
def test_every_change_of_meaning_changes_the_hash(old: str, new: str):
    assert load(edited(text_of("reln"), old, new)).sha256 != shipped("reln").sha256


def test_hashes_of_format_one_never_change():
    minimal = load(MINIMAL)

    assert json.loads(canonical(minimal.whole.sections))["ledger"] == {
        "entitlements": {
            "days": {
                "kind": "convening",
                "of": ["convenings.series.gathering"],
                "per": "principal",
                "quantity": "6 half-days",
                "source": "host: three days",
            }
        }
    }
    assert minimal.sha256 == "01f248e21081b86d3085f2a046060efdebbe4950a469bbbf798eb738af07f688"


@pytest.mark.slow
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    key=st.sampled_from(KEYS),
    place=st.floats(0, 1, exclude_max=True),
    letter=st.one_of(st.just(""), st.sampled_from('"\\[]{}=.,#\n 9az?\x00é'), st.characters()),
)
def test_one_damaged_character_is_a_located_error_or_another_program(
    key: str, place: float, letter: str
):
    text = text_of(key)
    at = int(place * len(text))
    damaged = (text[:at] + letter + text[at + 1 :]).encode("utf-8", "replace").decode()

    blueprint, faults = check(damaged)

    lines = damaged.count("\n") + 2
    assert all(1 <= fault.line <= lines and fault.path for fault in faults)
    assert (blueprint is None) is any(not fault.is_note for fault in faults)
    if blueprint is not None:
        assert "".join(blueprint.sentences())
        assert planned(blueprint)


def planned(blueprint: Blueprint) -> list[str]:
    """The dates of a program that starts on another day than the check tries, or why it has none."""
    try:
        return [f"{one.title} {one.begins_on}" for one in blueprint.calendar(date(2028, 2, 29))]
    except NoCalendar as reason:
        return [str(reason)]


@pytest.mark.slow
@QUIET
@given(key=st.sampled_from(KEYS), place=st.floats(0, 1, exclude_max=True), double=st.booleans())
def test_a_lost_or_doubled_line_never_breaks_the_check(key: str, place: float, double: bool):
    lines = text_of(key).splitlines(keepends=True)
    at = int(place * len(lines))
    lines[at : at + 1] = [lines[at], lines[at]] if double else []

    blueprint, faults = check("".join(lines))

    assert (blueprint is None) is any(not fault.is_note for fault in faults)


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_any_text_gets_an_answer(text: str):
    blueprint, faults = check(text)

    assert blueprint is None
    assert faults
