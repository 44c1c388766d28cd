"""Bring people together: readers with applications, coaches with leaders."""

from __future__ import annotations

from collections.abc import Callable
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
    Starved,
    Unmet,
    columns,
    rows,
)
from throughline.engines.matching.problems import Infeasible, InvalidProblem
from throughline.engines.matching.working import Exhausted

if TYPE_CHECKING:
    from throughline.engines.matching.fairness import Solution
    from throughline.engines.matching.network import Grid, Ints, Network


def assign(problem: Reviewing, *, mode: Mode = "fair", partial: bool = False) -> PairPlan:
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
        The solver gave up.

    Notes
    -----
    The total is a transport problem, solved as a linear program and proven by its prices. A fair
    plan of up to 1,200 allowed pairs is solved to the end; a larger one starts from the total and
    exchanges readers, beside the bound of a linear program, so ``worst.bound`` may be higher than
    ``worst.value``.

    Examples
    --------
    >>> from throughline.engines.matching import Application, Part, Reader, Reviewing
    >>> two = (Application("north", 1), Application("south", 1))
    >>> knows = Part("knows the subject", ((9, 8), (4, 0)))
    >>> plan = assign(Reviewing(two, (Reader("ann", 1), Reader("bo", 1)), (knows,)))
    >>> [(pair.whom, pair.by) for pair in plan.pairs], plan.worst.value, plan.total.value
    ([('north', 'bo'), ('south', 'ann')], 4, 12)
    """
    return plan_of(problem, mode, partial=partial)


def match(problem: Coaching, *, mode: Mode = "fair", partial: bool = False) -> PairPlan:
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
        The solver gave up.

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
    if mode == "stable":
        from throughline.engines.matching.stable import stable  # noqa: PLC0415 - slow import

        return checked(problem, stable(problem))
    return plan_of(problem, mode, partial=partial)


def checked(problem: Meeting, plan: PairPlan) -> PairPlan:
    """Return a plan that passes."""
    check_pairs(problem, plan)
    return plan


def plan_of(problem: Meeting, mode: Mode, *, partial: bool) -> PairPlan:
    """Solve either question."""
    from throughline.engines.matching import fairness  # noqa: PLC0415 - slow import

    if mode not in ("fair", "total"):
        raise InvalidProblem("mode", mode, "fair or total")
    net, unmet = servable(problem, partial)
    solution = fairness.fair(net) if mode == "fair" else fairness.most_points(net)
    if solution is None:
        raise Exhausted
    return checked(problem, as_plan(problem, net, solution, mode, unmet))


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


def servable(problem: Meeting, partial: bool = False) -> tuple[Network, tuple[Unmet, ...]]:
    """Return what is to be decided, and who goes short.

    Raises
    ------
    Infeasible
        Not all can be served, and nobody may go short; or pins or least loads cannot be kept.
    """
    from throughline.engines.matching import network, transport  # noqa: PLC0415 - slow import

    net = network.network(problem)
    _pins_fit(problem, net)
    conflict = conflict_of(problem, net)
    if conflict is None:
        return net, ()
    if not partial:
        raise conflict
    need = transport.even_needs(net) if net.even else _most_served(net)
    if need is None:
        raise conflict
    lack = [int(one) for one in net.need - need]
    unmet = tuple(
        Unmet(key, missing) for key, missing in zip(rows(problem), lack, strict=True) if missing
    )
    return replace(net, need=need), unmet


def _most_served(net: Network) -> Ints | None:
    """Return how often each row is served where they take unequal time."""
    import numpy as np  # noqa: PLC0415 - slow import

    from throughline.engines.matching.fairness import whole  # noqa: PLC0415 - slow import

    found = whole(replace(net, score=np.ones_like(net.score)), all_served=False)
    return None if found is None else found[0].sum(axis=1, dtype=np.int64)


def _pins_fit(problem: Meeting, net: Network) -> None:
    """Pins alone may ask too much of one person."""
    for keys, left in ((rows(problem), net.need), (columns(problem), net.most)):
        short = [key for key, one in zip(keys, left, strict=True) if one < 0]
        if short:
            raise Infeasible((short[0],), f"{short[0]} is pinned more often than there is room for")


def conflict_of(problem: Meeting, net: Network) -> Infeasible | None:
    """Return who cannot all be served, none of whom can be spared; nothing if all can be."""
    from throughline.engines.matching import fairness, network  # noqa: PLC0415 - slow import

    if fairness.can_serve(net):
        return None
    everyone = list(range(len(net.need)))
    if not net.even:
        return _named(problem, net, smallest(everyone, lambda some: not _fits(net, some)))
    on = network.most_pairs(net.allowed, net.need, net.most)
    if short := network.starved(net.allowed, net.need, on):
        return _named(problem, net, smallest(short, lambda some: not _fits(net, some)))
    filled = network.most_pairs(net.allowed.T, net.least, net.need)
    idle = smallest(
        network.starved(net.allowed.T, net.least, filled), lambda some: not _busy(net, some)
    )
    whom = columns(problem)
    return Infeasible(
        tuple(whom[one] for one in idle),
        f"{', '.join(whom[one] for one in idle)}: at least {int(net.least[idle].sum())} to serve, and "
        f"{_room(net.allowed.T[idle], net.need)} needed by those whom they may serve",
    )


def _fits(net: Network, some: list[int]) -> bool:
    from throughline.engines.matching.fairness import can_serve  # noqa: PLC0415 - slow import

    return can_serve(
        replace(
            net, score=net.score[some], allowed=net.allowed[some], pinned=net.pinned[some],
            need=net.need[some], time=net.time[some], base=net.base[some], least=net.least * 0,
        )
    )  # fmt: skip


def _busy(net: Network, some: list[int]) -> bool:
    from throughline.engines.matching.network import most_pairs  # noqa: PLC0415 - slow import

    filled = most_pairs(net.allowed.T[some], net.least[some], net.need)
    return int(filled.sum()) == int(net.least[some].sum())


def _room(allowed: Grid, most: Ints) -> int:
    """How often these rows can be served at most, each pair once."""
    return int(
        sum(min(int(many), int(one)) for many, one in zip(allowed.sum(0), most, strict=True))
    )


def _named(problem: Meeting, net: Network, short: list[int]) -> Starved:
    import numpy as np  # noqa: PLC0415 - slow import

    whom, by = rows(problem), columns(problem)
    may = net.allowed[short]
    needed = int((net.need * net.time)[short].sum())
    room = _room(may, net.most) if net.even else int(net.most[may.any(axis=0)].sum())
    serving = tuple(by[column] for column in np.flatnonzero(may.any(axis=0)))
    return Starved(tuple(whom[one] for one in short), needed, serving, room)


def smallest(some: list[int], fails: Callable[[list[int]], bool]) -> list[int]:
    """Return a part of ``some`` that fails, of which none can be spared.

    Leave out half, a quarter, at last one by one; what still fails was enough.
    """
    size = max(1, len(some) // 2)
    while True:
        first = 0
        while first < len(some):
            rest = some[:first] + some[first + size :]
            if rest and fails(rest):
                some = rest
            else:
                first += size
        if size == 1:
            return some
        size = max(1, size // 2)
