"""Small problems of people who meet, and every way to solve them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import strategies as some

from throughline.engines.matching import (
    Application,
    Barred,
    Coach,
    Coaching,
    Leader,
    Pair,
    Part,
    Reader,
    Reviewing,
)


def table(*lines: str) -> tuple[tuple[int, ...], ...]:
    """One digit a pair."""
    return tuple(tuple(int(one) for one in line) for line in lines)


@some.composite
def tables(draw, height: int, width: int):
    return table(*(draw(some.text("01234", min_size=width, max_size=width)) for _ in range(height)))


@some.composite
def reviewings(draw):
    height, width = draw(some.integers(1, 3)), draw(some.integers(1, 4))
    applications = tuple(Application(f"a{n}", draw(some.integers(0, 2))) for n in range(height))
    readers = []
    for n in range(width):
        least = draw(some.sampled_from((0, 0, 0, 1)))
        readers.append(Reader(f"r{n}", draw(some.integers(least, 3)), least))
    parts = tuple(Part(key, draw(tables(height, width))) for key in ("fit", "wish"))
    cells = [(f"a{row}", f"r{column}") for row in range(height) for column in range(width)]
    barred = draw(some.lists(some.sampled_from(cells), max_size=3, unique=True))
    pinned = draw(some.lists(some.sampled_from(cells), max_size=1))
    return Reviewing(
        applications, tuple(readers), parts, tuple(Barred(*one) for one in barred),
        tuple(Pair(*one) for one in pinned if one not in barred),
    )  # fmt: skip


@some.composite
def coachings(draw, equal: bool = False):
    height, width = draw(some.integers(1, 4)), draw(some.integers(1, 3))
    time = draw(some.integers(1, 2)) if equal else None
    leaders = tuple(Leader(f"l{n}", time or draw(some.integers(1, 3))) for n in range(height))
    coaches = tuple(Coach(f"c{n}", draw(some.integers(0, 6))) for n in range(width))
    parts = (Part("fit", draw(tables(height, width))),)
    cells = [(f"l{row}", f"c{column}") for row in range(height) for column in range(width)]
    barred = draw(some.lists(some.sampled_from(cells), max_size=2, unique=True))
    sees = (Part("sees", draw(tables(height, width))),) if draw(some.booleans()) else ()
    return Coaching(leaders, coaches, parts, tuple(Barred(*one) for one in barred), (), sees)


def ways(
    problem: Reviewing | Coaching, whom: set[str] | None = None
) -> Iterator[set[tuple[str, str]]]:
    """Every way to serve everybody in full, by trying them all; ``whom`` leaves out the others.

    Without some of those who are served, nobody has to serve a least.
    """
    reviewing = isinstance(problem, Reviewing)
    served = problem.applications if reviewing else problem.leaders
    serving = problem.readers if reviewing else problem.coaches
    barred = {(one.whom, one.by) for one in problem.barred}
    pinned = {(one.whom, one.by) for one in problem.pinned if whom is None or one.whom in whom}
    each = []
    for one in served:
        if whom is None or one.key in whom:
            free = [(one.key, by.key) for by in serving if (one.key, by.key) not in barred]
            each.append(list(combinations(free, one.readers if reviewing else 1)))
    time = {one.key: 1 if reviewing else one.time for one in served}
    for choice in product(*each):
        met = {pair for pairs in choice for pair in pairs}
        used = {by.key: sum(time[w] for w, b in met if b == by.key) for by in serving}
        fits = all(
            used[by.key] <= (by.most if reviewing else by.time)
            and (whom is not None or not reviewing or used[by.key] >= by.least)
            for by in serving
        )
        if fits and pinned <= met:
            yield met


def short_ways(problem: Reviewing) -> Iterator[dict[str, int]]:
    """How often each application can be read, by trying every way that leaves some short."""
    needs = [range(one.readers + 1) for one in problem.applications]
    for numbers in product(*needs):
        some = [replace(a, readers=n) for a, n in zip(problem.applications, numbers, strict=True)]
        if any(True for _way in ways(replace(problem, applications=tuple(some)))):
            yield {one.key: one.readers for one in some}


def worth(problem: Reviewing | Coaching, met: set[tuple[str, str]]) -> tuple[int, int]:
    """The least points of anybody who is served, and the sum."""
    reviewing = isinstance(problem, Reviewing)
    served = [one.key for one in (problem.applications if reviewing else problem.leaders)]
    serving = [one.key for one in (problem.readers if reviewing else problem.coaches)]
    sums: dict[str, int] = {}
    for whom, by in met:
        row, column = served.index(whom), serving.index(by)
        points = sum(part.points[row][column] for part in problem.parts)
        sums[whom] = sums.get(whom, 0) + points
    return min(sums.values(), default=0), sum(sums.values())
