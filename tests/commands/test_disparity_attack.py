"""An attacker with everything that ``disparity`` prints, and a solver of integer programs."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.commands.asking import Capture, answered, students

RACES, MEALS = ("Black", "Native", "White"), ("no", "yes")
LEAVES = [(race, meal) for race in RACES for meal in MEALS]
CROSSED = ("--by", "race,frl", "--outcome", "graduated", "--outcome-is", "good", "--cross", "2")

Cells = dict[tuple[str, str], tuple[int, int]]


def some_students(seed: int) -> Cells:
    drawn = random.Random(seed)
    sizes = {leaf: drawn.choice((4, 14, 25, 60, 130)) for leaf in LEAVES}
    return {leaf: (n, drawn.randint(n // 2, n)) for leaf, n in sizes.items()}


def parts_of(group: dict[str, str]) -> list[int]:
    wanted = set(group.values())
    return [at for at, leaf in enumerate(LEAVES) if wanted <= set(leaf)]


def row(leaves: list[int], *, events: bool) -> np.ndarray:
    """Return coefficients over students of every leaf, then events of every leaf."""
    answer = np.zeros(2 * len(LEAVES))
    answer[[at + len(LEAVES) * events for at in leaves]] = 1
    return answer


def rules_of(told: Any) -> list[LinearConstraint]:
    """Return every number that is printed, and that events are at most students."""
    size = len(LEAVES)
    rules = [LinearConstraint(np.hstack([np.eye(size), -np.eye(size)]), 0, np.inf)]
    for table in told["tables"]:
        for one in (*table["groups"], {**table["everyone"], "group": {}}):
            for name, events in (("n_valid", False), ("events", True)):
                if one[name] is not None:
                    line = row(parts_of(one["group"]), events=events)
                    rules.append(LinearConstraint(line, one[name], one[name]))
    return rules


def reach(rules: list[LinearConstraint], target: np.ndarray) -> tuple[int, int]:
    """Return the least and the most that a sum of counts can be."""
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * target, constraints=rules, integrality=np.ones(len(target), dtype=np.int64),
            bounds=Bounds(0, 10_000),
        )  # fmt: skip
        assert found.success, found.message
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_hides_can_be_worked_out(seed, tmp_path: Path, capsys: Capture):
    cells = some_students(seed)
    file = students(tmp_path, *((",".join(leaf), n, x) for leaf, (n, x) in cells.items()))

    told = answered(capsys, "disparity", file, *CROSSED)

    rules = rules_of(told)
    hidden = [
        (one, name, events)
        for table in told["tables"]
        for one in table["groups"]
        for name, events in (("n_valid", False), ("events", True))
        if one[name] is None
    ]
    assert hidden
    for one, _name, events in hidden:
        leaves = parts_of(one["group"])
        truth = sum(cells[LEAVES[at]][events] for at in leaves)
        low, high = reach(rules, row(leaves, events=events))
        assert low <= truth <= high
        assert high - low >= 2
        if 0 < truth < told["threshold"]:
            assert low < truth
            assert high >= told["threshold"]


def test_the_attack_finds_what_was_not_protected(tmp_path: Path, capsys: Capture):
    """Taking one number out of a private answer does not hide it."""
    cells = some_students(0)
    file = students(tmp_path, *((",".join(leaf), n, x) for leaf, (n, x) in cells.items()))
    told = answered(capsys, "disparity", file, *CROSSED, "--private")
    one = told["tables"][2]["groups"][0]
    truth, one["events"] = one["events"], None

    assert reach(rules_of(told), row(parts_of(one["group"]), events=True)) == (truth, truth)
