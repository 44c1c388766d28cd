"""The tutorial is true: its commands run on shipped files and print its numbers."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.asking import Capture, said

PAGE = Path(__file__).parents[2] / "docs/host/disparity.md"

SHOWN = re.findall(r"```console\n\$ (.*?[^\\])\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
UNSHOWN = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def arguments(command: str) -> list[str]:
    program, *rest = shlex.split(command.replace("\\\n", " "))
    assert program == "./throughline"
    return rest


def test_there_is_something_to_run():
    assert (len(SHOWN), len(UNSHOWN)) == (5, 1)


@pytest.mark.parametrize(("command", "printed"), SHOWN)
def test_what_the_page_shows_is_what_is_printed(command, printed, capsys: Capture):
    told = said(capsys, *arguments(command)).splitlines()

    at = 0
    for part in printed.strip("\n").split("\n...\n"):
        lines = part.removesuffix("\n...").splitlines()
        found = next(
            (start for start in range(at, len(told)) if told[start : start + len(lines)] == lines),
            None,
        )
        assert found is not None, f"not printed: {part}"
        at = found + len(lines)
    if "\n..." not in printed:
        assert printed.splitlines() == told


def test_the_ledger_of_the_page_works(tmp_path: Path, monkeypatch, capsys: Capture):
    monkeypatch.chdir(tmp_path)

    for command in UNSHOWN[0].strip().splitlines():
        assert "0 could be worked out." in said(capsys, *arguments(command))
    assert [path.name for path in tmp_path.iterdir()] == ["releases.json"]
