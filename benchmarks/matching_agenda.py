"""Agendas: a conference of the size of PyCon UK 2016 beside its own scheduler; convenings by choice.

``python -m benchmarks.matching_agenda --peer peers/bin/python`` puts 69 sessions into 27 slots of
four rooms, as conference-scheduler does in an environment of its own, then loses a day of one
speaker; then convenings, where people choose sessions and seats are few, which it does not do.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from itertools import combinations
from typing import Any

from throughline.engines.matching import (
    Agenda,
    AgendaPlan,
    Attendee,
    NeverAtOnce,
    Room,
    Session,
    Slot,
    Speaker,
    agenda,
    repair_agenda,
)

PEER = "3.0.1"
SEEDS = (1, 2, 3)
LARGEST = 500
TIMES = (
    (10, 15, 30), (11, 15, 45), (12, 0, 30), (12, 30, 30), (14, 30, 30), (15, 0, 30), (15, 30, 30),
    (16, 30, 30), (17, 0, 30),
)  # fmt: skip
DAYS = (16, 17, 18)
ROOMS = (("assembly", LARGEST), ("hall", 200), ("room c", 80), ("room d", 100))
SESSIONS, LONG, AWAY, APART = 69, 8, 12, 6
CONVENINGS = ((12, 3, 4, 84, 4), (24, 6, 4, 84, 8), (20, 4, 5, 200, 6), (40, 8, 5, 300, 10))
"""Sessions, slots, rooms, people, choices of each."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Cost and seconds of an agenda; moves and seconds of its repair."""

    cost: int
    seconds: float
    moved: int
    mending: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching_agenda", description=__doc__)
    parser.add_argument("--peer", help="Python of an environment that has conference-scheduler")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "scipy"))
    print(f"Python {platform.python_version()}, {versions}; peer conference-scheduler {PEER}.\n")
    print("\n".join(lines(parser.parse_args().peer)))


def lines(peer: str | None = None) -> list[str]:
    """Return the tables, line by line: medians over seeds."""
    agenda(convening(4, 2, 2, 8, 2, 1))  # loads the solver
    found = [
        "| 69 sessions, 27 slots x 4 rooms | ours: cost | s | peer: cost | s | moved by ours | s "
        "| moved by the peer | s |\n|---|---|---|---|---|---|---|---|---|"
    ]
    for seed in SEEDS:
        problem = conference(seed)
        mine, job = measured(problem, seed)
        theirs = asked(peer, job) if peer else None
        found.append(
            f"| seed {seed} | {mine.cost} | {mine.seconds:.2f} "
            + (f"| {theirs.cost} | {theirs.seconds:.2f} " if theirs else "| | ")
            + f"| {mine.moved} | {mine.mending:.2f} "
            + (f"| {theirs.moved} | {theirs.mending:.2f} |" if theirs else "| | |")
        )
    return [*found, "", *convenings()]


def conference(seed: int) -> Agenda:
    """Make a conference: who expects how many, who is away on a day, what is never at once.

    Everybody is expected ``LARGEST`` more than they are, so that empty seats count as the peer
    counts them.
    """
    chance = random.Random(seed)
    slots = tuple(
        Slot(f"{day} {hour}:{minute:02}", datetime(2016, 9, day, hour, minute, tzinfo=UTC), minutes)
        for day in DAYS
        for hour, minute, minutes in TIMES
    )
    long = set(chance.sample(range(SESSIONS), LONG))
    sessions = tuple(
        Session(
            f"talk {n}", 45 if n in long else 30, frozenset({f"speaker {n}"}),
            expected=chance.randint(20, 300) + LARGEST,
        )
        for n in range(SESSIONS)
    )  # fmt: skip
    away = [(n, chance.choice(DAYS)) for n in chance.sample(range(SESSIONS), AWAY)]
    speakers = tuple(Speaker(f"speaker {n}", on_day(slots, day)) for n, day in away)
    apart = tuple(
        NeverAtOnce(
            f"audience {n}", frozenset(f"talk {k}" for k in chance.sample(range(SESSIONS), 3))
        )
        for n in range(APART)
    )
    rooms = tuple(Room(key, seats) for key, seats in ROOMS)
    return Agenda(slots, rooms, sessions, speakers, apart)


def on_day(slots: Sequence[Slot], day: int) -> frozenset[str]:
    """Return the slots of one day."""
    return frozenset(one.key for one in slots if one.starts_at.day == day)


