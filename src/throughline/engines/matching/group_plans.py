"""From seats to a plan that can be read and checked."""

from __future__ import annotations

from collections.abc import Mapping

from throughline.engines.matching.group_checking import (
    check_group,
    clashes,
    counted,
    fewest_alike,
    fewest_repeats,
)
from throughline.engines.matching.group_crowd import Crowd, Ints
from throughline.engines.matching.problems import Certificate
from throughline.engines.matching.rounds import Grouping, GroupPlan, Groups, Seating
from throughline.engines.matching.working import Made


def groups_of(problem: Grouping, crowd: Crowd, seat: Ints) -> dict[int, Groups]:
    """Return the groups of every round that is not fixed, by its place in the problem."""
    found = {}
    for row, number in enumerate(crowd.rounds):
        gone = problem.rounds[number].absent
        groups: list[list[int]] = [[] for _size in crowd.sizes[row]]
        for one in range(len(crowd.members)):
            if crowd.here[row, one]:
                groups[int(seat[row, one])].extend(crowd.members[one])
        found[number] = tuple(
            tuple(key for one in sorted(group) if (key := problem.people[one].key) not in gone)
            for group in groups
        )
    return found


def plan_of(problem: Grouping, free: Mapping[int, Groups], made: Made | None = None) -> GroupPlan:
    """Count what these groups are worth; fixed rounds are those of the problem."""
    order = {one.key: place for place, one in enumerate(problem.people)}
    rounds = tuple(
        Seating(
            one.key,
            tuple(tuple(sorted(group, key=order.__getitem__)) for group in one.fixed)
            if one.fixed
            else free[number],
        )
        for number, one in enumerate(problem.rounds)
    )
    nothing = Certificate(0, 0, "gap")
    unmet = tuple(clashes(problem, rounds))
    plan = GroupPlan(rounds, nothing, None, 0, unmet, made)
    repeats, most, alike = counted(problem, plan)
    return GroupPlan(
        rounds,
        _claim(repeats, fewest_repeats(problem, plan)),
        _claim(alike, fewest_alike(problem, plan)) if problem.mix_roles else None,
        most,
        unmet,
        made,
    )


def _claim(value: int, floor: int) -> Certificate:
    bound = min(value, floor)
    return Certificate(value, bound, "counting" if bound == value else "gap")


def checked(problem: Grouping, plan: GroupPlan) -> GroupPlan:
    """Return a plan that an independent look has passed."""
    check_group(problem, plan)
    return plan
