"""Small agendas, and every way to place their sessions and to seat people, by trying them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

from hypothesis import strategies as some

from throughline.engines.matching import (
    Agenda,
    Attendee,
    NeverAtOnce,
    Place,
    Room,
    Seat,
    Session,
    Slot,
    Speaker,
    Spot,
)

NINE = datetime(2026, 10, 1, 9, tzinfo=UTC)


def overlap(problem: Agenda, one: str, other: str) -> bool:
    slots = {slot.key: slot for slot in problem.slots}
    minutes = [
        {slot.starts_at + timedelta(minutes=n) for n in range(slot.minutes)}
        for slot in (slots[one], slots[other])
    ]
    return bool(minutes[0] & minutes[1])


def can_be(problem: Agenda, place: Place) -> bool:
    session = next(one for one in problem.sessions if one.key == place.session)
    slot = next(one for one in problem.slots if one.key == place.slot)
    room = next(one for one in problem.rooms if one.key == place.room)
    away = {one.key for one in problem.speakers if slot.key in one.away}
    return (
        session.minutes <= slot.minutes
        and not session.needs - room.offers
        and slot.key not in room.closed
        and not session.speakers & away
        and all(_at(spot, place) for spot in problem.pinned if spot.session == session.key)
        and not any(_at(spot, place) for spot in problem.barred if spot.session == session.key)
    )


def _at(spot: Spot, place: Place) -> bool:
    return spot.slot in (None, place.slot) and spot.room in (None, place.room)


def ways(problem: Agenda, least: int | None = None) -> Iterator[tuple[Place, ...]]:
    """Every way to place all sessions; with ``least``, at least so many of them."""
    each: list[list[Place | None]] = []
    for session in problem.sessions:
        places = (Place(session.key, s.key, r.key) for s in problem.slots for r in problem.rooms)
        fit: list[Place | None] = [place for place in places if can_be(problem, place)]
        each.append(fit if least is None else [*fit, None])
    speakers = {one.key: one.speakers for one in problem.sessions}
    for choice in product(*each):
        way = tuple(place for place in choice if place is not None)
        if least is not None and len(way) < least:
            continue
        if all(
            one.room != other.room
            and not speakers[one.session] & speakers[other.session]
            and not any({one.session, other.session} <= a.sessions for a in problem.never_at_once)
            for one, other in combinations(way, 2)
            if overlap(problem, one.slot, other.slot)
        ):
            yield way


def regret(problem: Agenda, way: tuple[Place, ...]) -> int:
    speakers = {one.key: one.speakers for one in problem.sessions}
    seats = {one.key: one.seats for one in problem.rooms}
    total = 0
    for one, other in combinations(way, 2):
        if overlap(problem, one.slot, other.slot):
            for who in problem.attendees:
                wants = [
                    p.session in who.choices or who.key in speakers[p.session] for p in (one, other)
                ]
                total += all(wants)
    for place in way:
        session = next(one for one in problem.sessions if one.key == place.session)
        many = sum(place.session in who.choices for who in problem.attendees)
        expected = many if session.expected is None else session.expected
        total += max(0, expected - seats[place.room])
    return total


def seatings(problem: Agenda, places: tuple[Place, ...]) -> Iterator[set[Seat]]:
    """Every way to seat people at the sessions they chose."""
    slot_of = {one.session: one.slot for one in places}
    room_of = {one.session: one.room for one in places}
    speakers = {one.key: one.speakers for one in problem.sessions}
    each = []
    for who in problem.attendees:
        speaking = [slot_of[key] for key in slot_of if who.key in speakers[key]]
        busy = [*who.away, *speaking]
        free = [
            key for key in who.choices
            if key in slot_of and not any(overlap(problem, slot_of[key], one) for one in busy)
        ]  # fmt: skip
        each.append(
            [
                [Seat(who.key, key) for key in sat]
                for many in range(len(free) + 1)
                for sat in combinations(free, many)
                if not any(
                    overlap(problem, slot_of[a], slot_of[b]) for a, b in combinations(sat, 2)
                )
            ]
        )
    most = {}
    for session in problem.sessions:
        if session.key in room_of:
            seats = next(one.seats for one in problem.rooms if one.key == room_of[session.key])
            most[session.key] = min(seats, seats if session.seats is None else session.seats)
    for choice in product(*each):
        sat = {seat for seats in choice for seat in seats}
        if all(sum(seat.session == key for seat in sat) <= room for key, room in most.items()):
            yield sat


def points(problem: Agenda, sat: set[Seat] | tuple[Seat, ...]) -> int:
    longest = max((len(one.choices) for one in problem.attendees), default=0)
    choices = {one.key: one.choices for one in problem.attendees}
    return sum(longest - choices[seat.attendee].index(seat.session) for seat in sat)


@some.composite
def agendas(draw, most: int = 3):
    """Agendas of a few spots, with a rule or two."""
    slots = tuple(
        Slot(f"h{n}", NINE + timedelta(minutes=90 * n), 60)
        for n in range(draw(some.integers(1, 3)))
    )
    if draw(some.booleans()):
        slots = (*slots, Slot("long", NINE + timedelta(minutes=30), 120))
    slot_keys = [one.key for one in slots]
    projector = frozenset({"projector"})
    rooms = tuple(
        Room(
            f"r{n}", draw(some.integers(0, 2)), draw(some.sampled_from((projector, frozenset()))),
            frozenset(draw(some.lists(some.sampled_from(slot_keys), max_size=1))),
        )
        for n in range(draw(some.integers(1, 2)))
    )  # fmt: skip
    sessions = tuple(
        Session(
            f"s{n}",
            draw(some.sampled_from((30, 60, 60, 120))),
            frozenset(draw(some.lists(some.sampled_from(("ann", "bo")), max_size=1))),
            draw(some.sampled_from((projector, frozenset(), frozenset()))),
            draw(some.sampled_from((None, None, 3))),
            draw(some.sampled_from((None, None, 1))),
        )
        for n in range(draw(some.integers(1, most)))
    )
    keys = [one.key for one in sessions]
    speaking = sorted({key for one in sessions for key in one.speakers})
    speakers = tuple(
        Speaker(key, frozenset(draw(some.lists(some.sampled_from(slot_keys), max_size=1))))
        for key in speaking
    )
    apart = draw(some.lists(some.frozensets(some.sampled_from(keys), max_size=3), max_size=1))
    people = tuple(
        Attendee(
            key,
            tuple(draw(some.lists(some.sampled_from(keys), max_size=3, unique=True))),
            frozenset(draw(some.lists(some.sampled_from(slot_keys), max_size=1))),
        )
        for key in ("ann", "cy", "di")[: draw(some.integers(0, 3))]
    )
    spots = some.builds(Spot, some.sampled_from(keys), some.sampled_from(slot_keys))
    return Agenda(
        slots, rooms, sessions, speakers,
        tuple(NeverAtOnce(f"a{n}", one) for n, one in enumerate(apart)), people,
        tuple(draw(some.lists(spots, max_size=1))), tuple(draw(some.lists(spots, max_size=1))),
    )  # fmt: skip