def measured(problem: Agenda, seed: int) -> tuple[Measured, dict[str, Any]]:
    """Make an agenda, then repair it; return what the peer is to be asked, too."""
    begun = time.perf_counter()
    plan = agenda(problem)
    seconds = time.perf_counter() - begun
    listed = {one.key for one in problem.speakers}
    free = [one for one in plan.places if one.session.replace("talk", "speaker") not in listed]
    lost = random.Random(seed).choice(free)
    day = next(one.starts_at.day for one in problem.slots if one.key == lost.slot)
    gone = Speaker(lost.session.replace("talk", "speaker"), on_day(problem.slots, day))
    now = replace(problem, speakers=(*problem.speakers, gone))
    begun = time.perf_counter()
    mended = repair_agenda(now, plan.places)
    mending = time.perf_counter() - begun
    cost = -plan.regret.value - LARGEST * SESSIONS
    moved = len(mended.forced) + len(mended.moved)
    return Measured(cost, seconds, moved, mending), job_of(problem, plan, lost.session, day)


def job_of(problem: Agenda, plan: AgendaPlan, session: str, day: int) -> dict[str, Any]:
    """Write an agenda down for the peer: its slots are ours times rooms."""
    spots = [(slot, room) for slot in problem.slots for room in problem.rooms]
    row = {one.key: number for number, one in enumerate(problem.sessions)}
    column = {(slot.key, room.key): number for number, (slot, room) in enumerate(spots)}
    away = {one.key: one.away for one in problem.speakers}

    def shut(one: Session) -> list[int]:
        [speaker] = one.speakers
        return [n for n, (slot, _room) in enumerate(spots) if slot.key in away.get(speaker, ())]

    return {
        "slots": [
            {"room": room.key, "at": f"{slot.starts_at:%Y-%m-%dT%H:%M}", "minutes": slot.minutes, "seats": room.seats}
            for slot, room in spots
        ],
        "sessions": [
            {"key": one.key, "minutes": one.minutes, "demand": (one.expected or 0) - LARGEST, "away": shut(one)}
            for one in problem.sessions
        ],
        "apart": [
            [row[one], row[other]]
            for apart in problem.never_at_once
            for one, other in combinations(sorted(apart.sessions), 2)
        ],
        "old": [[row[one.session], column[one.slot, one.room]] for one in plan.places],
        "lost": {
            "session": row[session],
            "slots": [n for n, (slot, _room) in enumerate(spots) if slot.starts_at.day == day],
        },
    }  # fmt: skip


def asked(peer: str, job: dict[str, Any]) -> Measured:
    """Ask the peer, in a process of its own."""
    command = [peer, "-m", "benchmarks.matching_agenda_peer"]
    done = subprocess.run(
        command, input=json.dumps(job), capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout.splitlines()[-1])
    if said["version"] != PEER:
        raise SystemExit(f"conference-scheduler {said['version']}: {PEER} was meant")
    return Measured(said["cost"], said["seconds"], said["moved"], said["mending"])


def convenings() -> list[str]:
    """Return what becomes of people's choices at convenings of several sizes."""
    found = [
        "| sessions | slots x rooms | people x choices | regret | none less than | choices met "
        "| first choices met | s |\n|---|---|---|---|---|---|---|---|"
    ]
    for sessions, slots, rooms, people, choices in CONVENINGS:
        runs = []
        for seed in SEEDS:
            problem = convening(sessions, slots, rooms, people, choices, seed)
            begun = time.perf_counter()
            plan = agenda(problem)
            runs.append((time.perf_counter() - begun, plan, problem))
        _seconds, plan, problem = runs[0]
        met = len(plan.seats) / (people * choices)
        sits = {(seat.attendee, seat.session) for seat in plan.seats}
        first = sum((one.key, one.choices[0]) in sits for one in problem.attendees) / people
        seconds = statistics.median(one[0] for one in runs)
        found.append(
            f"| {sessions} | {slots} x {rooms} | {people} x {choices} | {-plan.regret.value} "
            f"| {-plan.regret.bound} | {met:.0%} | {first:.0%} | {seconds:.2f} |"
        )
    return found


def convening(
    sessions: int, slots: int, rooms: int, people: int, choices: int, seed: int
) -> Agenda:
    """Make a convening: some sessions are wanted by many, and seats are a little too few."""
    chance = random.Random(seed)
    hours = tuple(
        Slot(f"slot {n}", datetime(2026, 10, 1 + n // 4, 9 + 2 * (n % 4), tzinfo=UTC), 75)
        for n in range(slots)
    )
    every = tuple(Session(f"session {n}", 75) for n in range(sessions))
    near = people // rooms
    houses = tuple(Room(f"room {n}", near + 6 * (n - rooms // 2) + 3) for n in range(rooms))
    appeal = [chance.gammavariate(1.5, 1) for _one in every]
    who = tuple(
        Attendee(f"person {n}", tuple(wishes(chance, every, appeal, choices)))
        for n in range(people)
    )
    return Agenda(hours, houses, every, attendees=who)


def wishes(
    chance: random.Random, every: Sequence[Session], appeal: Sequence[float], many: int
) -> list[str]:
    """Draw different sessions, those with more appeal first and more often."""
    keys = {
        one.key: chance.expovariate(1) / weight for one, weight in zip(every, appeal, strict=True)
    }
    return sorted(keys, key=keys.__getitem__)[:many]


if __name__ == "__main__":
    main()
