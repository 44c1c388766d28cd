"""Make an agenda: sessions into slots and rooms, then attendees into sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from throughline.engines.matching.agenda_checking import check_agenda
from throughline.engines.matching.agendas import Agenda, AgendaPlan, Place, Seat
from throughline.engines.matching.problems import Certificate, Infeasible
from throughline.engines.matching.working import Exhausted, Limits, Watch, Work

if TYPE_CHECKING:
    from throughline.engines.matching.agenda_grid import Floor, Ints

STEPS_A_UNIT = 2_000
"""Exchanges of sessions that are made in about a second."""
STEPS_A_BRANCH = 20
"""Exchanges that take as long as one branch of a program."""
MOST_REGRETS = 400
"""Pairs of sessions, times moments, up to which a program counts regret where sets do not."""


def agenda(
    problem: Agenda,
    *,
    old: Collection[Place] = (),
    seated: Collection[Seat] = (),
    partial: bool = False,
    limits: Limits = Limits(),
    watch: Watch | None = None,
) -> AgendaPlan:
    """Put sessions where fewest people regret it, then people where they most want to be.

    People regret two sessions at once that they both want, and rooms with too few seats. Of an
    ``old`` agenda as many places as can be are kept first, and of those who were ``seated`` as
    many as can be. With ``partial``, sessions that cannot all be placed are left out, as few as can
    be, and named.

    Raises
    ------
    Infeasible
        Not all sessions can be placed; it names some rules and sessions that cannot hold together.
    Exhausted
        The work that was allowed did not suffice to place all sessions.
    Cancelled
        Whoever watches said stop.

    Notes
    -----
    A mixed-integer program for what spots cost alone; exchanges for what people regret; then, where
    sets of sessions that may be at once can be written out, the proof by set partitioning. Larger
    agendas have the bound of the first program alone.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from throughline.engines.matching import Attendee, Room, Session, Slot
    >>> slots = tuple(Slot(f"{n}h", datetime(2026, 10, 1, n, tzinfo=UTC), 60) for n in (9, 10))
    >>> rooms = (Room("hall", 40), Room("attic", 12))
    >>> talks = tuple(Session(key, 45) for key in ("aims", "budgets", "data", "families"))
    >>> people = (Attendee("ann", ("aims", "data")), Attendee("bo", ("data", "budgets")))
    >>> plan = agenda(Agenda(slots, rooms, talks, attendees=people))
    >>> {one.session: one.slot for one in plan.places}["data"], plan.regret, plan.missed
    ('10h', Certificate(value=0, bound=0, kind='optimal'), ())
    """
    from throughline.engines.matching import agenda_grid  # noqa: PLC0415 - slow import

    work = Work(limits, watch, STEPS_A_UNIT)
    floor = agenda_grid.floor_of(problem)
    priced, dear = _dear(floor, agenda_grid.spots_of(problem, old))
    work.tell("spots")
    start, least = _start(problem, priced, work, partial)
    placed = [row for row, spot in enumerate(start) if spot >= 0]
    spots, bound = _best(problem, priced.only(placed), start[placed], least, work)
    work.spend(0)
    places = _places(problem, placed, spots)
    changed = int(dear > 0) and sum(place not in set(old) for place in places)
    cost = priced.only(placed).worth(spots)
    regret = _certificate(-(cost - changed * dear), -(bound - changed * dear))
    kept = None
    if old:
        held = len(places) - changed
        most = len(places) - (bound // dear if dear else 0)
        kept = _certificate(held, max(held, most))
    plan = _seated(problem, places, seated)
    plan = replace(plan, regret=regret, kept=kept, made=work.made(problem))
    check_agenda(problem, plan, old=old)
    return plan


def _certificate(value: int, bound: int) -> Certificate:
    return Certificate(value, bound, "optimal" if value == bound else "gap")


def _dear(floor: Floor, old: dict[int, int]) -> tuple[Floor, int]:
    """Make every spot but the old one cost more than all else together; return how much."""
    import numpy as np  # noqa: PLC0415 - slow import

    if not old:
        return floor, 0
    dear = int(floor.cost.max(axis=1, initial=0).sum() + floor.regret.sum() // 2) + 1
    cost = floor.cost + dear
    for row, spot in old.items():
        cost[row, spot] -= dear
    return replace(floor, cost=np.asarray(cost)), dear


def _start(problem: Agenda, floor: Floor, work: Work, partial: bool) -> tuple[Ints, int]:
    """Return a first spot for every session, and what spots alone cost at least."""
    from throughline.engines.matching.agenda_conflicts import (  # noqa: PLC0415 - slow import
        conflict_of,
    )
    from throughline.engines.matching.agenda_program import (  # noqa: PLC0415 - slow import
        Unsolved,
        assign_spots,
    )

    try:
        found = assign_spots(floor, work.of_solver(STEPS_A_BRANCH), partial=partial)
    except Unsolved as stopped:
        raise Exhausted from stopped
    if found is not None:
        return found.of, found.least
    conflict = conflict_of(problem)
    if conflict is None:
        raise Exhausted
    raise Infeasible(conflict.core, conflict.sentence)


def _best(problem: Agenda, floor: Floor, spots: Ints, least: int, work: Work) -> tuple[Ints, int]:
    """Return the best spots that this work finds, and what none cost less than."""
    from throughline.engines.matching.agenda_search import improved  # noqa: PLC0415 - slow import

    if not floor.regret.any():
        return spots, min(least, floor.worth(spots))
    _tell(problem, floor, spots, least, work, "exchanges")
    spots = improved(floor, spots, work)
    cost = floor.worth(spots)
    if cost == least or not work.left:
        return spots, min(least, cost)
    _tell(problem, floor, spots, least, work, "proof")
    return _proven(floor, spots, least, work)


def _proven(floor: Floor, spots: Ints, least: int, work: Work) -> tuple[Ints, int]:
    """Return spots that are as good or better, and a proof that is as good or better."""
    from throughline.engines.matching.agenda_program import (  # noqa: PLC0415 - slow import
        Unsolved,
        assign_spots,
    )
    from throughline.engines.matching.agenda_sets import prove  # noqa: PLC0415 - slow import

    options = work.of_solver(STEPS_A_BRANCH)
    cost = floor.worth(spots)
    if (proof := prove(floor, spots, options)) is not None:
        return proof.spots, min(max(least, proof.bound), floor.worth(proof.spots))
    if int((floor.regret > 0).sum()) // 2 * len(floor.moments) <= MOST_REGRETS:
        try:
            found = assign_spots(floor, options, regret=True)
        except Unsolved:
            return spots, least
        if found is not None and floor.worth(found.of) <= cost:
            return found.of, max(least, min(found.least, floor.worth(found.of)))
    return spots, least


def _tell(problem: Agenda, floor: Floor, spots: Ints, least: int, work: Work, phase: str) -> None:
    if work.watch:
        plan = _seated(problem, _places(problem, floor.sessions.tolist(), spots), ())
        regret = _certificate(-floor.worth(spots), -least)
        work.tell(phase, regret.value, regret.bound, replace(plan, regret=regret))


def _places(problem: Agenda, placed: list[int], spots: Ints) -> tuple[Place, ...]:
    rooms = len(problem.rooms)
    return tuple(
        Place(
            problem.sessions[row].key,
            problem.slots[spot // rooms].key,
            problem.rooms[spot % rooms].key,
        )
        for row, spot in zip(placed, spots.tolist(), strict=True)
    )


def _seated(problem: Agenda, places: tuple[Place, ...], before: Collection[Seat]) -> AgendaPlan:
    """Seat attendees at these places; the regret is still to be said."""
    from throughline.engines.matching.agenda_seats import House, seat  # noqa: PLC0415 - slow import

    seated = seat(problem, places, before=before)
    if seated is None:
        raise Exhausted
    here = {one.session for one in places}
    return AgendaPlan(
        places,
        tuple(one.key for one in problem.sessions if one.key not in here),
        seated.seats,
        House(problem, places).lacks(seated.seats),
        Certificate(0, 0),
        seated.choices,
    )
