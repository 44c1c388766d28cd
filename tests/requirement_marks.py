"""Notes which requirements a test names, and how it ended, for ``throughline test --requirements``."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

KNOWN = Path(__file__).parent / "requirements.csv"
PROPERTY = "requirement"
_outcomes: dict[str, dict[str, bool]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse marks that name no requirement, one that does not exist, or more than three."""
    with KNOWN.open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    for item in items:
        named = [one for mark in item.iter_markers("requirement") for one in mark.args]
        if any(True for _ in item.iter_markers("requirement")) and not 1 <= len(named) <= 3:
            raise pytest.UsageError(f"{item.nodeid}: name one requirement, at most three")
        if strange := set(named) - known:
            raise pytest.UsageError(f"{item.nodeid}: no such requirement: {sorted(strange)}")
        item.user_properties.extend((PROPERTY, one) for one in named)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember how each marked test ended; a skipped one holds nothing."""
    if report.when != "call" and report.outcome == "passed":
        return
    for name, one in report.user_properties:
        if name == PROPERTY:
            tests = _outcomes.setdefault(str(one), {})
            tests[report.nodeid] = tests.get(report.nodeid, True) and report.outcome == "passed"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was noted, once, from the process that saw all of it."""
    target = os.environ.get("THROUGHLINE_REQUIREMENTS_FILE")
    if target and not hasattr(session.config, "workerinput"):
        Path(target).write_text(json.dumps(_outcomes), encoding="utf-8")
