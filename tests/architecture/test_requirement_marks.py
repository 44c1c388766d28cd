"""Which requirements hold: only those whose marked tests all ran and passed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from throughline.commands.requirements import FILE, PYTEST, ROOT, known, summary


def run(folder: Path, *lines: str) -> tuple[int, dict[str, dict[str, bool]] | None]:
    """Run a file of tests as the command does; return how it ended and what it noted."""
    (folder / "test_it.py").write_text("\n".join(["import pytest", *lines]), encoding="utf-8")
    noted = folder / "noted.json"
    done = subprocess.run(
        [sys.executable, *PYTEST, "-p", "no:django", f"--rootdir={folder}",
         f"--confcutdir={folder}", "-c", os.devnull, str(folder / "test_it.py")],
        env={**os.environ, FILE: str(noted)}, cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    found = json.loads(noted.read_text(encoding="utf-8")) if noted.exists() else None
    return done.returncode, found


@pytest.mark.slow
def test_only_a_test_that_ran_and_passed_counts(tmp_path: Path):
    code, noted = run(
        tmp_path,
        "@pytest.fixture",
        "def broken(): raise OSError",
        "@pytest.fixture",
        "def breaks_late():",
        "    yield",
        "    raise OSError",
        "@pytest.mark.requirement('RELN-01')",
        "def test_passes(): pass",
        "@pytest.mark.requirement('RELN-02')",
        "def test_fails(): assert False",
        "@pytest.mark.requirement('RELN-03')",
        "def test_skips(): pytest.skip()",
        "@pytest.mark.requirement('RELN-04')",
        "@pytest.mark.xfail",
        "def test_is_expected_to_fail(): assert False",
        "@pytest.mark.requirement('RELN-05', 'RELN-06', 'RELN-08')",
        "def test_is_not_set_up(broken): pass",
        "@pytest.mark.requirement('RELN-09')",
        "def test_leaves_a_mess(breaks_late): pass",
    )

    assert code == 1
    held = {name: all(tests.values()) for name, tests in (noted or {}).items()}
    assert held == {
        "RELN-01": True, "RELN-02": False, "RELN-03": False, "RELN-04": False,
        "RELN-05": False, "RELN-06": False, "RELN-08": False, "RELN-09": False,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("named", ["", "'RELN-99'", "'RELN-01', 'RELN-02', 'RELN-03', 'RELN-04'"])
def test_a_mark_without_a_requirement_with_a_strange_one_or_with_four_stops_the_run(
    tmp_path: Path, named: str
):
    code, noted = run(tmp_path, f"@pytest.mark.requirement({named})", "def test_it(): pass")

    assert code not in {0, 5}
    assert not noted


def test_a_requirement_holds_when_all_its_tests_passed():
    listed = {"A-01": ("A", "M"), "A-02": ("A", "M"), "A-03": ("A", "S"), "B-01": ("B", "M")}
    outcomes = {
        "A-01": {"tests/b.py::two": True, "tests/a.py::one": True},
        "A-02": {"tests/a.py::one": True, "tests/a.py::three": False},
        "A-03": {"tests/a.py::one": True},
    }

    assert summary(listed, outcomes) == {
        "A": {
            "must": 2,
            "passing": {"A-01": ["tests/a.py::one", "tests/b.py::two"]},
            "missing": ["A-02"],
        },
        "B": {"must": 1, "passing": {}, "missing": ["B-01"]},
    }


def test_the_list_holds_every_must_of_the_five_programs():
    found = summary(known(), {})

    assert {program: parts["must"] for program, parts in found.items()} == {
        "RELN": 48, "NEWS": 24, "EON": 32, "LERN": 46, "LEE": 28,
    }  # fmt: skip
