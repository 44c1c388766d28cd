"""What is typed after ``test`` reaches pytest as it was meant."""

from __future__ import annotations

import pytest

from throughline.commands.testing import Outcome, folders_of, worst


@pytest.mark.parametrize(
    ("typed", "passed_on"),
    [
        (["admissions", "-k", "late"], ["tests/admissions", "-k", "late"]),
        (["browser", "-m", "browser"], ["tests/browser", "-m", "browser"]),
        (["-k", "home", "home"], ["-k", "home", "tests/home"]),
        (["tests/home", "--lf"], ["tests/home", "--lf"]),
    ],
)
def test_a_folder_may_be_named_without_tests_before_it(typed, passed_on):
    assert folders_of(typed) == passed_on


@pytest.mark.parametrize(("codes", "answer"), [([0, 0], 0), ([0, 3], 3), ([3, 1, 0], 1), ([], 0)])
def test_a_failure_counts_more_than_what_could_not_run(codes, answer):
    assert worst([Outcome("a check", code, 0.0) for code in codes]) == answer
