"""Which requirements of the programs are held by a passing test."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

from throughline.commands.speaking import answer, say

ROOT = Path(__file__).resolve().parents[3]
LIST = ROOT / "tests" / "requirements.csv"
PYTEST = [
    "-m",
    "pytest",
    "-q",
    "-n",
    "2",
    "-p",
    "no:cacheprovider",
    "-p",
    "tests.requirement_marks",
]
FILE = "THROUGHLINE_REQUIREMENTS_FILE"
MUST = "M"

Report = dict[str, dict[str, object]]


def report(folder: Path, *, as_json: bool) -> int:
    """Run the tests that carry a requirement; print what holds. Returns 1 when one failed."""
    results = folder / "requirements.json"
    done = subprocess.run(
        [sys.executable, *PYTEST, "-m", "requirement", "tests"],
        env={**os.environ, FILE: str(results)}, stdout=sys.stderr, check=False,
    )  # fmt: skip
    try:
        outcomes = json.loads(results.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        say("The tests could not be collected; the lines above say why.")
        return 1
    found = summary(known(), outcomes)
    if as_json:
        answer(found)
    else:
        for program, parts in found.items():
            print(_in_words(program, parts))
    return 1 if done.returncode not in {0, 5} else 0


def known() -> dict[str, tuple[str, str]]:
    """Return program and level of each requirement that there is."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["id"]: (row["program"], row["level"]) for row in csv.DictReader(file)}


def summary(listed: dict[str, tuple[str, str]], outcomes: dict[str, dict[str, bool]]) -> Report:
    """Sort requirements by program: how many there must be, which hold, which do not yet.

    ``outcomes`` says for each requirement which tests carry it and whether they passed; it holds
    when all of them did.
    """
    found: Report = {}
    for program in dict.fromkeys(program for program, _ in listed.values()):
        must = [one for one, rank in listed.items() if rank == (program, MUST)]
        passing = {
            one: sorted(tests)
            for one in must
            if (tests := outcomes.get(one)) and all(tests.values())
        }
        missing = [one for one in must if one not in passing]
        found[program] = {"must": len(must), "passing": passing, "missing": missing}
    return found


def _in_words(program: str, parts: dict[str, object]) -> str:
    missing, must = parts["missing"], parts["must"]
    assert isinstance(missing, list) and isinstance(must, int)  # noqa: S101
    rest = f"; not yet: {', '.join(missing)}" if missing else ""
    return f"{program}: {must - len(missing)} of {must} hold{rest}"
