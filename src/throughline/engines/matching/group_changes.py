"""Say why two sit together or do not, and change seats as little as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.engines.matching.group_checking import (
    check_group,
    earlier_meetings,
    rule_between,
)
from throughline.engines.matching.group_rules import apart_key
from throughline.engines.matching.problems import InvalidProblem
from throughline.engines.matching.rounds import Grouping, GroupPlan, Participant, Seating
from throughline.engines.matching.working import Limits, Watch


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody changes groups in a round; groups are numbered from 0, none where there was none."""

    round: str
    key: str
    was: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Rearranged:
    """What changes if two are made to sit together once, or kept from it.

    The fewest more ``repeats`` and pairs of one role that were found, below 0 if the plan was not
    the best: another way may cost less, but none was found.
    """

    moved: tuple[Moved, ...]
    repeats: int
    same_role: int


@dataclass(frozen=True, slots=True)
class WhyTogether:
    """Why two sit together or do not.

    ``rounds`` are those in which they meet, ``before`` counts earlier meetings, ``parts`` what
    the pair adds: repeats, and meetings of one role. ``rule`` keeps them apart, with its
    ``reason`` if one was given. ``turned`` is nothing where a rule or absence forbids it.
    """

    one: str
    other: str
    rounds: tuple[str, ...]
    before: int
    parts: tuple[tuple[str, int], ...]
    rule: str = ""
    reason: str = ""
    turned: Rearranged | None = None


@dataclass(frozen=True, slots=True)
class GroupRepair:
    """The plan nearest to an old one.

    ``gone`` sat in the old plan and are not there any more, by round. ``moved`` changed groups;
    ``forced`` is how many had to, as counting sizes proves. ``loss`` is how many repeats more
    there are than before.
    """

    plan: GroupPlan
    kept: int
    gone: tuple[tuple[str, str], ...]
    moved: tuple[Moved, ...]
    forced: int
    loss: int


def why_group(
    problem: Grouping,
    plan: GroupPlan,
    one: str,
    other: str,
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> WhyTogether:
    """Say what a pair costs, and search again with the pair turned round.

    Raises
    ------
    InvalidProblem
        One of the pair is unknown, or they are one.
    BrokenPlan
        The plan is not one of this problem.
    """
    from throughline.engines.matching.group_turning import (  # noqa: PLC0415 - slow import
        brought_together,
        kept_apart,
    )

    first, second = _pair(problem, one, other)
    check_group(problem, plan)
    pair = first.key, second.key
    meet = _where(problem, plan, pair)
    before = earlier_meetings(problem)[pair]
    alike = problem.mix_roles and first.role and first.role == second.role
    parts = (
        ("repeats", max(0, len(meet) - (not before))),
        ("same role", len(meet) if alike else 0),
    )
    rule, reason = _rule(problem, first, second)
    turned = None
    if not is_one_unit(problem, first, second):
        if meet:
            turned = kept_apart(problem, plan, pair, limits, watch)
        elif not rule:
            turned = brought_together(problem, plan, pair, limits, watch)
    return WhyTogether(*pair, meet, before, parts, rule, reason, turned)


def _pair(problem: Grouping, one: str, other: str) -> tuple[Participant, Participant]:
    person = {each.key: each for each in problem.people}
    for name, key in (("one", one), ("other", other)):
        if key not in person:
            raise InvalidProblem(name, key, "a key of people")
    if one == other:
        raise InvalidProblem("other", other, "somebody else")
    first, second = (each for each in problem.people if each.key in {one, other})
    return first, second


def _where(problem: Grouping, plan: GroupPlan, pair: tuple[str, str]) -> tuple[str, ...]:
    """Return the keys of the rounds that are not fixed in which two meet."""
    return tuple(
        one.key
        for asked, one in zip(problem.rounds, plan.rounds, strict=True)
        if not asked.fixed and any(set(pair) <= set(group) for group in one.groups)
    )


def _rule(problem: Grouping, one: Participant, other: Participant) -> tuple[str, str]:
    """Return the rule that keeps two apart, or together, and its reason."""
    for each in problem.apart:
        if {each.one, each.other} == {one.key, other.key}:
            return apart_key(each.one, each.other), each.reason
    if is_one_unit(problem, one, other):
        return f"team:{one.team}", ""
    return rule_between(problem, one, other), ""


def is_one_unit(problem: Grouping, one: Participant, other: Participant) -> bool:
    """Whether two always sit together."""
    return problem.mates == "together" and bool(one.team) and one.team == other.team


def repair_group(
    problem: Grouping,
    old: Sequence[Seating],
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> GroupRepair:
    """Keep as many people in their old groups as can be, then have as few repeats as can be.

    The problem is as it now is: who is absent is named in its rounds, rounds that are over are
    fixed. Groups may become one larger or smaller than wanted rather than be dissolved. Of plans
    with as few moves, the best that was found.

    Raises
    ------
    Infeasible, Exhausted, Cancelled
        As for a fresh plan.
    """
    from throughline.engines.matching.group_mending import mended  # noqa: PLC0415 - slow import

    return mended(problem, old, limits, watch)
