"""Pairs as arrays, and who cannot all be served. Imported where it runs: slow to load."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

from throughline.engines.matching.pairs import Meeting, Reviewing, columns, rows

Grid = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """What is left to decide: pinned pairs are taken out, their points are in ``base``.

    Shapes: ``score``, ``allowed``, ``pinned`` (rows, columns); ``need``, ``time``, ``base`` (rows);
    ``most``, ``least`` (columns). ``time`` is what a row takes of a column's ``most``.
    """

    score: Ints
    allowed: Grid
    pinned: Grid
    need: Ints
    time: Ints
    base: Ints
    most: Ints
    least: Ints

    @property
    def even(self) -> bool:
        """Whether all rows take the same, so that flows decide."""
        return bool((self.time == 1).all())

    @property
    def served(self) -> Grid:
        """Rows that meet somebody."""
        meets: Grid = self.need + self.pinned.sum(axis=1) > 0
        return meets

    def sums(self, on: Grid) -> Ints:
        """Return the points of each row when these pairs meet."""
        points: Ints = np.where(on, self.score, 0).sum(axis=1, dtype=np.int64)
        return self.base + points

    def worst(self, on: Grid) -> int:
        """Return the points of whoever is served worst; 0 if nobody is served."""
        return int(self.sums(on)[self.served].min()) if self.served.any() else 0


def network(problem: Meeting) -> Network:
    """Turn a problem into arrays."""
    place = {key: row for row, key in enumerate(rows(problem))}
    beside = {key: column for column, key in enumerate(columns(problem))}
    shape = len(place), len(beside)
    score = np.zeros(shape, dtype=np.int64)
    for part in problem.parts:
        for row, line in enumerate(part.points):
            score[row] += np.array(line, dtype=np.int64)
    allowed, pinned = np.ones(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    for bar in problem.barred:
        allowed[place[bar.whom], beside[bar.by]] = False
    for pin in problem.pinned:
        pinned[place[pin.whom], beside[pin.by]] = True
    need, time, most, least = _sizes(problem)
    taken = pinned.sum(axis=1, dtype=np.int64)
    most = most - (pinned * time[:, None]).sum(axis=0, dtype=np.int64)
    least = np.maximum(0, least - pinned.sum(axis=0, dtype=np.int64))
    base = np.where(pinned, score, 0).sum(axis=1, dtype=np.int64)
    return Network(score, allowed & ~pinned, pinned, need - taken, time, base, most, least)


def _sizes(problem: Meeting) -> tuple[Ints, Ints, Ints, Ints]:
    if isinstance(problem, Reviewing):
        need = np.array([one.readers for one in problem.applications], dtype=np.int64)
        most = np.array([one.most for one in problem.readers], dtype=np.int64)
        least = np.array([one.least for one in problem.readers], dtype=np.int64)
        return need, np.ones_like(need), most, least
    time = np.array([one.time for one in problem.leaders], dtype=np.int64)
    most = np.array([one.time for one in problem.coaches], dtype=np.int64)
    if time.size and (time == time[0]).all():
        most, time = most // time[0], np.ones_like(time)
    return np.ones_like(time), time, most, np.zeros_like(most)


def most_pairs(allowed: Grid, need: Ints, most: Ints) -> Grid:
    """Return as many pairs as can be: no row above its need, no column above its most."""
    height, width = allowed.shape
    if not allowed.any():
        return np.zeros_like(allowed)
    row, column = np.nonzero(allowed)
    end = height + width + 1
    tails = np.concatenate([np.zeros(height, int), row + 1, np.arange(width) + height + 1])
    heads = np.concatenate([np.arange(height) + 1, column + height + 1, np.full(width, end)])
    room = np.concatenate([need, np.ones(row.size, int), np.minimum(most, height)])
    shape = (end + 1, end + 1)
    graph = csr_array(coo_array((room.astype(np.int32), (tails, heads)), shape=shape))
    flow = maximum_flow(graph, 0, end).flow[1 : height + 1, height + 1 : end].toarray()
    return np.asarray(flow > 0, dtype=np.bool_)


def starved(allowed: Grid, need: Ints, on: Grid) -> list[int]:
    """Return the rows on the sink's side of the smallest cut: those who lack, and their rivals."""
    reached = on.sum(axis=1) < need
    while True:
        wanted = (allowed & ~on)[reached].any(axis=0)
        more = reached | on[:, wanted].any(axis=1)
        if (more == reached).all():
            return [int(row) for row in np.flatnonzero(reached)]
        reached = more
