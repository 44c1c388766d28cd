"""Whatever is wrong with a backup or a restore ends in one sentence, and nothing is touched."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.commands.asking import Capture, refused
from throughline import cli
from throughline.commands import folders


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the least that a backup reads."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("THROUGHLINE_HOME", str(folder))
    monkeypatch.setenv("DATABASE_URL", "")
    with closing(sqlite3.connect(folder / folders.DATABASE)) as database:
        database.executescript(
            "CREATE TABLE django_migrations (app TEXT, name TEXT);"
            "CREATE TABLE people_network (id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE TABLE django_session (session_key TEXT);"
            "INSERT INTO django_migrations VALUES ('people', '0001_initial');"
            "INSERT INTO people_network (name) VALUES ('Harbor Network'), ('Another');"
            "INSERT INTO django_session VALUES ('the cookie of somebody');"
        )
        database.executemany(
            "INSERT INTO people_network (name) VALUES (?)", [(os.urandom(90).hex(),)] * 400
        )
        database.commit()
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def good(shelf: Path, capsys: Capture) -> Path:
    """A backup of the data folder."""
    assert cli.main(["backup", str(shelf / "good.zip")]) == 0
    capsys.readouterr()
    return shelf / "good.zip"


def test_a_backup_is_one_private_file_that_says_what_is_in_it(shelf: Path, capsys: Capture):
    assert cli.main(["backup", "--json", str(shelf)]) == 0

    out, err = capsys.readouterr()
    [file] = shelf.iterdir()
    told = json.loads(out)
    assert (told["file"], told["rows"], told["networks"]) == (str(file), 403, 402)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "keys/sealing_key) is not in this backup" in err
    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["database.sqlite3", "manifest.json"]
        manifest = json.loads(archive.read("manifest.json"))
        assert b"the cookie of somebody" not in archive.read("database.sqlite3")
    assert manifest["facts"]["steps"] == {"people": ["0001_initial"]}
    assert "is not in this backup and never is" in manifest["notice"]


def test_a_check_says_what_would_come_back(good: Path, capsys: Capture):
    assert cli.main(["backup", "--check", str(good)]) == 0

    out, err = capsys.readouterr()
    assert out == f"{good}\n"
    assert "networks: 402, rows: 403, tables: 2" in err
    assert "It is whole and can be restored here." in err


def test_a_backup_replaces_no_file(good: Path, capsys: Capture):
    before = good.read_bytes()

    assert "is already there" in refused(capsys, "backup", str(good))
    assert good.read_bytes() == before


def test_a_backup_is_never_put_beside_the_key_file(home: Path, capsys: Capture):
    said = refused(capsys, "backup", str(home / "keys" / "one.zip"))

    assert "beside the key file of private texts" in said
    assert not list(home.rglob("*.zip"))


def test_a_disk_that_is_not_there_is_not_made_up(shelf: Path, capsys: Capture):
    assert "There is no folder" in refused(capsys, "backup", str(shelf / "disk" / "one.zip"))
    assert list(shelf.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(shelf: Path, capsys: Capture):
    with files_of_at_most(30_000):
        said = refused(capsys, "backup", str(shelf / "one.zip"))

    assert "Make room" in said
    assert list(shelf.iterdir()) == []


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_there_is_nothing_to_back_up(home: Path, capsys: Capture):
    (home / folders.DATABASE).unlink()

    assert "There is nothing to back up" in refused(capsys, "backup", str(home.parent / "one.zip"))


@pytest.mark.parametrize("mark", [folders.BUILDING_MARK, folders.RESTORING_MARK])
def test_what_is_half_finished_is_neither_backed_up_nor_served(
    home: Path, shelf: Path, capsys: Capture, mark: str
):
    (home / mark).touch()

    assert "half-finished" in refused(capsys, "backup", str(shelf / "one.zip"))
    assert "half-finished" in refused(capsys, "serve")


def test_one_backup_or_restore_at_a_time(home: Path, good: Path, shelf: Path, capsys: Capture):
    with folders.backing_up(home):
        assert "Another backup" in refused(capsys, "backup", str(shelf / "two.zip"))
        assert "Another backup" in refused(capsys, "restore", "--replace", str(good))
    with folders.in_use(home):
        assert "Another throughline" in refused(capsys, "restore", "--replace", str(good))
        assert cli.main(["backup", str(shelf / "two.zip")]) == 0


def test_a_network_that_is_there_is_not_replaced_unasked(good: Path, home: Path, capsys: Capture):
    assert "Add --replace" in refused(capsys, "restore", str(good))
    assert not list(home.glob("before-restore-*"))


def edited(good: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Return a copy of a backup whose manifest says something else."""
    other = good.with_name("edited.zip")
    with zipfile.ZipFile(good) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
            after.writestr(name, data)
    return other


