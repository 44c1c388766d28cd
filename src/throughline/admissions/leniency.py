"""Means adjusted for strict and mild readers. Plain values in, plain values out; exact.

The model is the additive one of ordinary least squares: a score is the application's worth plus
its reader's mildness plus chance (Raymond and Viswesvaran 1993, "Least squares models to correct
for rater effects in performance assessment", Journal of Educational Measurement 30(3), 253-268;
compared with others by Houston, Raymond and Svec 1991, Applied Psychological Measurement 15(4),
409-421). An adjusted mean is the mean of an application's scores, each less its reader's mildness.

Mildness is measured only where readers share applications, directly or through others. Where they
fall into groups that share none, nobody can tell a group of strict readers from a group of weaker
applications, so each group is a scale of its own and no number bridges two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from throughline.admissions.scores import Scored, by_application


def adjusted_means(scores: Sequence[Scored]) -> list[dict[str, Fraction]]:
    """Return each application's adjusted mean: one mapping a group, that of most applications first.

    In a group the mildness of all readers, counted once a review, adds up to nothing: the mean of
    all scores stays what it was. An adjusted mean may lie outside the scale.

    Examples
    --------
    Both readers read A; the second gives half a point more. Only she read C, only the first B.

    >>> given = [("A", 1, 2), ("A", 2, "5/2"), ("B", 1, 3), ("C", 2, 3)]
    >>> scores = [Scored(ref, reader, Fraction(points)) for ref, reader, points in given]
    >>> [{ref: str(mean) for ref, mean in group.items()} for group in adjusted_means(scores)]
    [{'A': '9/4', 'B': '13/4', 'C': '11/4'}]
    """
    groups = [_adjusted(group) for group in connected(scores)]
    return sorted(groups, key=lambda group: (-len(group), min(group)))


def connected(scores: Sequence[Scored]) -> list[list[Scored]]:
    """Split scores where no reader of one part read anything of another."""
    parts: list[tuple[set[str], set[int], list[Scored]]] = []
    for one in sorted(scores):
        applications, readers, own = {one.application}, {one.reader}, [one]
        apart = []
        for part in parts:
            if one.application in part[0] or one.reader in part[1]:
                applications |= part[0]
                readers |= part[1]
                own = part[2] + own
            else:
                apart.append(part)
        parts = [*apart, (applications, readers, own)]
    return [part[2] for part in parts]


def _adjusted(group: Sequence[Scored]) -> dict[str, Fraction]:
    mildness = _mildness(group)
    left = [Scored(one.application, one.reader, one.points - mildness[one.reader]) for one in group]
    return {ref: _mean(points) for ref, points in sorted(by_application(left).items())}


def _mildness(group: Sequence[Scored]) -> dict[int, Fraction]:
    """Solve the normal equations of one group, the applications eliminated.

    For each reader: what her scores are above the means of what she read equals her own mildness
    above the mean mildness of their readers. One reader stands at nothing until all are centered.
    """
    reads = Counter(one.reader for one in group)
    readers = sorted(reads)
    free = {reader: place for place, reader in enumerate(readers[1:])}
    rows = [[Fraction(0)] * (len(free) + 1) for _reader in free]
    for scores in _by_application(group):
        mean = _mean([one.points for one in scores])
        for one in scores:
            if one.reader in free:
                row = rows[free[one.reader]]
                row[-1] += one.points - mean
                row[free[one.reader]] += 1
                for other in scores:
                    if other.reader in free:
                        row[free[other.reader]] -= Fraction(1, len(scores))
    solved = [Fraction(0), *_solved(rows)]
    center = sum(
        (reads[reader] * value for reader, value in zip(readers, solved, strict=True)), Fraction(0)
    ) / len(group)
    return {reader: value - center for reader, value in zip(readers, solved, strict=True)}


def _by_application(group: Sequence[Scored]) -> list[list[Scored]]:
    found: dict[str, list[Scored]] = defaultdict(list)
    for one in group:
        found[one.application].append(one)
    return list(found.values())


def _mean(points: Sequence[Fraction]) -> Fraction:
    return sum(points, Fraction(0)) / len(points)


def _solved(equations: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """Solve by elimination in whole numbers (Bareiss): every division comes out even.

    The matrix is that of a connected group less one reader, so it is positive definite and no
    pivot is ever nothing.
    """
    rows = []
    for equation in equations:
        unit = lcm(*(value.denominator for value in equation))
        rows.append([int(value * unit) for value in equation])
    before = 1
    for step, lead in enumerate(rows):
        pivot = lead[step]
        for row in rows:
            if row is not lead:
                factor = row[step]
                row[:] = [
                    (pivot * own - factor * other) // before
                    for own, other in zip(row, lead, strict=True)
                ]
        before = pivot
    return [Fraction(row[-1], before) for row in rows]
