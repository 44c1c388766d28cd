"""A file of students becomes sentences: reading, counting, comparing in one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.disparity.files import CODEBOOK, COLUMNS, write
from throughline.engines.disparity.comparators import AllOthers, Everyone, Group
from throughline.engines.disparity.comparing import compare
from throughline.engines.disparity.cube import Cube, build_cube
from throughline.engines.disparity.reading import read
from throughline.engines.disparity.sentences import evidence, sentence


@pytest.fixture
def cube(tmp_path: Path) -> Cube:
    def students(race: str, meals: str, graduated: str, gpa: str, times: int):
        return [(race, meals, "School A", graduated, gpa)] * times

    rows = [
        *students("Black", "Yes", "1", "2.5", 30),
        *students("Black", "No", "0", "2.0", 20),
        *students("White", "Yes", "1", "3.0", 45),
        *students("White", "No", "0", "3.5", 5),
        *students("", "No", "-9", "", 4),
    ]
    return build_cube(read(write(tmp_path / "students.csv", COLUMNS, rows)), CODEBOOK)


def test_a_file_becomes_sentences_with_missing_values_said(cube: Cube):
    found = compare(
        cube.table(("race",), "graduated"), comparator=Group("White"), outcome_is="good"
    )

    lines = {labels[0]: sentence(found, row) for row, labels in enumerate(found.groups)}
    assert lines["Black"] == (
        "Black students: 60.0 %, 30.0 percentage points below White students; 33.3 % less likely"
    )
    assert lines["Missing"] == "Students whose race is missing: no outcome is known"
    assert evidence(found, found.row("Black")).startswith("30 of 50 students; ")
    assert (found.snapshot, found.comparisons) == (cube.snapshot, 1)


def test_scores_come_back_in_their_own_units(cube: Cube):
    found = compare(cube.table(("race",), "gpa"), comparator=AllOthers(), outcome_is="good")

    assert found.figure("mean", found.row("Black")).value == 2.3
    assert found.figures["standardized_mean_difference"].value[found.row("Black")] < 0


def test_the_total_has_a_rate_and_a_crossed_table_every_group(cube: Cube):
    total = compare(cube.table((), "graduated"), comparator=Everyone(), outcome_is="good")
    crossed = compare(
        cube.table(("race", "frl"), "graduated"), comparator=Group("White"), outcome_is="good"
    )

    assert sentence(total, 0) == "All students: 75.0 %"
    assert sentence(crossed, crossed.row("Black", "Yes")) == (
        "Black students (frl: Yes): 100.0 %, 10.0 percentage points above White students; "
        "11.1 % more likely"
    )
