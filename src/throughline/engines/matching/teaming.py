"""Form teams once, by what is known of people, so that as few as can be fail a rule."""

from __future__ import annotations

from throughline.engines.matching.problems import Certificate
from throughline.engines.matching.team_checking import (
    check_teams,
    cost_of,
    failures,
    fewest_failures,
)
from throughline.engines.matching.teams import Teaming, TeamPlan
from throughline.engines.matching.working import Cancelled, Limits, Watch, Work

STEPS_A_UNIT = 3_000


def form_teams(
    problem: Teaming, *, limits: Limits = Limits(work=3), watch: Watch | None = None
) -> TeamPlan:
    """Put everybody into a team; failing teams cost as little as was found.

    Raises
    ------
    Cancelled
        Whoever watched said stop; it carries the best teams so far.

    Examples
    --------
    >>> from throughline.engines.matching.teams import Member, TeamRule
    >>> people = tuple(Member(key, (("role", role),)) for key, role in zip("abcd", "xxyy"))
    >>> plan = form_teams(Teaming(people, (TeamRule("mixed", "spread", "role"),), teams=2))
    >>> plan.failed
    ()
    """
    from throughline.engines.matching.team_search import searched  # noqa: PLC0415 - slow import

    work = Work(limits, watch, STEPS_A_UNIT)
    floor = fewest_failures(problem)

    def plan_of(teams: tuple[tuple[str, ...], ...]) -> TeamPlan:
        failed = tuple(failures(problem, teams))
        value = cost_of(problem, failed)
        bound = min(value, floor)
        kind = Certificate(value, bound, "counting" if bound == value else "gap")
        return TeamPlan(teams, failed, kind, work.made(problem))

    try:
        plan = plan_of(searched(problem, work, floor))
    except Cancelled as stopped:
        raise Cancelled(plan_of(stopped.best or ())) from None
    check_teams(problem, plan)
    return plan
