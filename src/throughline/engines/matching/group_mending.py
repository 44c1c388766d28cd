"""Seat those who are left with as few moves as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from throughline.engines.matching.group_changes import GroupRepair
from throughline.engines.matching.group_crowd import Crowd, Ints, Sizes, seat_spares, with_spares
from throughline.engines.matching.group_plans import checked, groups_of, plan_of
from throughline.engines.matching.group_pricing import Seats
from throughline.engines.matching.group_rules import can_hold, sitting_of
from throughline.engines.matching.group_search import STEPS_A_UNIT, Search
from throughline.engines.matching.group_seating import goal_of, settled
from throughline.engines.matching.group_turning import crowd_like, moves, sat, seats_of
from throughline.engines.matching.problems import Infeasible
from throughline.engines.matching.rounds import (
    Grouping,
    GroupPlan,
    Groups,
    Seating,
    fair_sizes,
    numbers_of_groups,
    sizes_of,
)
from throughline.engines.matching.working import Cancelled, Exhausted, Limits, Watch, Work

PATIENCE = 3_000
"""Idle steps after which no better repair is looked for."""


def mended(
    problem: Grouping, old: Sequence[Seating], limits: Limits, watch: Watch | None
) -> GroupRepair:
    """Move as few as sizes and rules force, then have as few repeats as were found."""
    work = Work(limits, watch, STEPS_A_UNIT)
    crowd = crowd_like(problem, old)
    was = seats_of(problem, crowd, old)
    options = [_options(problem, crowd, was, row) for row in range(len(crowd.rounds))]
    stayed = int(Seats(crowd, was).worth()[1])
    forced = sum(fewest_moves(sat(crowd, was)[row], each[0]) for row, each in enumerate(options))
    while True:
        sizes = [each[0] for each in options]
        try:
            search = _searched(problem, crowd, was, sizes, work)
            break
        except Infeasible:
            if not _narrowed(problem, crowd, options):
                raise
    free = _groups(problem, search.seats.crowd, search.best)
    plan = checked(problem, plan_of(problem, free, work.made(problem)))
    changed = moves(problem, search.seats.crowd, seat_spares(search.seats.crowd, was), search.best)
    before, gone = _were(problem, plan, old)
    kept, loss = before - len(gone) - len(changed), plan.repeats.value - stayed
    return GroupRepair(plan, kept, gone, changed, forced, loss)


def _options(problem: Grouping, crowd: Crowd, was: Ints, row: int) -> list[Sizes]:
    """List possible sizes: those that force the fewest to move first, then what a plan would have."""
    asked = problem.rounds[crowd.rounds[row]]
    fresh, there = sizes_of(problem, asked), int(crowd.here[row].sum())
    if asked.sizes or not there:
        return [fresh]
    options = [fair_sizes(there, groups) for groups in numbers_of_groups(there, asked.size)]
    sat_now = sat(crowd, was)[row]
    return sorted(
        options, key=lambda sizes: (fewest_moves(sat_now, sizes), sizes != fresh, len(sizes))
    )


def _narrowed(problem: Grouping, crowd: Crowd, options: list[list[Sizes]]) -> bool:
    """Drop sizes under which the rules of a round cannot hold; whether others are left."""
    for row, each in enumerate(options):
        sitting = sitting_of(problem, problem.rounds[crowd.rounds[row]], each[0])
        if can_hold(sitting, sitting.rules) is None:
            del each[0]
            if not each:
                return False
    return True


def fewest_moves(sat: Sequence[int], sizes: Sequence[int]) -> int:
    """Return how many must leave groups of these sizes so that they can get those sizes.

    The largest becomes the largest, and so on: no other way needs fewer.

    Examples
    --------
    >>> fewest_moves((6, 4), (5, 5))
    1
    """
    length = max(len(sat), len(sizes))
    pairs = zip(_sorted(sat, length), _sorted(sizes, length), strict=True)
    return sum(max(0, one - other) for one, other in pairs)


def _sorted(sizes: Sequence[int], length: int) -> list[int]:
    return sorted((*sizes, *(0,) * (length - len(sizes))), reverse=True)


def _gap(sat: Sequence[int], wanted: Sequence[int]) -> int:
    pairs = zip(sorted(sat, reverse=True), wanted, strict=True)
    return sum(abs(one - other) for one, other in pairs)


def _fill(seats: Seats, row: int, sizes: Sizes) -> None:
    """Seat newcomers, then move the cheapest, always nearer to the sizes, until they are met."""
    crowd = seats.crowd
    wanted = _sorted(sizes, crowd.width)
    while gap := _gap(now := sat(crowd, seats.seat)[row], wanted):
        who = np.flatnonzero(crowd.here[row] & (seats.seat[row] == crowd.width))
        newcomers = bool(who.size)
        if not newcomers:
            who = np.flatnonzero(crowd.here[row])
        price = seats.move_prices(row, who)
        for left in [-1] if newcomers else range(crowd.width):
            for joined in range(crowd.width):
                then = [
                    size - (group == left) + (group == joined) for group, size in enumerate(now)
                ]
                if _gap(then, wanted) > gap - (1 if newcomers else 2):
                    price[newcomers | (seats.seat[row, who] == left), joined] = np.inf
        one, group = divmod(int(price.argmin()), price.shape[1])
        seats.seat[row, who[one]] = group
        seats.count()


def _searched(
    problem: Grouping, crowd: Crowd, was: Ints, sizes: Sequence[Sizes], work: Work
) -> Search:
    """Bring everybody to these sizes, then swap.

    Raises
    ------
    Infeasible
        Rules cannot hold under these sizes.
    """
    seats = Seats(crowd, was)
    for row, each in enumerate(sizes):
        _fill(seats, row, each)
    sized = with_spares(replace(crowd, sizes=sat(crowd, seats.seat)))
    start = seat_spares(sized, seats.seat)
    home = seat_spares(sized, was)
    home[(home == sized.width) | ~sized.here] = -1
    goal = goal_of(problem, plan_of(problem, _groups(problem, sized, start)))
    forced = sum(fewest_moves(one, each) for one, each in zip(sat(crowd, was), sizes, strict=True))
    goal = (goal[0], forced, *goal[2:])
    chance = np.random.Generator(np.random.PCG64(work.limits.seed))

    def tell(search: Search) -> None:
        try:
            work.tell("repair", search.key[2], search.goal[2])
        except Cancelled:
            free = _groups(problem, sized, search.best)
            best = plan_of(problem, free, work.made(problem))
            raise Cancelled(None if search.key[0] else best) from None

    search = Search(Seats(sized, start, home=home), goal, chance, work, tell)
    search.run(PATIENCE)
    if search.key[0]:
        seat = settled(problem, sized, search.best, partial=False)
        search = Search(Seats(sized, seat, home=home), goal, chance, work, tell)
        search.run(PATIENCE)
    if search.key[0]:
        raise Exhausted
    return search


def _groups(problem: Grouping, crowd: Crowd, seat: Ints) -> dict[int, Groups]:
    """Return the groups without the empty ones."""
    found = groups_of(problem, crowd, seat)
    return {one: tuple(group for group in groups if group) for one, groups in found.items()}


def _were(
    problem: Grouping, plan: GroupPlan, old: Sequence[Seating]
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Count the seats of the old plan in rounds that are not fixed; name those that are gone."""
    free = {one.key for one in problem.rounds if not one.fixed}
    there = {(one.key, key) for one in plan.rounds for group in one.groups for key in group}
    seats = [
        (one.key, key) for one in old if one.key in free for group in one.groups for key in group
    ]
    return len(seats), tuple(one for one in seats if one not in there)
