"""Make two sit together, or keep them apart, and see what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from throughline.engines.matching.group_changes import Moved, Rearranged
from throughline.engines.matching.group_crowd import (
    Crowd,
    Ints,
    Sizes,
    crowd_of,
    seat_spares,
    with_spares,
)
from throughline.engines.matching.group_pricing import Seats, Weights
from throughline.engines.matching.group_search import STEPS_A_UNIT, Key, Search
from throughline.engines.matching.rounds import Grouping, GroupPlan, Seating, numbers_of_groups
from throughline.engines.matching.working import Limits, Watch, Work

TRIED = 3
"""How many of the cheapest swaps that bring two together are followed up in each round."""
PATIENCE = 400
"""Idle steps after which such a search ends."""

Pair = tuple[str, str]


def crowd_like(problem: Grouping, rounds: Sequence[Seating]) -> Crowd:
    """Index a problem, with room for all groups that are seated or may be."""
    known = {one.key: len(one.groups) for one in rounds}
    crowd = crowd_of(problem)
    more = []
    for row, number in enumerate(crowd.rounds):
        asked, there = problem.rounds[number], int(crowd.here[row].sum())
        most = max(numbers_of_groups(there, asked.size)) if asked.size and there else 0
        groups = max(most, known.get(asked.key, 0))
        more.append((*crowd.sizes[row], *(0,) * (groups - len(crowd.sizes[row]))))
    return replace(crowd, sizes=tuple(more))


def units_of(problem: Grouping, crowd: Crowd) -> Mapping[str, int]:
    """Return the row of everybody in the arrays."""
    people = problem.people
    return {people[one].key: number for number, unit in enumerate(crowd.members) for one in unit}


def seats_of(problem: Grouping, crowd: Crowd, rounds: Sequence[Seating]) -> Ints:
    """Return the seats of those who are there; nobody sits where nothing is known."""
    unit = units_of(problem, crowd)
    known = {one.key: one.groups for one in rounds}
    seat = np.full(crowd.here.shape, crowd.width, dtype=np.int64)
    for row, number in enumerate(crowd.rounds):
        for group, keys in enumerate(known.get(problem.rounds[number].key, ())):
            seat[row, [unit[key] for key in keys if key in unit]] = group
    seat[~crowd.here] = crowd.width
    return seat


def sat(crowd: Crowd, seat: Ints) -> tuple[Sizes, ...]:
    """Count those who sit in every group of every round."""
    rows = zip(seat, crowd.here, strict=True)
    counts = [np.bincount(row[here], minlength=crowd.width + 1) for row, here in rows]
    return tuple(tuple(int(one) for one in each[: crowd.width]) for each in counts)


class _Plan:
    """A plan as seats, from which searches set out."""

    def __init__(
        self, problem: Grouping, plan: GroupPlan, limits: Limits, watch: Watch | None
    ) -> None:
        self.problem, self.work = problem, Work(limits, watch, STEPS_A_UNIT)
        crowd = crowd_like(problem, plan.rounds)
        seat = seats_of(problem, crowd, plan.rounds)
        self.crowd = with_spares(replace(crowd, sizes=sat(crowd, seat)))
        self.start = seat_spares(self.crowd, seat)
        self.key = self.search(Seats(self.crowd, self.start)).key

    def search(self, seats: Seats) -> Search:
        chance = np.random.Generator(np.random.PCG64(self.work.limits.seed))
        goal: Key = getattr(self, "key", (0, 0, 0, 0, 0))
        return Search(seats, goal, chance, self.work, self.tell, few_moves=False)

    def seats(self, crowd: Crowd) -> Seats:
        """Seat everybody as in the plan; leaving costs a little, so that few do."""
        home = np.where(self.start < crowd.width, self.start, -1)
        home[~crowd.here] = -1
        return Seats(crowd, self.start, Weights(move=1), home)

    def tell(self, search: Search) -> None:
        self.work.tell("why", search.key[2], search.goal[2])

    def change(self, search: Search) -> Rearranged:
        moved = moves(self.problem, self.crowd, self.start, search.best)
        return Rearranged(moved, search.key[2] - self.key[2], search.key[4] - self.key[4])


def moves(problem: Grouping, crowd: Crowd, was: Ints, now: Ints) -> tuple[Moved, ...]:
    """Say who changed groups, among those who sat somewhere."""
    return tuple(
        Moved(
            problem.rounds[crowd.rounds[row]].key,
            problem.people[one].key,
            int(was[row, unit]),
            int(now[row, unit]),
        )
        for row, unit in np.argwhere((was != now) & (was < crowd.width) & crowd.here).tolist()
        for one in crowd.members[unit]
        if problem.people[one].key not in problem.rounds[crowd.rounds[row]].absent
    )


def kept_apart(
    problem: Grouping, plan: GroupPlan, pair: Pair, limits: Limits, watch: Watch | None
) -> Rearranged | None:
    """Search on from a plan with two kept apart; nothing if that clashes."""
    own = _Plan(problem, plan, limits, watch)
    one, other = (units_of(problem, own.crowd)[key] for key in pair)
    hard = own.crowd.hard.copy()
    hard[one, other] = hard[other, one] = True
    search = own.search(own.seats(replace(own.crowd, hard=hard)))
    search.run(PATIENCE)
    return own.change(search) if search.key[0] <= own.key[0] else None


def brought_together(
    problem: Grouping, plan: GroupPlan, pair: Pair, limits: Limits, watch: Watch | None
) -> Rearranged | None:
    """Search on from a plan after the cheapest swaps that bring two together."""
    own = _Plan(problem, plan, limits, watch)
    one, other = (units_of(problem, own.crowd)[key] for key in pair)
    best: Search | None = None
    for row, who, instead in _ways(own, one, other):
        seats = own.seats(own.crowd)
        seats.swap(row, who, instead)
        seats.stays[row, [one, other]] = True
        search = own.search(seats)
        search.run(PATIENCE)
        if best is None or search.key < best.key:
            best = search
    return own.change(best) if best is not None and best.key[0] <= own.key[0] else None


def _ways(own: _Plan, one: int, other: int) -> Iterator[tuple[int, int, int]]:
    """Return the cheapest swaps, of some rounds, that put either beside the other."""
    seats = Seats(own.crowd, own.start)
    for row in range(own.start.shape[0]):
        if not own.crowd.here[row, [one, other]].all():
            continue
        price = seats.prices(np.array([row, row]), np.array([one, other]))
        found = [
            (float(price[place, instead]), (one, other)[place], int(instead))
            for place, beside in enumerate((other, one))
            for instead in np.flatnonzero(own.start[row] == own.start[row, beside])
            if instead != beside
        ]
        for _price, who, instead in sorted(found)[:TRIED]:
            yield row, who, instead
