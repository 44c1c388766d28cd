"""The seed and the day fix every byte of a demo that is not a secret of its server."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

TODAY = "2027-03-02"
OF_THE_SERVER = ("throughline_secret_key", "throughline.sqlite3")
"""Drawn anew by every server, and the database, which is compared row by row."""


def built(folder: Path, *, seed: int, hash_seed: int, zone: str) -> Path:
    """Build a small demo in a process whose hashes and clock are its own."""
    folder.mkdir(mode=0o700)
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables |= {
        "THROUGHLINE_HOME": str(folder),
        "THROUGHLINE_DEMO": "1",
        "THROUGHLINE_TODAY": TODAY,
        "DJANGO_SETTINGS_MODULE": "throughline.settings",
        "PYTHONHASHSEED": str(hash_seed),
        "TZ": zone,
    }
    subprocess.run(
        [sys.executable, "-m", "tests.rehearsal.building", TODAY, str(seed)],
        env=variables, cwd=Path(__file__).parents[2], check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return folder


def rows(folder: Path) -> dict[str, list[str]]:
    """Every row of every table, as text, in the order in which it was written."""
    with closing(sqlite3.connect(folder / "throughline.sqlite3")) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {
            name: [repr(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
            for name in names
        }


def files(folder: Path) -> dict[str, bytes]:
    """Every file that was written, but for what belongs to the server."""
    return dict(_files(folder))


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(OF_THE_SERVER):
            yield str(path.relative_to(folder)), path.read_bytes()


@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_rows_and_files(tmp_path: Path) -> None:
    first = built(tmp_path / "first", seed=7, hash_seed=1, zone="UTC")
    again = built(tmp_path / "again", seed=7, hash_seed=77, zone="Asia/Tokyo")

    ours, theirs = rows(first), rows(again)
    differing = {name for name in ours | theirs if ours.get(name) != theirs.get(name)}
    assert differing == set()
    assert len(ours["coaching_note"]) > len(ours["coaching_coachingengagement"]) > 0
    assert files(first) == files(again)
    assert {"keys/sealing_key"} < set(files(first))
