"""Points in time order, checked: numbers, baselines, directions, sides of a line, runs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import isfinite
from statistics import median
from typing import Literal

from throughline.engines.improvement.refusals import (
    BadCount,
    Mismatched,
    NoBaseline,
    NoDirection,
    NotANumber,
    TooFew,
)

Better = Literal["up", "down"]
"""The direction in which a measure is better; fixed when the measure is defined."""

LEAST_POINTS = 12
"""Fewer points get no rule: with 12, at most 6 lie on a side of their own median."""


def numbers(values: Sequence[float]) -> tuple[float, ...]:
    """Return the points as floats.

    Raises
    ------
    TooFew
        There is no point at all.
    NotANumber
        A point is missing or not finite; its position (from 1) is named.
    """
    if not len(values):
        raise TooFew("There is no point to chart.")
    for position, value in enumerate(values, start=1):
        if isinstance(value, str) or value is None or not isfinite(value):
            raise NotANumber(
                f"Point {position} is not a number. Leave out a period without a figure, "
                "or enter its figure."
            )
    return tuple(float(value) for value in values)


def counts(
    events: Sequence[int], sizes: Sequence[int], *, least: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return events and group sizes as whole numbers, each point with at least ``least`` people.

    Raises
    ------
    Mismatched, TooFew, BadCount
        The lists differ in length, are empty, a group is too small, or a count is impossible.
    """
    if len(events) != len(sizes):
        raise Mismatched(f"There are {len(events)} counts of events and {len(sizes)} group sizes.")
    if not len(events):
        raise TooFew("There is no point to chart.")
    for position, (x, n) in enumerate(zip(events, sizes, strict=True), start=1):
        check_count(x, n, f"Point {position}")
        if n < least:
            raise TooFew(
                f"Point {position} has {n} people; each point needs at least {least}. "
                "Pool neighboring periods."
            )
    return tuple(int(x) for x in events), tuple(int(n) for n in sizes)


def check_count(x: float, n: float, where: str) -> None:
    """Refuse a count that cannot be.

    Raises
    ------
    BadCount
        ``x`` or ``n`` is negative or not whole, or ``x`` is larger than ``n``.
    """
    if not (isfinite(x) and isfinite(n)) or x != int(x) or n != int(n) or not 0 <= x <= n:
        raise BadCount(
            f"{where}: {x:g} of {n:g} is not a count of people. "
            "Events are a whole number from 0 to the size of the group."
        )


def check_baseline(baseline: int, points: int, *, least: int) -> None:
    """Refuse a baseline that is empty, too short or longer than the series.

    Raises
    ------
    NoBaseline, TooFew
        As the sentence says.
    """
    if baseline < 1:
        raise NoBaseline("The baseline is empty. Say how many of the first points belong to it.")
    if baseline > points:
        raise NoBaseline(f"The baseline has {baseline} points, the series only {points}.")
    if baseline < least:
        raise TooFew(f"The baseline has {baseline} points; this rule needs at least {least}.")


def check_better(better: str | None) -> Better:
    """Return the better direction.

    Raises
    ------
    NoDirection
        It is not given, or neither up nor down.
    """
    if better == "up":
        return "up"
    if better == "down":
        return "down"
    raise NoDirection("Say whether up or down is better before the points are judged.")


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    return float(median(values))


def sides(values: Sequence[float], center: float) -> tuple[int, ...]:
    """Return for each point 1 above the line, -1 below, 0 on it."""
    return tuple((value > center) - (value < center) for value in values)


def longest_run(of: Sequence[int], side: int | None = None) -> int:
    """Return the longest run on one side, or on ``side`` alone; points on the line are skipped."""
    runs = groupby(each for each in of if each)
    return max(
        (sum(1 for _ in run) for which, run in runs if side is None or which == side), default=0
    )


def crossings(of: Sequence[int]) -> int:
    """Return how often the line between points crosses the center."""
    useful = [each for each in of if each]
    return sum(a != b for a, b in pairwise(useful))
