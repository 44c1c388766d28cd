"""What is asked of an agenda, and what comes back.

Sessions are put into slots and rooms; then attendees into sessions, by their choices. A session
takes its slot whole. Two slots that overlap in time are at once: for speakers, rooms and people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias

from throughline.engines.matching.problems import Certificate, InvalidProblem
from throughline.engines.matching.working import Made

Complaint: TypeAlias = tuple[str, object, str]
Lack = Literal["not on the agenda", "not there then", "another choice then", "full"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time in which each room can hold one session."""

    key: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Room:
    """Has seats, offers what sessions may need, and is closed in some slots."""

    key: str
    seats: int
    offers: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Session:
    """Wants one slot and one room that offers what it needs.

    ``expected`` people want a seat: without a number, as many as choose it. At most ``seats``
    attendees are let in, however large its room is.
    """

    key: str
    minutes: int
    speakers: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    expected: int | None = None
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Is away in some slots. Whoever is not listed is always there."""

    key: str
    away: frozenset[str]


@dataclass(frozen=True, slots=True)
class NeverAtOnce:
    """These sessions are never at once."""

    key: str
    sessions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Attendee:
    """Wants these sessions, the most wanted first; is away in some slots.

    One with the key of a speaker is where she speaks.
    """

    key: str
    choices: tuple[str, ...]
    away: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spot:
    """A session in a slot, in a room, or in one of both: pinned there, or barred from it."""

    session: str
    slot: str | None = None
    room: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Put sessions into slots and rooms, then attendees into sessions.

    Raises
    ------
    InvalidProblem
        Keys repeat or are unknown, or a number is out of range.
    """

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    speakers: tuple[Speaker, ...] = ()
    never_at_once: tuple[NeverAtOnce, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    pinned: tuple[Spot, ...] = ()
    barred: tuple[Spot, ...] = ()

    def __post_init__(self) -> None:
        for path, got, expected in self._complaints():
            raise InvalidProblem(path, got, expected)

    def _complaints(self) -> Iterator[Complaint]:
        yield from _repeated("slots", self.slots)
        yield from _repeated("rooms", self.rooms)
        yield from _repeated("sessions", self.sessions)
        yield from _repeated("speakers", self.speakers)
        yield from _repeated("never_at_once", self.never_at_once)
        yield from _repeated("attendees", self.attendees)
        yield from self._numbers()
        slots = {one.key for one in self.slots}
        sessions = {one.key for one in self.sessions}
        speaking = frozenset[str]().union(*(one.speakers for one in self.sessions))
        for place, room in enumerate(self.rooms):
            yield from _unknown(f"rooms.{place}.closed", room.closed, slots, "slots")
        for place, speaker in enumerate(self.speakers):
            yield from _unknown(f"speakers.{place}.key", {speaker.key}, speaking, "speakers")
            yield from _unknown(f"speakers.{place}.away", speaker.away, slots, "slots")
        for place, apart in enumerate(self.never_at_once):
            yield from _unknown(
                f"never_at_once.{place}.sessions", apart.sessions, sessions, "sessions"
            )
        for place, one in enumerate(self.attendees):
            yield from _unknown(f"attendees.{place}.choices", one.choices, sessions, "sessions")
            yield from _unknown(f"attendees.{place}.away", one.away, slots, "slots")
            if len(set(one.choices)) < len(one.choices):
                yield f"attendees.{place}.choices", one.choices, "each session once"
        yield from self._spots("pinned", self.pinned)
        yield from self._spots("barred", self.barred)

    def _numbers(self) -> Iterator[Complaint]:
        for place, slot in enumerate(self.slots):
            if slot.minutes < 1:
                yield f"slots.{place}.minutes", slot.minutes, "1 or more"
            if slot.starts_at.tzinfo is None:
                yield f"slots.{place}.starts_at", slot.starts_at, "a time with its zone"
        for place, room in enumerate(self.rooms):
            if room.seats < 0:
                yield f"rooms.{place}.seats", room.seats, "0 or more"
        for place, one in enumerate(self.sessions):
            if one.minutes < 1:
                yield f"sessions.{place}.minutes", one.minutes, "1 or more"
            for name, number in (("expected", one.expected), ("seats", one.seats)):
                if number is not None and number < 0:
                    yield f"sessions.{place}.{name}", number, "0 or more"

    def _spots(self, name: str, spots: Sequence[Spot]) -> Iterator[Complaint]:
        sessions = {one.key for one in self.sessions}
        slots, rooms = {one.key for one in self.slots}, {one.key for one in self.rooms}
        for place, spot in enumerate(spots):
            path = f"{name}.{place}"
            yield from _unknown(f"{path}.session", {spot.session}, sessions, "sessions")
            if spot.slot is None and spot.room is None:
                yield path, spot.session, "a slot, a room or both"
            if spot.slot is not None:
                yield from _unknown(f"{path}.slot", {spot.slot}, slots, "slots")
            if spot.room is not None:
                yield from _unknown(f"{path}.room", {spot.room}, rooms, "rooms")


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def _repeated(name: str, many: Sequence[_Keyed]) -> Iterator[Complaint]:
    known: set[str] = set()
    for place, one in enumerate(many):
        if one.key in known:
            yield f"{name}.{place}.key", one.key, "a key that is used once"
        known.add(one.key)


def _unknown(
    path: str, keys: Collection[str], known: Collection[str], name: str
) -> Iterator[Complaint]:
    for key in sorted(keys):
        if key not in known:
            yield path, key, f"keys of {name}"


def at_once(one: Slot, other: Slot) -> bool:
    """Whether two slots overlap in time."""
    return (
        one.starts_at < other.starts_at + timedelta(minutes=other.minutes)
        and other.starts_at < one.starts_at + timedelta(minutes=one.minutes)
    )  # fmt: skip


def wanted_by(problem: Agenda) -> dict[str, frozenset[str]]:
    """Return for each session who wants to be there: attendees who chose it or speak at it."""
    found: dict[str, set[str]] = {one.key: set(one.speakers) for one in problem.sessions}
    here = {one.key for one in problem.attendees}
    for one in problem.attendees:
        for key in one.choices:
            found[key].add(one.key)
    return {key: frozenset(who & here) for key, who in found.items()}


def expected_at(problem: Agenda) -> dict[str, int]:
    """Return how many people want a seat at each session."""
    chosen: dict[str, int] = dict.fromkeys((one.key for one in problem.sessions), 0)
    for one in problem.attendees:
        for key in one.choices:
            chosen[key] += 1
    return {
        one.key: chosen[one.key] if one.expected is None else one.expected
        for one in problem.sessions
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is."""

    session: str
    slot: str
    room: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Who goes to which session."""

    attendee: str
    session: str


@dataclass(frozen=True, slots=True)
class MissedChoice:
    """A choice that a attendee does not get, and why."""

    attendee: str
    session: str
    why: Lack


@dataclass(frozen=True, slots=True)
class AgendaPlan:
    """Where sessions are, and who goes to them, in the order of the problem.

    ``regret`` is below 0: one for everybody who wants two sessions that are at once, for each such
    two, and one for everybody expected above the seats of a room. Its bound is about all agendas of
    the sessions that are placed; with an old agenda, about those that keep as much of it.
    ``kept`` counts the old places that are kept. ``choices`` is about the sum of ranks, the last of
    the longest list being worth 1, among all ways to seat people at this agenda.
    """

    places: tuple[Place, ...]
    unplaced: tuple[str, ...]
    seats: tuple[Seat, ...]
    missed: tuple[MissedChoice, ...]
    regret: Certificate
    choices: Certificate
    kept: Certificate | None = None
    made: Made | None = None
