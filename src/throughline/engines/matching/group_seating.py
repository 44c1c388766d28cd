"""Find seats: by algebra where a way is known, else by search, else by a solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from throughline.engines.matching.group_checking import fewest_alike, fewest_repeats
from throughline.engines.matching.group_conflicts import conflict_of, sentence_of
from throughline.engines.matching.group_crowd import Crowd, Ints, crowd_of, seat_spares, with_spares
from throughline.engines.matching.group_designs import design
from throughline.engines.matching.group_plans import groups_of, plan_of
from throughline.engines.matching.group_pricing import NEVER, Seats
from throughline.engines.matching.group_rules import can_hold, sitting_of
from throughline.engines.matching.group_search import (
    Key,
    Search,
    seated_by_chance,
)
from throughline.engines.matching.problems import Infeasible
from throughline.engines.matching.rounds import MINORS, Grouping, GroupPlan
from throughline.engines.matching.working import Exhausted, Work

QUICK = 2_000
"""Idle steps after which clashes that are left are given to a solver."""
ANY = 10**12
"""More than any count."""

Tell = Callable[[Search], None]


def found(problem: Grouping, work: Work, partial: bool, tell: Tell) -> tuple[Crowd, Ints]:
    """Return the best seats that the work allows.

    Raises
    ------
    Infeasible
        The rules of a round cannot hold together.
    Exhausted
        No seats that keep the rules were found.
    """
    chance = np.random.Generator(np.random.PCG64(work.limits.seed))
    crowd = with_spares(crowd_of(problem))
    seat = seated_by_chance(crowd, chance)
    goal = goal_of(problem, plan_of(problem, groups_of(problem, crowd, seat)))
    made = _best_design(problem, crowd, goal, chance, work, tell)
    if made is not None and made.key <= goal:
        return crowd, made.best
    search = Search(Seats(crowd, seat), (0, ANY, ANY, ANY, ANY), chance, work, tell)
    search.run(QUICK)
    if search.key[0]:
        search = Search(
            Seats(crowd, settled(problem, crowd, search.best, partial)), goal, chance, work, tell
        )
    search.goal, search.since = goal, 0
    search.run()
    if made is not None and goal < made.key < search.key:
        made.run()
        search = made
    if search.key[0] >= (NEVER if partial else 1):
        raise Exhausted(None, goal[2])
    return crowd, search.best


def goal_of(problem: Grouping, plan: GroupPlan) -> Key:
    """Return what no plan in groups as large can be better than."""
    repeats = fewest_repeats(problem, plan)
    alike = fewest_alike(problem, plan) if problem.mix_roles else 0
    return (0, 0, repeats, 2 if repeats else 1, alike)


def settled(problem: Grouping, crowd: Crowd, seat: Ints, partial: bool) -> Ints:
    """Seat every round by a solver that keeps its rules.

    Raises
    ------
    Infeasible
        The rules of a round cannot hold together.
    Exhausted
        The solver gave up.
    """
    seat = seat.copy()
    for row, number in enumerate(crowd.rounds):
        sitting = sitting_of(problem, problem.rounds[number], crowd.sizes[row])
        hard = tuple(key for key in sitting.rules if key == MINORS or key.startswith("apart:"))
        sits = can_hold(sitting, sitting.rules)
        if sits is None and partial:
            sits = can_hold(sitting, hard)
        if sits is None:
            core = conflict_of(sitting, hard if partial else sitting.rules)
            raise Infeasible(core, sentence_of(problem.rounds[number].key, sitting, core))
        seat[row, crowd.here[row]] = sits
    return seat_spares(crowd, seat)


def _best_design(
    problem: Grouping, crowd: Crowd, goal: Key, chance: np.random.Generator, work: Work, tell: Tell
) -> Search | None:
    """Try what algebra knows with people standing in the grid in several orders."""
    best: Search | None = None
    for order in _orders(problem, crowd):
        seat = _placed(crowd, order)
        if seat is None:
            return None
        tried = Search(Seats(crowd, seat), goal, chance, work, tell)
        if best is None or tried.key < best.key:
            best = tried
    return best


def _orders(problem: Grouping, crowd: Crowd) -> Iterator[list[int]]:
    """Order people as they come, by role, and by their place in the team."""
    people = [problem.people[unit[0]] for unit in crowd.members if unit]
    roles = {role: place for place, role in enumerate(dict.fromkeys(one.role for one in people))}
    teams = {team: place for place, team in enumerate(dict.fromkeys(one.team for one in people))}
    nth = [sum(two.team == one.team for two in people[:place]) for place, one in enumerate(people)]
    numbers = range(len(people))
    yield list(numbers)
    yield sorted(numbers, key=lambda one: (roles[people[one].role], teams[people[one].team]))
    yield sorted(numbers, key=lambda one: (nth[one], teams[people[one].team]))


def _placed(crowd: Crowd, order: Sequence[int]) -> Ints | None:
    """Seat people by a design, if everybody is there and all rounds have the same sizes."""
    sizes = crowd.sizes[0] if crowd.sizes else ()
    if (
        not sizes
        or set(crowd.sizes) != {sizes}
        or crowd.here.sum() != crowd.here.shape[0] * len(order)
    ):
        return None
    if max(sizes) - min(sizes) > 1:
        return None
    made = design(len(sizes), max(sizes), len(crowd.sizes))
    if made is None:
        return None
    by_size = sorted(range(len(sizes)), key=lambda group: -sizes[group])
    seat = np.empty(crowd.here.shape, dtype=np.int64)
    for row, sits in enumerate(made):
        counts = np.bincount(sits[: len(order)], minlength=len(sizes))
        largest = sorted(range(len(sizes)), key=lambda group: -int(counts[group]))
        if [int(counts[group]) for group in largest] != [sizes[group] for group in by_size]:
            return None
        named = dict(zip(largest, by_size, strict=True))
        seat[row, list(order)] = [named[sits[place]] for place in range(len(order))]
    return seat_spares(crowd, seat)
