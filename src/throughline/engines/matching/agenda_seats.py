"""Seat attendees at the sessions of an agenda, by their choices. Imported where it runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from throughline.engines.matching.agendas import (
    Agenda,
    Attendee,
    Lack,
    MissedChoice,
    Place,
    Seat,
    at_once,
)
from throughline.engines.matching.problems import Certificate


def rank_points(problem: Agenda) -> int:
    """Return what a first choice is worth: the length of the longest list."""
    return max((len(one.choices) for one in problem.attendees), default=0)


class House:
    """Who could sit where, at the places of one agenda."""

    def __init__(self, problem: Agenda, places: Collection[Place]) -> None:
        self.problem = problem
        slots = {one.key: one for one in problem.slots}
        rooms = {one.key: one for one in problem.rooms}
        self.slot = {one.session: slots[one.slot] for one in places}
        room = {one.session: rooms[one.room].seats for one in places}
        self.seats = {
            one.key: room[one.key] if one.seats is None else min(room[one.key], one.seats)
            for one in problem.sessions
            if one.key in room
        }
        self.speaks: dict[str, list[str]] = {}
        for one in problem.sessions:
            for key in sorted(one.speakers):
                self.speaks.setdefault(key, []).append(one.key)

    def is_there(self, one: Attendee, session: str) -> bool:
        """Whether somebody is neither away nor speaking while a session is on."""
        slot = self.slot[session]
        away = any(at_once(slot, other) for other in self.problem.slots if other.key in one.away)
        mine = (self.slot[key] for key in self.speaks.get(one.key, ()) if key in self.slot)
        return not away and not any(at_once(slot, other) for other in mine)

    def offers(self) -> list[tuple[Attendee, str, int]]:
        """Return every seat that somebody wants and could take, and what it is worth."""
        most = rank_points(self.problem)
        return [
            (one, key, most - rank)
            for one in self.problem.attendees
            for rank, key in enumerate(one.choices)
            if key in self.slot and self.is_there(one, key)
        ]

    def lacks(self, seats: Collection[Seat]) -> tuple[MissedChoice, ...]:
        """Say for every choice that is not met why."""
        taken = {(one.attendee, one.session) for one in seats}
        mine: dict[str, list[str]] = {}
        for seat in seats:
            mine.setdefault(seat.attendee, []).append(seat.session)
        return tuple(
            MissedChoice(one.key, key, self._lack(one, key, mine.get(one.key, ())))
            for one in self.problem.attendees
            for key in one.choices
            if (one.key, key) not in taken
        )

    def _lack(self, one: Attendee, session: str, mine: Sequence[str]) -> Lack:
        if session not in self.slot:
            return "not on the agenda"
        if not self.is_there(one, session):
            return "not there then"
        if any(at_once(self.slot[session], self.slot[other]) for other in mine):
            return "another choice then"
        return "full"


@dataclass(frozen=True, slots=True)
class Seated:
    """Who sits where, and the proof that no other way is worth more."""

    seats: tuple[Seat, ...]
    choices: Certificate


def seat(
    problem: Agenda,
    places: Collection[Place],
    *,
    before: Collection[Seat] = (),
    near: Collection[Seat] = (),
    settled: Collection[Seat] = (),
    barred: Collection[Seat] = (),
) -> Seated | None:
    """Seat everybody at as many and as wanted choices as can be; nothing if ``settled`` cannot be.

    As many seats of ``before`` as can be are kept first, as many of ``near`` last.

    Notes
    -----
    One program: a attendee is at one session at each moment, a session within its seats. Where
    no slots overlap its relaxation is a transport problem, whose best corner is whole (Hoffman &
    Kruskal, 1956).
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow import
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow import

    house = House(problem, places)
    offers = [one for one in house.offers() if Seat(one[0].key, one[1]) not in barred]
    must = {(one.attendee, one.session) for one in settled}
    if must - {(one.key, key) for one, key, _worth in offers}:
        return None
    if not offers:
        return Seated((), Certificate(0, 0))
    worth = np.array([points for _one, _key, points in offers], dtype=np.int64)
    first = np.array([Seat(one.key, key) in before for one, key, _worth in offers], dtype=np.int64)
    last = np.array([Seat(one.key, key) in near for one, key, _worth in offers], dtype=np.int64)
    wish = (worth + first * (int(worth.sum()) + 1)) * (int(last.sum()) + 1) + last
    rows, columns, room = _rows(house, offers)
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(room), len(offers)))
    lows = np.array([(one.key, key) in must for one, key, _worth in offers], dtype=float)
    result = milp(
        -wish.astype(float),
        integrality=np.ones(len(offers), dtype=np.int8),
        bounds=Bounds(lows, 1),
        constraints=LinearConstraint(matrix, 0, room),
        options={"mip_rel_gap": 0},
    )
    if result.x is None:
        return None
    chosen = np.flatnonzero(result.x > 0.5)
    value = int(worth[chosen].sum())
    seats = tuple(Seat(offers[place][0].key, offers[place][1]) for place in chosen)
    if not first.any():
        return Seated(seats, Certificate(value, value))
    free = seat(problem, places)
    most = free.choices.bound if free else value
    return Seated(seats, Certificate(value, most, "optimal" if value == most else "gap"))


def _rows(
    house: House, offers: Sequence[tuple[Attendee, str, int]]
) -> tuple[list[int], list[int], list[int]]:
    """Return rows and columns of the program's entries, and what each row has room for."""
    slots = house.problem.slots
    moments = [
        frozenset(
            one.key for one in slots if at_once(one, other) and one.starts_at <= other.starts_at
        )
        for other in slots
    ]
    number: dict[tuple[str, str], int] = {}
    rows: list[int] = []
    columns: list[int] = []
    room: list[int] = []

    def enter(name: tuple[str, str], column: int, most: int) -> None:
        if name not in number:
            number[name] = len(room)
            room.append(most)
        rows.append(number[name])
        columns.append(column)

    for column, (one, key, _worth) in enumerate(offers):
        enter(("session", key), column, house.seats[key])
        for place, on in enumerate(moments):
            if house.slot[key].key in on:
                enter((f"moment {place}", one.key), column, 1)
    return rows, columns, room
