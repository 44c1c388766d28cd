"""The guide is true: its commands run on the shipped problems and print what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.asking import Capture, said

PAGE = (Path(__file__).parents[2] / "docs/host/matching.md").read_text("utf-8")

SHOWN = re.findall(r"```console\n\$ (.*?)\n(.*?)```", PAGE, re.DOTALL)
UNSHOWN = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def test_there_is_something_to_run():
    assert (len(SHOWN), len(UNSHOWN)) == (2, 1)


@pytest.mark.parametrize(("command", "printed"), SHOWN)
def test_what_the_guide_shows_is_what_is_printed(command: str, printed: str, capsys: Capture):
    told = said(capsys, *shlex.split(command)[1:])

    at = 0
    for part in printed.strip("\n").removesuffix("\n...").split("\n...\n"):
        found = told.find(part, at)
        assert found >= 0, f"not printed: {part}"
        at = found + len(part)


def test_a_plan_is_made_repaired_and_checked_as_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    monkeypatch.chdir(tmp_path)

    for line in UNSHOWN[0].strip().splitlines():
        command, _arrow, target = line.partition(" > ")
        out = said(capsys, *shlex.split(command)[1:])
        if target:
            (tmp_path / target).write_text(out, encoding="utf-8")

    assert "keeps every rule of its problem" in out
