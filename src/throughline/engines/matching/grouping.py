"""Seat people in small groups, round after round, so that as few as can be meet again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from throughline.engines.matching.rounds import Grouping, GroupPlan
from throughline.engines.matching.working import Cancelled, Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.group_search import Search


def group(
    problem: Grouping,
    *,
    partial: bool = False,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> GroupPlan:
    """Seat everybody in every round: no clash, then fewest repeats, then roles mixed.

    Of plans with as few repeats, one in which the two who meet most meet as seldom as was found.
    With ``partial``, team-mates and shared dilemmas may clash where they must, and each clash is
    named; who is kept apart by name, or for the sake of minors, never does.

    Raises
    ------
    Infeasible
        The rules of a round cannot hold together; it names them.
    Exhausted
        The work did not suffice to find seats that keep the rules.
    Cancelled
        Whoever watched said stop; it carries the best plan so far, if that keeps the rules.

    Examples
    --------
    >>> from throughline.engines.matching.rounds import Grouping, Participant, Round
    >>> people = tuple(Participant(key) for key in "abcd")
    >>> plan = group(Grouping(people, tuple(Round(day, size=2) for day in ("Mon", "Tue", "Wed"))))
    >>> plan.repeats
    Certificate(value=0, bound=0, kind='counting')
    """
    from throughline.engines.matching.group_plans import (  # noqa: PLC0415 - slow import
        checked,
        groups_of,
        plan_of,
    )
    from throughline.engines.matching.group_search import (  # noqa: PLC0415 - slow import
        STEPS_A_UNIT,
    )
    from throughline.engines.matching.group_seating import found  # noqa: PLC0415 - slow import

    work = Work(limits, watch, STEPS_A_UNIT)

    def tell(search: Search) -> None:
        try:
            work.tell("groups", search.key[2], search.goal[2])
        except Cancelled:
            keeps = search.key[0] == 0
            groups = groups_of(problem, search.seats.crowd, search.best)
            plan = plan_of(problem, groups, work.made(problem)) if keeps else None
            raise Cancelled(plan) from None

    crowd, seat = found(problem, work, partial, tell)
    return checked(problem, plan_of(problem, groups_of(problem, crowd, seat), work.made(problem)))
