"""An agenda as arrays. Imported where it runs: slow to load."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.agendas import (
    Agenda,
    Place,
    Room,
    Session,
    Slot,
    at_once,
    expected_at,
    wanted_by,
)

Ints = NDArray[np.int64]
Grid = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Floor:
    """Sessions (n) by spots (slot and room, slot by slot), in numbers.

    ``cost`` and ``may`` (n, spots): what a spot costs alone, and whether it can be. ``slot`` and
    ``room`` (spots). ``once`` (slots, slots): which overlap; each with itself. ``moments`` (moments, slots): which
    slots are on then; every two that overlap are on together at one of them. ``regret`` (n, n):
    how many want both. ``apart`` (n, n): never at once. ``sessions`` are places in the problem.
    """

    sessions: Ints
    cost: Ints
    may: Grid
    slot: Ints
    room: Ints
    once: Grid
    moments: Grid
    regret: Ints
    apart: Grid

    @property
    def shared(self) -> Grid:
        """Which spots cannot both be taken: one room, at once."""
        same: Grid = self.room[:, None] == self.room[None, :]
        return same & self.once[self.slot][:, self.slot]

    def only(self, some: Collection[int]) -> Floor:
        """Return the floor of some of these sessions."""
        rows = np.array(sorted(some), dtype=np.int64)
        pair = np.ix_(rows, rows)
        return Floor(
            self.sessions[rows], self.cost[rows], self.may[rows], self.slot, self.room, self.once,
            self.moments, self.regret[pair], self.apart[pair],
        )  # fmt: skip

    def worth(self, spots: Ints) -> int:
        """Return what these spots of all sessions cost together."""
        rows = np.arange(len(spots))
        together = self.once[self.slot[spots]][:, self.slot[spots]]
        return int(self.cost[rows, spots].sum() + (self.regret * together).sum() // 2)


def floor_of(problem: Agenda) -> Floor:
    """Turn a problem into arrays."""
    place = {one.key: number for number, one in enumerate(problem.sessions)}
    many = len(place)
    spots = [(slot, room) for slot in problem.slots for room in problem.rooms]
    away = {one.key: one.away for one in problem.speakers}
    expected = expected_at(problem)
    may = np.zeros((many, len(spots)), dtype=np.bool_)
    cost = np.zeros((many, len(spots)), dtype=np.int64)
    for row, one in enumerate(problem.sessions):
        shut = frozenset[str]().union(*(away.get(key, frozenset()) for key in one.speakers))
        may[row] = [fits(one, slot, room) and slot.key not in shut for slot, room in spots]
        cost[row] = [max(0, expected[one.key] - room.seats) for _slot, room in spots]
    for spots_of, here in ((problem.pinned, True), (problem.barred, False)):
        for spot in spots_of:
            there = [
                spot.slot in (None, slot.key) and spot.room in (None, room.key)
                for slot, room in spots
            ]
            may[place[spot.session]] &= np.array(there, dtype=np.bool_) == here
    slots, rooms = len(problem.slots), len(problem.rooms)
    once = [[at_once(one, other) for other in problem.slots] for one in problem.slots]
    on = [[_is_on(one, other) for one in problem.slots] for other in problem.slots]
    return Floor(
        np.arange(many), cost, may, np.repeat(np.arange(slots), rooms),
        np.tile(np.arange(rooms), slots), np.array(once, dtype=np.bool_).reshape(slots, slots),
        np.unique(np.array(on, dtype=np.bool_).reshape(slots, slots), axis=0), _regret(problem), _apart(problem, place),
    )  # fmt: skip


def _is_on(one: Slot, other: Slot) -> bool:
    """Whether one slot goes on when the other begins."""
    return at_once(one, other) and one.starts_at <= other.starts_at


def fits(session: Session, slot: Slot, room: Room) -> bool:
    """Whether a session is short enough for a slot and its room is open and has what it needs."""
    return (
        session.minutes <= slot.minutes
        and session.needs <= room.offers
        and slot.key not in room.closed
    )


def _regret(problem: Agenda) -> Ints:
    people = {one.key: number for number, one in enumerate(problem.attendees)}
    wants = np.zeros((len(problem.sessions), len(people)), dtype=np.int64)
    for row, who in enumerate(wanted_by(problem).values()):
        wants[row, [people[key] for key in sorted(who)]] = 1
    both: Ints = wants @ wants.T
    np.fill_diagonal(both, 0)
    return both


def _apart(problem: Agenda, place: dict[str, int]) -> Grid:
    many = len(problem.sessions)
    found = np.zeros((many, many), dtype=np.bool_)
    for some in groups(problem):
        rows = [place[key] for key in sorted(some)]
        found[np.ix_(rows, rows)] = True
    np.fill_diagonal(found, False)
    return found


def groups(problem: Agenda) -> list[frozenset[str]]:
    """Return sets of sessions that are never at once: those of one speaker, and named ones."""
    speaking: dict[str, set[str]] = {}
    for one in problem.sessions:
        for key in sorted(one.speakers):
            speaking.setdefault(key, set()).add(one.key)
    every = [frozenset(some) for some in speaking.values()]
    return [
        some for some in (*every, *(one.sessions for one in problem.never_at_once)) if len(some) > 1
    ]


def spots_of(problem: Agenda, places: Collection[Place]) -> dict[int, int]:
    """Return the spot of each session that has one and still is in the problem."""
    sessions = {one.key: number for number, one in enumerate(problem.sessions)}
    slots = {one.key: number for number, one in enumerate(problem.slots)}
    rooms = {one.key: number for number, one in enumerate(problem.rooms)}
    return {
        sessions[one.session]: slots[one.slot] * len(rooms) + rooms[one.room]
        for one in places
        if one.session in sessions and one.slot in slots and one.room in rooms
    }
