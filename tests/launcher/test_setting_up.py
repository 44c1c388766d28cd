"""The set-up refuses with one sentence, replaces nobody's folder, and trusts no torn stamp."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from throughline.commands import setting_up
from throughline.commands.speaking import Stop

LAUNCHER = setting_up.ROOT / "throughline"


def launched(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env={**os.environ, **variables}, text=True,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip


def test_an_old_python_is_told_which_one_is_needed():
    pretend = (
        "import runpy, sys; sys.version_info = (3, 10, 13, 'final', 0); "
        f"runpy.run_path({str(LAUNCHER)!r}, run_name='__main__')"
    )

    told = launched("-c", pretend)

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        "Throughline needs Python 3.11 or newer; this is Python 3.10. Install a newer python3, "
        "or run: python3.11 throughline ...\n"
    )


def test_a_folder_that_somebody_else_made_is_left_as_it_is(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")

    told = launched(str(LAUNCHER), "version", THROUGHLINE_ENV=str(tmp_path))

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        f"{tmp_path} was not made by ./throughline, so it is left as it is. Move it away, or name "
        "another folder in THROUGHLINE_ENV.\n"
    )
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_place_where_no_folder_can_be_made_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()

    told = launched(str(LAUNCHER), "version", THROUGHLINE_ENV=str(tmp_path / "file" / "env"))

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("The set-up may not write here.")
    assert told.stderr.count("\n") == 1


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()

    told = launched(
        "-m", "throughline.cli", "serve", "--port", "8199", THROUGHLINE_HOME=str(tmp_path / "file")
    )

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        f"The data folder {tmp_path / 'file'} cannot be made (File exists). Name another one in "
        "THROUGHLINE_HOME.\n"
    )


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"edition": 1}'])
def test_a_torn_stamp_means_that_nothing_is_set_up(tmp_path: Path, torn):
    (tmp_path / setting_up.STAMP).write_text(torn, encoding="utf-8")

    assert not setting_up.holds(tmp_path, "run")


def test_a_finished_set_up_holds_until_a_lock_changes(tmp_path: Path, monkeypatch):
    environment = tmp_path / "env"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    locks = tmp_path / "locks"
    locks.mkdir()
    for name in ("bootstrap", *setting_up.LEVELS):
        (locks / f"{name}.lock").write_text("django==5.2\n", encoding="utf-8")
    monkeypatch.setattr(setting_up, "LOCKS", locks)
    setting_up.write_stamp(environment, "postgres")

    before = [setting_up.holds(environment, level) for level in setting_up.LEVELS]
    (locks / "postgres.lock").write_text("django==5.2.1\n", encoding="utf-8")
    after = [setting_up.holds(environment, level) for level in setting_up.LEVELS]

    assert before == [True, True, False]
    assert after == [False, False, False]


def test_an_environment_that_was_moved_is_made_anew(tmp_path: Path):
    environment = tmp_path / "env"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    setting_up.write_stamp(environment, "test")
    moved = environment.rename(tmp_path / "moved")

    assert not setting_up.holds(moved, "run")


def test_only_a_begun_or_an_empty_folder_is_replaced(tmp_path: Path):
    begun = tmp_path / "begun"
    begun.mkdir()
    (begun / setting_up.OURS).touch()
    (begun / "half a package").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "photo.jpg").touch()

    setting_up.check_folder(begun)
    setting_up.check_folder(tmp_path / "empty")
    setting_up.check_folder(tmp_path / "nothing yet")

    with pytest.raises(Stop, match="was not made by"):
        setting_up.check_folder(tmp_path / "foreign")


@pytest.mark.parametrize(
    ("printed", "begins"),
    [
        ("error: failed to write: No space left on device (os error 28)", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "A downloaded package is not"),
        ("NewConnectionError(': [Errno -3] Temporary failure in name resolution')", "The Python"),
        ("cause: tcp connect error: Connection refused (os error 111)", "The Python package"),
        ("cause: Permission denied (os error 13)", "The set-up may not write here"),
        ("error: unexpected token in line 3", ""),
    ],
)
def test_what_an_installer_prints_becomes_a_sentence(printed, begins):
    sentence = setting_up.sentence_for(printed)

    assert sentence.startswith(begins)
    assert bool(sentence) == bool(begins)


def test_without_a_place_to_keep_downloads_the_installer_keeps_none(tmp_path: Path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))

    with_a_place = setting_up.variables()
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "file" / "cache"))
    without = setting_up.variables()

    assert "UV_NO_CACHE" not in with_a_place
    assert without["UV_NO_CACHE"] == "1"
