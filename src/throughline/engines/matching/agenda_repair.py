"""Change an agenda as little as can be on the morning when somebody cannot come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from throughline.engines.matching.agenda_checking import misfits
from throughline.engines.matching.agenda_solving import agenda
from throughline.engines.matching.agendas import Agenda, AgendaPlan, Place, Seat
from throughline.engines.matching.working import Limits, Watch


@dataclass(frozen=True, slots=True)
class AgendaRepair:
    """The agenda nearest to an old one.

    ``forced`` places of the old one cannot be any more, whatever else moves; ``moved`` gave way to
    others; ``into`` are new. ``lost`` are seats that people had and have no longer.
    """

    plan: AgendaPlan
    kept: tuple[Place, ...]
    forced: tuple[Place, ...]
    moved: tuple[Place, ...]
    into: tuple[Place, ...]
    lost: tuple[Seat, ...]


def repair_agenda(
    problem: Agenda,
    old: Collection[Place],
    seated: Collection[Seat] = (),
    *,
    partial: bool = False,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> AgendaRepair:
    """Keep as many places of an old agenda as can be, then regret least, then keep seats.

    The problem is as it now is: a session that fell out is not in it, a speaker is away.

    Raises
    ------
    Infeasible
        Not all sessions can be placed.
    Exhausted
        The work that was allowed did not suffice.
    Cancelled
        Whoever watches said stop.
    """
    plan = agenda(problem, old=old, seated=seated, partial=partial, limits=limits, watch=watch)
    now, before, sits = set(plan.places), set(old), set(plan.seats)
    gone = [one for one in old if one not in now]
    known = {one.key for one in problem.sessions}
    forced = tuple(one for one in gone if one.session not in known or any(misfits(problem, one)))
    return AgendaRepair(
        plan,
        tuple(one for one in old if one in now),
        forced,
        tuple(one for one in gone if one not in forced),
        tuple(one for one in plan.places if one not in before),
        tuple(one for one in seated if one not in sits),
    )
