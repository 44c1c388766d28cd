"""Say why a session is where it is or cannot be elsewhere, and why somebody sits where they sit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from throughline.engines.matching.agenda_checking import hindrances, misfits, regret_of
from throughline.engines.matching.agenda_solving import agenda
from throughline.engines.matching.agendas import (
    Agenda,
    AgendaPlan,
    Lack,
    Place,
    Seat,
    Spot,
    at_once,
    expected_at,
    wanted_by,
)
from throughline.engines.matching.problems import Infeasible, InvalidProblem
from throughline.engines.matching.working import Limits


@dataclass(frozen=True, slots=True)
class WhyPlace:
    """Why a session is in a place, or is not.

    ``shut`` are reasons that no change of others could remove; ``taken`` those that others give.
    ``rivals`` are sessions at once with it there, and how many want both; ``too_few`` seats are
    lacking there. Turned round, so that it is there or is not, as few sessions as can be move
    ``into`` other places, and there is ``loss`` more regret; ``least_loss`` if more may move.
    Nothing where it cannot be turned round.
    """

    place: Place
    held: bool
    shut: tuple[str, ...]
    taken: tuple[str, ...]
    rivals: tuple[tuple[str, int], ...]
    too_few: int
    into: tuple[Place, ...] = ()
    loss: int | None = None
    least_loss: int | None = None


@dataclass(frozen=True, slots=True)
class WhySeat:
    """Why somebody sits in a session, or does not.

    ``rank`` is the place among the own choices, 1 the first. ``loss`` is how many points all
    together lose if it is turned round, and ``out`` and ``into`` what changes; nothing where it
    cannot be.
    """

    seat: Seat
    sits: bool
    rank: int
    lack: Lack | None
    out: tuple[Seat, ...] = ()
    into: tuple[Seat, ...] = ()
    loss: int | None = None


def why_agenda(
    problem: Agenda, plan: AgendaPlan, place: Place, *, limits: Limits = Limits()
) -> WhyPlace:
    """Say what keeps a session in a place or from it, and solve again with it pinned there.

    Raises
    ------
    InvalidProblem
        The session, slot or room is unknown.
    """
    _known(problem, place)
    slots = {one.key: one for one in problem.slots}
    rooms = {one.key: one.seats for one in problem.rooms}
    others = [one for one in plan.places if one.session != place.session]
    beside = [one for one in others if at_once(slots[one.slot], slots[place.slot])]
    wanted = wanted_by(problem)
    both = ((one.session, len(wanted[one.session] & wanted[place.session])) for one in beside)
    said = WhyPlace(
        place,
        place in plan.places,
        tuple(misfits(problem, place)),
        tuple(reason for one in others for reason in hindrances(problem, place, one)),
        tuple((key, many) for key, many in both if many),
        max(0, expected_at(problem)[place.session] - rooms[place.room]),
    )
    if said.shut:
        return said
    other = _turned(problem, place, said.held)
    try:
        near = agenda(other, old=plan.places, partial=bool(plan.unplaced), limits=limits)
        best = agenda(other, partial=bool(plan.unplaced), limits=limits)
    except Infeasible:
        return said
    now = regret_of(problem, plan.places)
    return replace(
        said,
        into=tuple(one for one in near.places if one not in plan.places),
        loss=regret_of(problem, near.places) - now,
        least_loss=regret_of(problem, best.places) - now,
    )


def _turned(problem: Agenda, place: Place, held: bool) -> Agenda:
    """Return the agenda with a place barred that is held, or pinned that is not."""
    spot = Spot(place.session, place.slot, place.room)
    if held:
        return replace(problem, barred=(*problem.barred, spot))
    return replace(problem, pinned=(*problem.pinned, spot))


def _known(problem: Agenda, place: Place) -> None:
    for name, key, many in (
        ("session", place.session, problem.sessions),
        ("slot", place.slot, problem.slots),
        ("room", place.room, problem.rooms),
    ):
        if key not in {one.key for one in many}:
            raise InvalidProblem(f"place.{name}", key, f"a key of {name}s")


def why_seat(problem: Agenda, plan: AgendaPlan, attendee: str, session: str) -> WhySeat:
    """Say why somebody has or misses a choice, and seat everybody again with it turned round.

    Raises
    ------
    InvalidProblem
        Nobody is called so, or does not want this session.
    """
    from throughline.engines.matching.agenda_seats import seat  # noqa: PLC0415 - slow import

    one = next((one for one in problem.attendees if one.key == attendee), None)
    if one is None or session not in one.choices:
        raise InvalidProblem("attendee", (attendee, session), "a choice of a attendee")
    mine = Seat(attendee, session)
    lacks = ((miss.attendee, miss.session, miss.why) for miss in plan.missed)
    lack = next((why for who, what, why in lacks if (who, what) == (attendee, session)), None)
    said = WhySeat(mine, mine in plan.seats, one.choices.index(session) + 1, lack)
    if said.sits:
        new = seat(problem, plan.places, barred=(mine,), near=plan.seats)
    else:
        new = seat(problem, plan.places, settled=(mine,), near=plan.seats)
    if new is None:
        return said
    return replace(
        said,
        out=tuple(other for other in plan.seats if other not in new.seats),
        into=tuple(other for other in new.seats if other not in plan.seats),
        loss=plan.choices.value - new.choices.value,
    )
