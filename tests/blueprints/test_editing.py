"""Changing single values of a file, listing them, and telling two versions apart."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.composition.sections import SECTIONS, look_at, shipped
from throughline.core.blueprint.difference import differences
from throughline.core.blueprint.editing import put
from throughline.core.blueprint.leaves import Leaf, leaves
from throughline.core.blueprint.reading import plain

RELN = (files("throughline") / "blueprints" / "reln.toml").read_text(encoding="utf-8")
SMALL = """\
# the county's own
[blueprint]
key = "county"   # never changes
name = "County"

[program]
length = "9 months"
hosts = [{ key = "county", name = "County Office" }]
"""


def all_leaves(text: str) -> list[Leaf]:
    tables = plain(tomllib.loads(text))
    return [leaf for key, model in SECTIONS.items() for leaf in leaves(model, tables, key)]


def changed_paths(before: str, after: str) -> list[str]:
    old, new = look_at(before).whole, look_at(after).whole
    assert old is not None
    assert new is not None
    return [change.path for change in differences(old.sections, new.sections)]


def test_a_value_changes_and_its_comment_stays():
    changed = put(SMALL, {("blueprint", "name"): "Our County", ("program", "length"): "1 years"})

    assert changed == SMALL.replace('"County"', '"Our County"').replace("9 months", "1 years")


def test_a_table_is_taken_out_though_its_neighbors_stand_apart_in_the_file():
    gone = put(RELN, {("people", "titles"): None})

    assert tomllib.loads(gone)["people"].keys() == tomllib.loads(RELN)["people"].keys() - {"titles"}


def test_a_table_on_the_way_is_made_and_a_key_taken_out():
    changed = put(SMALL, {("program", "cohort", "max"): 12, ("program", "hosts", 0, "key"): "c"})
    gone = put(changed, {("program", "cohort", "max"): None})

    assert tomllib.loads(changed)["program"]["cohort"] == {"max": 12}
    assert tomllib.loads(changed)["program"]["hosts"] == [{"key": "c", "name": "County Office"}]
    assert tomllib.loads(gone)["program"]["cohort"] == {}
    assert "# never changes" in gone


@pytest.mark.parametrize(
    "place", [("program", "hosts", 3, "name"), ("program", "length", "unit"), ("blueprint", 0)]
)
def test_a_place_that_is_not_there_is_refused(place: tuple[str | int, ...]):
    with pytest.raises(ValueError, match="cannot be written"):
        put(SMALL, {place: "x"})


@pytest.mark.parametrize(
    "text", shipped(), ids=lambda text: tomllib.loads(text)["blueprint"]["key"]
)
def test_every_value_typed_as_it_is_shown_changes_nothing(text: str):
    found = all_leaves(text)

    assert [leaf.path for leaf in found if leaf.read(leaf.typed()) != leaf.value] == []
    assert len({leaf.path for leaf in found}) == len(found) > 1000


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_text_put_at_any_place_is_what_the_file_then_says(data: st.DataObject):
    leaf = data.draw(st.sampled_from([one for one in all_leaves(RELN) if one.kind == "text"]))
    text = data.draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])))

    changed = put(RELN, {leaf.place: text})

    here: Any = tomllib.loads(changed)
    for step in leaf.place:
        here = here[step]
    assert here == text
    assert changed.count("#") >= RELN.count("#")


def test_differences_follow_keys_and_not_positions():
    first, second = RELN.index("[[program.statements]]"), RELN.index("[[program.benefits]]")
    statements = RELN[first:second].split("[[program.statements]]")[1:]
    turned = "".join(f"[[program.statements]]{one}" for one in reversed(statements))

    assert changed_paths(RELN, RELN[:first] + turned + RELN[second:]) == ["program.statements"]
    assert changed_paths(RELN, put(RELN, {("program", "statements", 1, "text"): "Ours."})) == [
        "program.statements[leverage].text"
    ]


def test_another_spelling_and_a_default_written_out_are_no_difference():
    same = RELN.replace('"10 days"', '"20 half-days"').replace(
        'holder = "person"', 'holder = "person"\nbelow_min = "warn"'
    )

    assert same != RELN
    assert changed_paths(RELN, same) == []


def test_the_first_moment_of_a_new_host_is_told_path_by_path():
    """RELN with 2.5 days, teams of three to five and another name (blueprint.md, 7)."""
    changed = put(
        RELN,
        {
            ("blueprint", "name"): "Promise Network",
            ("blueprint", "short"): "PN",
            ("words", "en", "participant", "one"): "promise fellow",
            ("words", "en", "participant", "other"): "promise fellows",
            ("teams", "rings", "design-team", "min"): 3,
            ("teams", "rings", "design-team", "max"): 5,
            ("convenings", "series", "network", "length"): "5 half-days",
            ("convenings", "series", "network", "on"): "Wednesday",
            ("ledger", "entitlements", "convening-days", "quantity"): "25 half-days",
        },
    )

    assert look_at(changed).errors == []
    assert changed_paths(RELN, changed) == [
        "blueprint.name", "blueprint.short", "words.en.participant.one",
        "words.en.participant.other", "teams.rings.design-team.min", "teams.rings.design-team.max",
        "convenings.series.network.on", "convenings.series.network.length",
        "ledger.entitlements.convening-days.quantity",
    ]  # fmt: skip
