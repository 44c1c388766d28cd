"""Cohorts: the best choice under nineteen rules, its margins, prices and repair; conflicts.

``python -m benchmarks.matching_select`` makes applicants, rules and conflicts by chance and prints
medians of three seeds, in seconds of the processor.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from throughline.engines.matching import (
    Candidate,
    Problem,
    Rule,
    conflicts_select,
    eased,
    margins_select,
    prices,
    repair_select,
    select,
    why_select,
)

SEEDS = (1, 2, 3)
SIZES = ((40, 8), (80, 12), (300, 40), (3_000, 100))
"""Applicants and seats."""
PRICED = 300
"""Up to so many applicants, every rule and every seat is priced."""
RULES = 19
CLASHING = 51

T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    argparse.ArgumentParser(prog="benchmarks.matching_select", description=__doc__).parse_args()
    for line in lines():
        print(line, flush=True)


def lines() -> Iterator[str]:
    """Measure; return the lines of the tables."""
    yield "| applicants, seats, rules | proven | choose | all margins | prices of rules | why | repair |"
    yield "|---|---|---|---|---|---|---|"
    select(cohort(40, 8, 0))
    for size, seats in SIZES:
        runs = [_measured(cohort(size, seats, seed), whole=size <= PRICED) for seed in SEEDS]
        proven = sum(one[0] == 0 for one in runs)
        cells = [_median([one[at] for one in runs]) for at in range(1, len(runs[0]))]
        yield (
            f"| {size:,}, {seats}, {RULES} | {proven} of {len(runs)} | " + " | ".join(cells) + " |"
        )
    yield ""
    yield "| in conflict | rules named | numbers that give way | s |"
    yield "|---|---|---|---|"
    for seed in SEEDS:
        problem = clashing(80, 12, seed)
        found, seconds = timed(partial(conflicts_select, problem))
        if found is None:
            yield f"| 80, 12, {CLASHING}, seed {seed} | none | - | {seconds:.2f} |"
            continue
        select(eased(problem, found.fix))
        ways = ", ".join(f"{one.what} {one.number} by {one.by}" for one in found.fix)
        yield f"| 80, 12, {CLASHING}, seed {seed} | {len(found.core)} | {ways} | {seconds:.2f} |"


def _measured(problem: Problem, *, whole: bool) -> list[float]:
    """Return how far from proven a choice is, and seconds: of it, margins, prices, why, repair."""
    plan, choosing = timed(lambda: select(problem))
    gap = plan.certificate.bound - plan.certificate.value
    who = None if whole else plan.chosen
    _margins, margins = timed(lambda: margins_select(problem, plan, who))
    _prices, priced = timed(lambda: prices(problem, plan) if whole else None)
    _why, why = timed(lambda: why_select(problem, plan, plan.chosen[0]))
    now = replace(problem, barred=plan.chosen[:3])
    _mended, mending = timed(lambda: repair_select(now, plan.chosen))
    return [gap, choosing, margins, priced if whole else float("nan"), why, mending]


def _median(values: list[float]) -> str:
    middle = statistics.median(values)
    return "-" if middle != middle else f"{middle:.2f}"


def timed(run: Callable[[], T]) -> tuple[T, float]:
    """Return what a call returns, and its seconds of the processor."""
    begun = time.process_time()
    return run(), time.process_time() - begun


def cohort(size: int, seats: int, seed: int) -> Problem:
    """Applicants of states and districts, who count for seventeen more rules that can hold."""
    rng = random.Random(seed)
    people = tuple(Candidate(f"n{place}", rng.randint(200, 400)) for place in range(size))
    known = sorted(rng.sample([one.key for one in people], seats))
    states = _groups(rng, people, max(12, seats // 2))
    districts = _groups(rng, people, size * 7 // 10)
    rules = [
        Rule("state", states, most=max(2, *(len(group & set(known)) for group in states))),
        Rule("district", districts, most=max(1, *(len(group & set(known)) for group in districts))),
    ]
    for number in range(RULES - len(rules)):
        share = 0.2 + 0.03 * number
        group = frozenset(one.key for one in people if rng.random() < share)
        has = len(group & set(known))
        bounds = (max(0, has - 1), None) if number % 2 else (None, has + 1)
        rules.append(Rule(f"rule {number}", (group,), *bounds))
    return Problem(people, seats, tuple(rules))


def _groups(
    rng: random.Random, people: tuple[Candidate, ...], many: int
) -> tuple[frozenset[str], ...]:
    groups: list[set[str]] = [set() for _group in range(many)]
    for one in people:
        groups[rng.randrange(many)].add(one.key)
    return tuple(frozenset(group) for group in groups if group)


def clashing(size: int, seats: int, seed: int) -> Problem:
    """The same with more rules, among them three that ask for more seats than there are."""
    problem = cohort(size, seats, seed)
    rng = random.Random(seed)
    keys = [one.key for one in problem.candidates]
    rules = list(problem.rules)
    for number in range(CLASHING - len(rules) - 3):
        group = frozenset(rng.sample(keys, size // 2))
        rules.append(Rule(f"more {number}", (group,), most=seats))
    rng.shuffle(keys)
    third = size // 3
    for number, name in enumerate(("north", "south", "west")):
        part = frozenset(keys[number * third : (number + 1) * third])
        rules.append(Rule(name, (part,), least=seats // 3 + 1))
    return replace(problem, rules=tuple(rules))


if __name__ == "__main__":
    main()
