"""A demo is served when it is whole and is the one that was asked for; nothing is lost unasked."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date
from pathlib import Path

import pytest

from tests.factories.blueprints import MINIMAL, edited
from throughline.commands import folders
from throughline.commands.demo import read
from throughline.commands.demo_building import build, clear, is_there, wanted
from throughline.commands.demo_steps import passed
from throughline.commands.speaking import Stop


def finished(folder: Path, *arguments: str) -> None:
    mark = wanted(read(arguments))
    (folder / folders.DEMO_MARK).write_text(json.dumps(mark), encoding="utf-8")


def test_an_empty_folder_holds_no_demo(tmp_path: Path):
    assert not is_there(tmp_path, read([]))


def test_a_finished_demo_is_kept_until_it_is_to_be_built_anew(tmp_path: Path):
    finished(tmp_path)

    assert is_there(tmp_path, read([]))
    assert not is_there(tmp_path, read(["--reset"]))


def test_a_demo_that_was_begun_and_not_finished_is_none(tmp_path: Path):
    finished(tmp_path)
    (tmp_path / folders.BUILDING_MARK).touch()

    assert not is_there(tmp_path, read([]))
    assert folders.is_half_built(tmp_path)
    assert not folders.holds_a_real_network(tmp_path)


@pytest.mark.parametrize(("option", "value"), [("--seed", "7"), ("--today", "2027-01-11")])
def test_another_demo_than_the_one_asked_for_is_not_thrown_away(tmp_path: Path, option, value):
    finished(tmp_path, "--seed", "1", "--today", "2026-11-27")

    with pytest.raises(Stop, match=f"another {option}. Add --reset") as refused:
        is_there(tmp_path, read([option, value]))

    assert refused.value.code == 2


def test_a_program_that_does_not_pass_its_check_is_named_by_line_and_not_played(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text(edited(MINIMAL, "9 months", "9 moons"), encoding="utf-8")

    with pytest.raises(Stop, match=r"mine\.toml:6: program\.length: expected a span") as refused:
        passed(path)

    assert refused.value.code == 2


def test_a_real_network_is_never_built_over(tmp_path: Path):
    (tmp_path / folders.DATABASE).write_bytes(b"rows")

    with pytest.raises(Stop, match="holds a network that is no demo") as refused:
        build(tmp_path, read(["--reset"]))

    assert refused.value.code == 2
    assert (tmp_path / folders.DATABASE).read_bytes() == b"rows"


def test_clearing_leaves_the_mark_and_the_lock(tmp_path: Path):
    (tmp_path / folders.BUILDING_MARK).touch()
    (tmp_path / folders.LOCK).touch()
    (tmp_path / "building" / "mail").mkdir(parents=True)
    (tmp_path / folders.DATABASE).touch()

    clear(tmp_path)

    assert {one.name for one in tmp_path.iterdir()} == {folders.BUILDING_MARK, folders.LOCK}


def test_what_was_typed_fixes_the_bytes():
    options = read(["--seed", "3", "--today", "2027-01-11", "--port", "8137"])

    assert isinstance(options, Namespace)
    assert wanted(options) == {
        "today": date(2027, 1, 11).isoformat(),
        "today_was_chosen": True,
        "seed": 3,
        "blueprint": "",
    }
