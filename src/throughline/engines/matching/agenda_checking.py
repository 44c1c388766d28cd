"""Look at an agenda with arithmetic alone: no solver is trusted, nor asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from throughline.engines.matching.agendas import (
    Agenda,
    AgendaPlan,
    Attendee,
    Lack,
    MissedChoice,
    Place,
    Seat,
    Slot,
    Spot,
    at_once,
    expected_at,
    wanted_by,
)
from throughline.engines.matching.checking import BrokenPlan
from throughline.engines.matching.problems import Certificate


def check_agenda(problem: Agenda, plan: AgendaPlan, *, old: Collection[Place] = ()) -> None:
    """Pass an agenda that keeps to its problem and is worth what it claims.

    Raises
    ------
    BrokenPlan
        A session is unknown, twice, missing and not named, or where it cannot be; two are in one
        room at once, or at once though they never may; somebody sits where it was not chosen, at
        two at once or above the seats; a choice is missed and not named with the right reason;
        numbers are not those of the plan, or lie above their own bound.
    """
    for complaint in _complaints(problem, plan, old):
        raise BrokenPlan(complaint)


def _complaints(problem: Agenda, plan: AgendaPlan, old: Collection[Place]) -> Iterator[str]:
    named = Counter([*(one.session for one in plan.places), *plan.unplaced])
    sessions = {one.key: one for one in problem.sessions}
    for key in named.keys() | sessions.keys():
        if key not in sessions:
            yield f"no session is called {key!r}"
        elif named[key] != 1:
            yield f"{key!r} is named {named[key]} times"
    for place in plan.places:
        yield from misfits(problem, place)
    yield from _together(problem, plan.places)
    yield from _people(problem, plan)
    yield from _claims(problem, plan, old)


def misfits(problem: Agenda, place: Place) -> Iterator[str]:
    """Yield every reason why a session cannot be in a place, whatever else is on."""
    session = {one.key: one for one in problem.sessions}.get(place.session)
    slot = {one.key: one for one in problem.slots}.get(place.slot)
    room = {one.key: one for one in problem.rooms}.get(place.room)
    if session is None or slot is None or room is None:
        yield f"{place.session!r} is in a slot or room that does not exist"
        return
    if session.minutes > slot.minutes:
        yield f"{session.key} takes {session.minutes} minutes, {slot.key} has {slot.minutes}"
    for need in sorted(session.needs - room.offers):
        yield f"{session.key} needs {need}, {room.key} has none"
    if slot.key in room.closed:
        yield f"{room.key} is closed in {slot.key}"
    for speaker in problem.speakers:
        if speaker.key in session.speakers and slot.key in speaker.away:
            yield f"{speaker.key} is away in {slot.key}"
    yield from _settled(problem, place)


def _settled(problem: Agenda, place: Place) -> Iterator[str]:
    """Yield the pins and bars that a place breaks."""
    for spot in problem.pinned:
        if spot.session == place.session and not _is_at(spot, place):
            yield f"{place.session} is pinned to {_where(spot)}"
    for spot in problem.barred:
        if spot.session == place.session and _is_at(spot, place):
            why = f": {spot.reason}" if spot.reason else ""
            yield f"{place.session} is barred from {_where(spot)}{why}"


def _where(spot: Spot) -> str:
    return " ".join(part for part in (spot.slot, spot.room) if part)


def _is_at(spot: Spot, place: Place) -> bool:
    return spot.slot in (None, place.slot) and spot.room in (None, place.room)


def hindrances(problem: Agenda, one: Place, other: Place) -> Iterator[str]:
    """Yield every reason why two sessions cannot be in these places together."""
    slots = {slot.key: slot for slot in problem.slots}
    if not at_once(slots[one.slot], slots[other.slot]):
        return
    sessions = {session.key: session for session in problem.sessions}
    if one.room == other.room:
        yield f"{other.session} has {other.room} then"
    for key in sorted(sessions[one.session].speakers & sessions[other.session].speakers):
        yield f"{key} speaks at {other.session} then"
    for apart in problem.never_at_once:
        if {one.session, other.session} <= apart.sessions:
            yield f"{apart.key}: never at once with {other.session}"


def _together(problem: Agenda, places: Sequence[Place]) -> Iterator[str]:
    for one, other in combinations(places, 2):
        for reason in hindrances(problem, one, other):
            yield f"{one.session}: {reason}"


def _people(problem: Agenda, plan: AgendaPlan) -> Iterator[str]:
    people = {one.key: one for one in problem.attendees}
    slots = {one.key: one for one in problem.slots}
    slot_of = {one.session: slots[one.slot] for one in plan.places}
    if len(set(plan.seats)) != len(plan.seats):
        yield "somebody sits twice in one session"
    mine: dict[str, list[str]] = {key: [] for key in people}
    busy = _busy(problem, slot_of)
    for seat in plan.seats:
        one = people.get(seat.attendee)
        if one is None or seat.session not in one.choices or seat.session not in slot_of:
            yield f"{seat.attendee!r} sits in {seat.session!r} unasked"
            continue
        if any(at_once(slot_of[seat.session], slot) for slot in busy[one.key]):
            yield f"{seat.attendee!r} is not there when {seat.session!r} is on"
        mine[one.key].append(seat.session)
    for key, sat in mine.items():
        for first, second in combinations(sat, 2):
            if at_once(slot_of[first], slot_of[second]):
                yield f"{key!r} sits in {first!r} and {second!r} at once"
    yield from _full(problem, plan)
    yield from _missed(problem, plan, mine, busy)


def _full(problem: Agenda, plan: AgendaPlan) -> Iterator[str]:
    rooms = {room.key: room.seats for room in problem.rooms}
    most = {one.session: rooms[one.room] for one in plan.places}
    for session in problem.sessions:
        if session.seats is not None and session.key in most:
            most[session.key] = min(most[session.key], session.seats)
    for key, filled in Counter(seat.session for seat in plan.seats).items():
        if filled > most.get(key, 0):
            yield f"{filled} sit in {key!r}, which has {most.get(key, 0)} seats"


def _busy(problem: Agenda, slot_of: dict[str, Slot]) -> dict[str, list[Slot]]:
    """Return the slots in which each attendee is away or speaks."""
    slots = {slot.key: slot for slot in problem.slots}
    busy = {one.key: [slots[key] for key in sorted(one.away)] for one in problem.attendees}
    for session in problem.sessions:
        for key in session.speakers & busy.keys():
            busy[key] += [slot_of[session.key]] if session.key in slot_of else []
    return busy


def _missed(
    problem: Agenda, plan: AgendaPlan, mine: dict[str, list[str]], busy: dict[str, list[Slot]]
) -> Iterator[str]:
    """Compare what is said to be missed with what is, and why."""
    slots = {slot.key: slot for slot in problem.slots}
    slot_of = {place.session: slots[place.slot] for place in plan.places}

    def why(one: Attendee, key: str) -> Lack:
        if key not in slot_of:
            return "not on the agenda"
        if any(at_once(slot_of[key], slot) for slot in busy[one.key]):
            return "not there then"
        taken = any(at_once(slot_of[key], slot_of[other]) for other in mine[one.key])
        return "another choice then" if taken else "full"

    missed = {
        MissedChoice(one.key, key, why(one, key))
        for one in problem.attendees
        for key in one.choices
        if key not in mine[one.key]
    }
    if missed != set(plan.missed) or len(missed) != len(plan.missed):
        strange = sorted(f"{one.attendee} {one.session}" for one in missed ^ set(plan.missed))
        yield f"missed choices are not named as they are: {', '.join(strange)}"


def regret_of(problem: Agenda, places: Sequence[Place]) -> int:
    """Count who wants two sessions at once, for each such two, and who has no seat."""
    slots = {one.key: one for one in problem.slots}
    rooms = {one.key: one for one in problem.rooms}
    wanted, expected = wanted_by(problem), expected_at(problem)
    both = sum(
        len(wanted[one.session] & wanted[other.session])
        for one, other in combinations(places, 2)
        if at_once(slots[one.slot], slots[other.slot])
    )
    return both + sum(max(0, expected[one.session] - rooms[one.room].seats) for one in places)


def _claims(problem: Agenda, plan: AgendaPlan, old: Collection[Place]) -> Iterator[str]:
    most = max((len(one.choices) for one in problem.attendees), default=0)
    rank = {
        Seat(one.key, key): most - place
        for one in problem.attendees
        for place, key in enumerate(one.choices)
    }
    claims: list[tuple[str, int, Certificate | None]] = [
        ("the regret", -regret_of(problem, plan.places), plan.regret),
        ("the sum of choices", sum(rank[seat] for seat in plan.seats), plan.choices),
        ("the number kept", len(set(plan.places) & set(old)), plan.kept),
    ]
    for name, value, claim in claims:
        if claim is None:
            continue
        if claim.value != value:
            yield f"{name} is {value}, not {claim.value}"
        if claim.bound < value:
            yield f"{name} of {value} lies above its own bound of {claim.bound}"
        if claim.kind != "gap" and claim.bound != value:
            yield f"{name} is called the best below {claim.bound}"