def cut(good: Path) -> Path:
    good.write_bytes(good.read_bytes()[:-2000])
    return good


def scratched(good: Path) -> Path:
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 1
    good.write_bytes(data)
    return good


def other_rows(good: Path) -> Path:
    return edited(good, lambda said: said["facts"]["rows"].update(people_network=3))


def newer(good: Path) -> Path:
    return edited(good, lambda said: said.update(version="99.0.0"))


def newer_format(good: Path) -> Path:
    return edited(good, lambda said: said.update(format=2))


def further_steps(good: Path) -> Path:
    return edited(good, lambda said: said["facts"]["steps"]["people"].append("0999_from_beyond"))


def of_another_kind(good: Path) -> Path:
    return edited(good, lambda said: said.update(database="oracle"))


def a_letter(good: Path) -> Path:
    good.write_text("Dear all, ...", encoding="utf-8")
    return good


def another_zip(good: Path) -> Path:
    with zipfile.ZipFile(good, "w") as archive:
        archive.writestr("../../etc/passwd", "root")
    return good


def climbing(good: Path) -> Path:
    with zipfile.ZipFile(good, "a") as archive:
        archive.writestr("../climbed", "x")
    return good


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (cut, "is cut short: its end is missing."),
        (scratched, "is damaged: database.sqlite3 in it is not what was written."),
        (other_rows, "The database in this backup is not whole: rows are missing."),
        (newer, "made by a newer Throughline (99.0.0"),
        (newer_format, "made by a newer Throughline"),
        (further_steps, "it knows people.0999_from_beyond, which this one does not"),
        (of_another_kind, "a database that is not known here: oracle"),
        (a_letter, "is no backup of Throughline."),
        (another_zip, "is no backup of Throughline."),
        (climbing, "is no backup of Throughline."),
        (lambda good: good.parent, "is a folder"),
        (lambda good: good.with_name("gone.zip"), "There is no file"),
    ],
)
def test_what_cannot_be_restored_is_named_and_nothing_is_touched(
    good: Path, home: Path, capsys: Capture, spoil: Callable[[Path], Path], sentence: str
):
    before = (home / folders.DATABASE).read_bytes()
    file = spoil(good)

    assert sentence in refused(capsys, "backup", "--check", str(file))
    assert sentence in refused(capsys, "restore", "--replace", str(file))
    assert (home / folders.DATABASE).read_bytes() == before
    assert not list(home.glob("*restore*"))


def test_a_backup_of_one_database_is_not_restored_into_the_other(
    good: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    said = refused(capsys, "restore", str(good))

    assert said == "This is a backup of SQLite, and DATABASE_URL names PostgreSQL here."
    assert "could not be used" in refused(capsys, "backup", str(good.with_name("two.zip")))


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_is_interrupted_ends_at_once_and_leaves_everything(
    home: Path, shelf: Path, number: int, code: int
):
    os.mkfifo(shelf / "slow.zip")
    command = [sys.executable, "-m", "throughline.cli", "restore", str(shelf / "slow.zip")]
    environment = {**os.environ, "PYTHONPATH": "src"}
    with (
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as asked,
        (shelf / "slow.zip").open("wb"),  # opens when the command reads
    ):
        asked.send_signal(number)
        _out, err = asked.communicate(timeout=20)

    assert (asked.returncode, err) == (code, b"")
    assert sorted(one.name for one in home.iterdir()) == [folders.DATABASE]
