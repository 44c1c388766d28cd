"""Bring people together: readers with applications, coaches with leaders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from throughline.engines.matching.pair_checking import check_pairs
from throughline.engines.matching.pairs import (
    Coaching,
    Meeting,
    Mode,
    Pair,
    PairPlan,
    Reviewing,
    Unmet,
    columns,
    rows,
)
from throughline.engines.matching.problems import InvalidProblem
from throughline.engines.matching.serving import servable
from throughline.engines.matching.working import Cancelled, Exhausted, Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.fairness import Solution
    from throughline.engines.matching.network import Grid, Network

STEPS = 30_000
"""Iterations of the simplex method that take about a second."""


def assign(
    problem: Reviewing,
    *,
    mode: Mode = "fair",
    partial: bool = False,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> PairPlan:
    """Give every application its readers.

    ``fair``: as many points as can be for the application that has fewest, then as many as can be
    over all. ``total``: as many as can be over all, whoever pays for it. With ``partial``,
    applications that cannot all be read go short as evenly as can be, and are named. Chance has
    no part in it: the same problem gives the same plan.

    Raises
    ------
    Starved
        Some applications need more readings than those who may read them have room for.
    Infeasible
        Some readers cannot be given their least.
    Exhausted
        The work that was allowed did not suffice to serve everybody.
    Cancelled
        Whoever watches said stop; ``best`` is the best plan so far, if any.

    Notes
    -----
    The total is a transport problem, solved as a linear program and proven by its prices; where
    ``ortools`` is installed, as a flow, several times as fast, proven in the same way. Which of
    plans of equal worth is chosen then differs: ``made.engine`` names the flow. A fair plan of up to 1,200 allowed pairs is solved to the end; a larger one starts from the total and
    exchanges readers, beside the bound of a linear program, made closer by what a floor rules out;
    ``worst.bound`` may still be higher than ``worst.value``.

    Examples
    --------
    >>> from throughline.engines.matching import Application, Part, Reader, Reviewing
    >>> two = (Application("north", 1), Application("south", 1))
    >>> knows = Part("knows the subject", ((9, 8), (4, 0)))
    >>> plan = assign(Reviewing(two, (Reader("ann", 1), Reader("bo", 1)), (knows,)))
    >>> [(pair.whom, pair.by) for pair in plan.pairs], plan.worst.value, plan.total.value
    ([('north', 'bo'), ('south', 'ann')], 4, 12)
    """
    return plan_of(problem, mode, partial=partial, work=Work(limits, watch, STEPS))


def match(
    problem: Coaching,
    *,
    mode: Mode = "fair",
    partial: bool = False,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> PairPlan:
    """Give every leader a coach.

    ``fair`` and ``total`` as in :func:`assign`. ``stable``: no leader and coach would both rather
    have each other; leaders choose first, and of equals whoever stands first in the problem. In a
    stable match somebody may have no coach.

    Raises
    ------
    Starved
        Some leaders need more time than coaches who may coach them have.
    InvalidProblem
        A stable match is asked of leaders who want different amounts of time.
    Exhausted
        The work that was allowed did not suffice to serve everybody.
    Cancelled
        Whoever watches said stop; ``best`` is the best plan so far, if any.

    Notes
    -----
    With equal time the floor is a bottleneck flow and the total a transport problem, both exact.
    With unequal time both are mixed-integer programs. Stable is deferred acceptance (Gale &
    Shapley, 1962).

    Examples
    --------
    >>> from throughline.engines.matching import Coach, Coaching, Leader, Part
    >>> likes = Part("fit", ((9, 8), (8, 2)))
    >>> problem = Coaching((Leader("l"), Leader("m")), (Coach("c", 1), Coach("d", 1)), (likes,))
    >>> [(pair.whom, pair.by) for pair in match(problem).pairs]
    [('l', 'd'), ('m', 'c')]
    >>> [(pair.whom, pair.by) for pair in match(problem, mode="stable").pairs]
    [('l', 'c'), ('m', 'd')]
    """
    work = Work(limits, watch, STEPS)
    if mode == "stable":
        from throughline.engines.matching.stable import stable  # noqa: PLC0415 - slow import

        work.tell("letting leaders ask")
        return checked(problem, replace(stable(problem), made=work.made(problem)))
    return plan_of(problem, mode, partial=partial, work=work)


def checked(problem: Meeting, plan: PairPlan) -> PairPlan:
    """Return a plan that passes."""
    check_pairs(problem, plan)
    return plan


def plan_of(problem: Meeting, mode: Mode, *, partial: bool, work: Work) -> PairPlan:
    """Solve either question."""
    from throughline.engines.matching import fairness  # noqa: PLC0415 - slow import

    if mode not in ("fair", "total"):
        raise InvalidProblem("mode", mode, "fair or total")
    work.tell("seeing whether all can be served")
    net, unmet = servable(problem, work, partial)
    solve = fairness.fair if mode == "fair" else fairness.most_points
    try:
        solution = solve(net, work)
    except Cancelled as stop:
        if not isinstance(stop.best, fairness.Solution):
            raise
        so_far = fairness.unproven(net, stop.best)
        raise Cancelled(checked(problem, as_plan(problem, net, so_far, mode, unmet))) from stop
    if solution is None:
        raise Exhausted
    plan = replace(as_plan(problem, net, solution, mode, unmet), made=work.made(problem))
    return checked(problem, plan)


def as_plan(
    problem: Meeting, net: Network, solution: Solution, mode: Mode, unmet: tuple[Unmet, ...]
) -> PairPlan:
    """Turn arrays into a plan."""
    return PairPlan(
        mode, pairs_of(problem, solution.on | net.pinned), unmet, solution.worst, solution.total,
        solution.worst_prices, solution.total_prices,
    )  # fmt: skip


def pairs_of(problem: Meeting, on: Grid) -> tuple[Pair, ...]:
    """Name the pairs of an array, in the order of the problem."""
    whom, by = rows(problem), columns(problem)
    return tuple(Pair(whom[row], by[column]) for row, column in zip(*on.nonzero(), strict=True))
