"""Name rules of groups that cannot hold together, none of which can be spared."""

from __future__ import annotations

from collections.abc import Collection

from throughline.engines.matching.group_rules import (
    Sitting,
    can_hold,
    cheapest,
    sitting_of,
)
from throughline.engines.matching.problems import Conflict, Ease
from throughline.engines.matching.rounds import MINORS, Grouping
from throughline.engines.matching.working import Exhausted


def conflicts_group(problem: Grouping) -> Conflict | None:
    """Return rules that cannot hold together in the first round where that is so.

    A rule is ``team:`` or ``dilemma:`` with its name, ``apart:`` with both keys, or ``minors``. The
    fix drops as few rules as can be in each round, beside those that rounds before it drop.

    Raises
    ------
    Exhausted
        The solver gave up.
    """
    first: tuple[str, Sitting] | None = None
    unseated = []
    for one in problem.rounds:
        if one.fixed:
            continue
        sitting = sitting_of(problem, one)
        if sitting not in unseated and can_hold(sitting, sitting.rules) is None:
            first = first or (one.key, sitting)
            unseated.append(sitting)
    if first is None:
        return None
    key, sitting = first
    core = conflict_of(sitting, sitting.rules)
    fix = tuple(Ease(rule, "rule", 1) for rule in cheapest(unseated))
    return Conflict(core, sentence_of(key, sitting, core), fix)


def conflict_of(sitting: Sitting, rules: Collection[str]) -> tuple[str, ...]:
    """Return rules that cannot hold together, of which none can be spared.

    Leave one out; while the others still cannot hold, it was not needed (a deletion filter). What
    is left is proved once more.

    Raises
    ------
    Exhausted
        The solver gave up.
    """
    for key in rules:
        if can_hold(sitting, (key,)) is None:
            return (key,)
    core = list(rules)
    for key in rules:
        rest = [one for one in core if one != key]
        if can_hold(sitting, rest) is None:
            core = rest
    if can_hold(sitting, core) is not None:
        raise Exhausted
    return tuple(core)


def sentence_of(key: str, sitting: Sitting, core: Collection[str]) -> str:
    """Say in words, with counts, what cannot be."""
    people, groups = sum(len(unit) for unit in sitting.bunches), len(sitting.sizes)
    where = f"{key}: {people} people in {groups} groups"
    if len(core) == 1 and MINORS not in core:
        (rule,) = core
        who = max(len(each) for each in sitting.kept_apart[rule])
        return f"{where}, but the rule {rule!r} keeps {who} apart from one another"
    if MINORS in core:
        minors = sum(sitting.minors)
        return f"{where}, {minors} of them minors: these cannot hold together: {', '.join(core)}"
    return f"{where}: these cannot hold together: {', '.join(core)}"
