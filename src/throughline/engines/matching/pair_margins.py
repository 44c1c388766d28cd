"""How sure each pair is: what turning it round loses, without solving again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from throughline.engines.matching.pair_checking import check_pairs
from throughline.engines.matching.pairing import STEPS
from throughline.engines.matching.pairs import Meeting, Pair, PairPlan, columns, rows
from throughline.engines.matching.problems import InvalidProblem
from throughline.engines.matching.working import Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.residual import Sides


@dataclass(frozen=True, slots=True)
class PairMargin:
    """How many points over all a plan loses if a pair is turned round: kept apart, or made to meet.

    Nobody falls below the plan's worst for it. Nothing where that cannot be. Not ``exact`` where
    an exchange of two pairs is the best way known, and nothing proves that no other loses less;
    or where no exchange is known.
    """

    pair: Pair
    meet: bool
    points: int | None
    exact: bool = True

    @property
    def coin_flip(self) -> bool:
        """Whether turning the pair round costs nothing at all."""
        return self.points == 0


def margins_pairs(
    problem: Meeting,
    plan: PairPlan,
    who: Collection[Pair] | None = None,
    *,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> list[PairMargin]:
    """Return what turning each pair of a plan round loses, or each of ``who``.

    Pinned and barred pairs are not turned: they are somebody's wish.

    Raises
    ------
    InvalidProblem
        A pair is unknown, or the plan is a stable match, which promises no points.
    Cancelled
        Whoever watches said stop; ``best`` holds the margins so far.

    Notes
    -----
    Where the plan is the best total over a network, the loss is the shortest way round the pair in
    what is left of it, with the prices as lengths (Ahuja, Magnanti & Orlin, 1993): exact. Where a
    floor holds over several readers, or time is unequal, an exchange says at most how much is
    lost, and prices at least how much.

    Examples
    --------
    >>> from throughline.engines.matching import Application, Part, Reader, Reviewing, assign
    >>> two = (Application("north", 1), Application("south", 1))
    >>> knows = Part("knows the subject", ((9, 8), (4, 0)))
    >>> problem = Reviewing(two, (Reader("ann", 1), Reader("bo", 1)), (knows,))
    >>> plan = assign(problem, mode="total")
    >>> [(one.pair.whom, one.pair.by, one.points) for one in margins_pairs(problem, plan)]
    [('north', 'bo', 3), ('south', 'ann', 3)]
    """
    check_pairs(problem, plan)
    if plan.mode == "stable":
        raise InvalidProblem("plan.mode", plan.mode, "fair or total")
    asked = plan.pairs if who is None else tuple(who)
    place = {key: row for row, key in enumerate(rows(problem))}
    beside = {key: column for column, key in enumerate(columns(problem))}
    for number, pair in enumerate(asked):
        if pair.whom not in place or pair.by not in beside:
            raise InvalidProblem(f"who.{number}", (pair.whom, pair.by), "keys of the problem")
    work = Work(limits, watch, STEPS)
    sides = _decided(problem, plan, work)
    found: list[PairMargin] = []
    settled = {*problem.pinned, *(Pair(one.whom, one.by) for one in problem.barred)}
    for pair in asked:
        if pair in settled:
            continue
        work.tell("margins", len(found), len(asked), plan=found)
        row, column = place[pair.whom], beside[pair.by]
        points, exact = sides.margin(row, column)
        found.append(PairMargin(pair, pair in plan.pairs, points, exact))
    return found


def _decided(problem: Meeting, plan: PairPlan, work: Work) -> Sides:
    """Return what was left to decide under the plan's floor, with both sides of each pair."""
    import numpy as np  # noqa: PLC0415 - slow import

    from throughline.engines.matching.floors import held_to  # noqa: PLC0415 - slow import
    from throughline.engines.matching.network import network  # noqa: PLC0415 - slow import
    from throughline.engines.matching.residual import Sides  # noqa: PLC0415 - slow import

    net = network(problem)
    place = {key: row for row, key in enumerate(rows(problem))}
    beside = {key: column for column, key in enumerate(columns(problem))}
    on = np.zeros_like(net.allowed)
    for pair in plan.pairs:
        on[place[pair.whom], beside[pair.by]] = True
    on &= ~net.pinned
    net = replace(net, need=on.sum(axis=1, dtype=np.int64))
    floor = None if plan.worst is None else plan.worst.value
    held = net if floor is None else held_to(net, floor)
    if held is None:
        raise InvalidProblem("plan.worst", floor, "a floor that the plan keeps")
    forced = held.pinned & ~net.pinned
    single = bool((net.need + net.pinned.sum(axis=1)).max(initial=0) <= 1)
    return Sides(held, on & ~forced, plan, (floor, single), work)
