"""Ask a command in this process, and read what it said."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from throughline import cli

Capture = pytest.CaptureFixture[str]


def written(folder: Path, text: str, name: str = "students.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def students(folder: Path, *groups: tuple[str, int, int], name: str = "students.csv") -> str:
    """Write one row a student; a group is its labels with commas, its students and its events."""
    rows = [f"{labels},{int(at < events)}" for labels, n, events in groups for at in range(n)]
    columns = ["race", "frl", "sex"][: groups[0][0].count(",") + 1]
    return written(folder, "\n".join([",".join([*columns, "graduated"]), *rows]) + "\n", name)


def answered(capsys: Capture, *arguments: str) -> Any:
    assert cli.main([*arguments, "--format", "json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def said(capsys: Capture, *arguments: str) -> str:
    assert cli.main([*arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: Capture, *arguments: str, code: int = 2) -> str:
    assert cli.main([*arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err.strip().splitlines()[-1]


def by_group(groups: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {" / ".join(one["group"].values()): one for one in groups}
