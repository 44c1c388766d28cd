"""Anneal teams as vectors of counts; hundreds of swaps are priced at once.

Simulated annealing (Kirkpatrick, Gelatt & Vecchi, 1983): swaps of two people are drawn by chance,
each is priced from the counts of its two teams alone, and those that chance accepts are made if
none before them in the draw touched their teams. Where teams are one smaller than others, nobody
sits there, so that whoever swaps with nobody moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.rounds import Groups
from throughline.engines.matching.teams import Teaming, TeamRule, sets_of, team_sizes
from throughline.engines.matching.working import Work

DRAWN = 384
"""Swaps that are priced at once."""
WARM, COLD = 1.5, 0.4
"""Temperatures at the start and the end, where a failing team costs ``FAILS``."""
FAILS = 4.0
NEAR = 4
"""The most that a failing team costs beside, for how far it is off."""
TELL = 50
MOST_STEPS = 100
"""Steps for each person, however much work is allowed."""
ALL, FAILING = 0, 1

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Judge:
    """One rule over its columns of the counts."""

    rule: TeamRule
    first: int
    last: int
    low: Ints
    high: Ints
    everybody: int
    total: int

    def fails(self, counts: Ints, sizes: Ints) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """By how far teams with these counts are off, and whether they fail."""
        own = counts[..., self.first : self.last]
        if self.rule.kind == "balance":
            off = np.abs(own[..., 0] * self.everybody - self.total * sizes)
            near = self.rule.within * sizes * self.everybody
            far = np.maximum(0, off - near) / np.maximum(1, sizes * self.everybody)
            return far / max(1, self.rule.within), off > near
        if self.rule.kind == "not alone":
            alone = (own == 1).sum(axis=-1)
            return alone, alone > 0
        if self.rule.kind == "same":
            others = own.sum(axis=-1) - own.max(axis=-1)
            return others, others > 0
        off = (np.maximum(0, own - self.high) + np.maximum(0, self.low - own)).sum(axis=-1)
        return off, off > 0


class _Teams:
    """Everybody as a row of counts, nobody too, and the teams as sums of rows."""

    def __init__(self, problem: Teaming) -> None:
        sizes = np.array(team_sizes(problem), dtype=np.int64)
        self.people, self.groups = len(problem.members), len(sizes)
        uneven = int(sizes.max() - sizes.min()) == 1
        self.spares = int((sizes == sizes.min()).sum()) if uneven else 0
        columns: list[list[int]] = []
        self.judges = []
        for rule in problem.rules:
            added = _columns(problem, rule)
            total = np.array([sum(column) for column in added])
            low, high = total // self.groups, -(-total // self.groups)
            first, last = len(columns), len(columns) + len(added)
            everybody, whole = self.people, int(total[0])
            self.judges.append(_Judge(rule, first, last, low, high, everybody, whole))
            columns += added
        rows = np.array([*columns, [1] * self.people], dtype=np.int64).T
        self.rows = np.vstack((rows, np.zeros((self.spares, rows.shape[1]), dtype=np.int64)))
        self.least = int(sizes.min())
        self.start = np.repeat(np.arange(self.groups), sizes)
        self.gaps = np.flatnonzero(sizes == sizes.min())[: self.spares]

    def seated(self, chance: np.random.Generator) -> Ints:
        """Put everybody into a team by chance, and nobody where there is room."""
        return np.concatenate((chance.permutation(self.start), self.gaps))

    def counts(self, seat: Ints) -> Ints:
        """Add up the rows of every team."""
        counts = np.zeros((self.groups, self.rows.shape[1]), dtype=np.int64)
        np.add.at(counts, seat, self.rows)
        return counts

    def cost(self, counts: Ints) -> Floats:
        """What teams with these counts cost, all in all, and by weight of what fails."""
        sizes = counts[..., -1]
        cost = np.zeros((2, len(counts)))
        cost[ALL, sizes < self.least] = 1_000
        for judge in self.judges:
            far, fails = judge.fails(counts, sizes)
            failing = judge.rule.weight * fails
            cost[FAILING] += failing
            cost[ALL] += FAILS * failing + judge.rule.weight * np.minimum(far, NEAR)
        return cost


def _columns(problem: Teaming, rule: TeamRule) -> list[list[int]]:
    if rule.kind == "balance":
        return [[dict(one.numbers)[rule.of] for one in problem.members]]
    known = [dict(one.facts).get(rule.of) for one in problem.members]
    return [[int(value in values) for value in known] for values in sets_of(problem, rule)]


def searched(problem: Teaming, work: Work, floor: int) -> Groups:
    """Return the best teams that the work finds; it ends early at ``floor``."""
    chance = np.random.Generator(np.random.PCG64(work.limits.seed))
    teams = _Teams(problem)
    seat = teams.seated(chance)
    counts = teams.counts(seat)
    cost = teams.cost(counts)
    best, least = seat.copy(), int(cost[FAILING].sum())
    steps = max(1, min(work.limits.work * work.steps_a_unit, MOST_STEPS * seat.size))
    for step in range(steps):
        if least <= floor or not work.left:
            break
        if step % TELL == 0:
            work.tell("teams", least, floor, groups_of(problem, best))
        heat = WARM * (COLD / WARM) ** (step / steps)
        for p, q in _accepted(teams, seat, counts, cost, heat, chance):
            a, b = seat[p], seat[q]
            change = teams.rows[q] - teams.rows[p]
            counts[a] += change
            counts[b] -= change
            seat[p], seat[q] = b, a
        cost = teams.cost(counts)
        work.spend()
        if (now := int(cost[FAILING].sum())) < least:
            best, least = seat.copy(), now
    return groups_of(problem, best)


def _accepted(
    teams: _Teams, seat: Ints, counts: Ints, cost: Floats, heat: float, chance: np.random.Generator
) -> list[tuple[int, int]]:
    """Draw swaps, and return those that chance accepts, of teams that no other touches."""
    p, q = chance.integers(seat.size, size=(2, DRAWN))
    a, b = seat[p], seat[q]
    change = teams.rows[q] - teams.rows[p]
    (then, _failing) = teams.cost(np.concatenate((counts[a] + change, counts[b] - change)))
    gain = cost[ALL, a] + cost[ALL, b] - then[:DRAWN] - then[DRAWN:]
    fits = (a != b) & (np.log(chance.random(DRAWN)) * heat < gain)
    taken: set[int] = set()
    found = []
    for one in np.flatnonzero(fits):
        both = {int(a[one]), int(b[one])}
        if taken.isdisjoint(both):
            taken |= both
            found.append((int(p[one]), int(q[one])))
    return found


def groups_of(problem: Teaming, seat: Ints) -> Groups:
    """Return the teams by key, in the order of the problem."""
    teams: list[list[str]] = [[] for _size in team_sizes(problem)]
    for member, team in zip(problem.members, seat.tolist(), strict=False):
        teams[team].append(member.key)
    return tuple(tuple(team) for team in teams)
