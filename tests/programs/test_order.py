"""What comes first in a blueprint comes first in the product, on either database."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest

from throughline.coaching.blueprint import CoachingSection
from throughline.programs.models import BlueprintVersion
from throughline.programs.order import ordered
from throughline.programs.sections import section

EON = (files("throughline") / "blueprints" / "eon.toml").read_text(encoding="utf-8")


def sorted_by_the_database(source: str) -> BlueprintVersion:
    """A version whose stored tables come back with their keys sorted."""
    parsed = json.loads(json.dumps(tomllib.loads(source), sort_keys=True, default=str))
    return BlueprintVersion(source=source, parsed=parsed, sha256="sorted by the database")


def test_the_first_kind_of_a_file_is_the_first_kind_of_its_section() -> None:
    version = sorted_by_the_database(EON)

    kinds = section(version, "coaching", CoachingSection).kinds

    assert list(version.parsed["coaching"]["kinds"]) == ["buddy", "executive", "mentoring"]
    assert list(kinds) == ["executive", "mentoring", "buddy"]


@pytest.mark.parametrize(
    ("stored", "written", "found"),
    [
        ({"a": 1, "b": 2, "z": 3}, {"b": 0, "a": 0}, ["b", "a", "z"]),
        ({"a": 1}, {"b": 0, "a": 0}, ["a"]),
        ({"b": 1, "a": 2}, "no table", ["b", "a"]),
    ],
)
def test_keys_follow_the_file_and_nothing_is_added_or_lost(
    stored: dict[str, int], written: object, found: list[str]
) -> None:
    result = ordered(stored, written)

    assert (list(result), result) == (found, stored)


def test_tables_within_lists_are_ordered_too() -> None:
    [result] = ordered([{"a": 1, "b": 2}], [{"b": 0, "a": 0}])

    assert list(result) == ["b", "a"]
