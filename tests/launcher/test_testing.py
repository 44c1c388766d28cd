"""What is typed after ``test`` reaches pytest as it was meant."""

from __future__ import annotations

import re

import pytest

from throughline.commands.testing import BROWSER, ROOT, SPARK, Outcome, folders_of, worst


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


@pytest.mark.parametrize("chosen", [BROWSER, SPARK])
def test_what_runs_apart_stands_in_the_folder_that_is_read(chosen: list[str]):
    _option, mark, folder = chosen
    is_marked = re.compile(rf"pytest\.mark\.{mark}\b").search
    marked = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if is_marked(path.read_text(encoding="utf-8"))
    ]

    assert marked
    assert [path for path in marked if not path.startswith(folder)] == []
