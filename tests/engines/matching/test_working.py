"""Work is counted, told, stopped; a plan says what it was made of."""

import pytest

from throughline.engines.matching import Candidate, Problem, Rule
from throughline.engines.matching.working import Cancelled, Limits, Progress, Work, fingerprint


def test_work_ends_after_its_units_and_not_after_seconds() -> None:
    work = Work(Limits(work=2), steps_a_unit=3)
    assert [work.spend() for _ in range(7)] == [True] * 5 + [False] * 2
    assert work.made("x").reproducible


def test_a_limit_in_seconds_says_that_the_plan_may_differ() -> None:
    work = Work(Limits(wall_s=0.0), steps_a_unit=10)
    assert not work.spend()
    assert not work.made("x").reproducible


def test_whoever_watches_hears_of_the_best_so_far_and_may_stop() -> None:
    heard: list[Progress] = []

    def watch(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) < 2

    work = Work(watch=watch)
    work.tell("first", 5, 9)
    with pytest.raises(Cancelled) as stopped:
        work.tell("second", 6, 9, plan="six")
    assert stopped.value.best == "six"
    assert [(one.phase, one.best, one.bound) for one in heard] == [
        ("first", 5, 9),
        ("second", 6, 9),
    ]


def test_a_fingerprint_follows_the_problem_and_not_the_order_of_a_set() -> None:
    def problem(group: str, most: int) -> Problem:
        rule = Rule("r", (frozenset(group),), most=most)
        return Problem((Candidate("a", 1), Candidate("b", 2)), 1, (rule,))

    assert fingerprint(problem("ab", 1)) == fingerprint(problem("ba", 1))
    assert fingerprint(problem("ab", 1)) != fingerprint(problem("ab", 2))
    assert fingerprint(problem("ab", 1)) != fingerprint(problem("a", 1))
