"""Name sessions and rules of an agenda that cannot hold together, none of which can be spared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from throughline.engines.matching.agendas import Agenda, NeverAtOnce, Speaker
from throughline.engines.matching.problems import Conflict, Ease
from throughline.engines.matching.serving import smallest

NODES = 2_000
LEFT_OUT = "session"
"""What gives way where a session is left out."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A session or rule that could be given up: its kind, its place in the problem, its key."""

    kind: str
    place: int
    key: str = ""


def conflicts_agenda(problem: Agenda) -> Conflict | None:
    """Return sessions and rules that cannot hold together; nothing if all sessions can be placed.

    The fix leaves out as few sessions as can be, whatever else clashes.

    Notes
    -----
    A deletion filter: leave out half, a quarter, at last one; what still fails without it did not
    need it. Every step asks the solver again, so the set is proven, and so is that it is smallest.
    """
    conflict = None if _can(problem) else conflict_of(problem)
    return None if conflict is None else replace(conflict, fix=_fewest_left_out(problem))


def _fewest_left_out(problem: Agenda) -> tuple[Ease, ...]:
    from throughline.engines.matching.agenda_grid import floor_of  # noqa: PLC0415 - slow import
    from throughline.engines.matching.agenda_program import (  # noqa: PLC0415 - slow import
        assign_spots,
    )

    found = assign_spots(floor_of(problem), {"node_limit": NODES}, partial=True)
    spots = () if found is None else found.of.tolist()
    named = zip(problem.sessions, spots, strict=False)
    return tuple(Ease(session.key, LEFT_OUT, 1) for session, spot in named if spot < 0)


def conflict_of(problem: Agenda) -> Conflict | None:
    """Return what cannot hold together in an agenda that cannot be; nothing if it can."""
    parts = list(parts_of(problem))

    def fails(some: list[int]) -> bool:
        return not _can(only(problem, {parts[one] for one in some}))

    everything = list(range(len(parts)))
    if not fails(everything):
        return None
    core = [parts[one] for one in smallest(everything, fails)]
    sessions = [name_of(problem, one) for one in core if one.kind == "session"]
    rules = [name_of(problem, one) for one in core if one.kind != "session"]
    spots = _spots(only(problem, set(core)))
    because = f": {'; '.join(rules)}" if rules else ""
    return Conflict(
        (*sessions, *rules),
        f"{', '.join(sessions)}: {len(sessions)} to place, {spots} {'spot' if spots == 1 else 'spots'} "
        f"that one of them could have{because}",
    )


def _can(problem: Agenda) -> bool:
    from throughline.engines.matching.agenda_grid import floor_of  # noqa: PLC0415 - slow import
    from throughline.engines.matching.agenda_program import (  # noqa: PLC0415 - slow import
        assign_spots,
    )

    return assign_spots(floor_of(problem), {"node_limit": NODES}) is not None


def _spots(problem: Agenda) -> int:
    """Count the spots that at least one session could have alone."""
    from throughline.engines.matching.agenda_grid import floor_of  # noqa: PLC0415 - slow import

    return int(floor_of(problem).may.any(axis=0).sum())


def parts_of(problem: Agenda) -> Iterator[Part]:
    """Yield everything that could be given up: sessions first, so that few of them are left."""
    yield from (Part("session", place) for place in range(len(problem.sessions)))
    speakers = sorted(frozenset[str]().union(*(one.speakers for one in problem.sessions)))
    yield from (Part("once", 0, key) for key in speakers)
    yield from (Part("away", place) for place in range(len(problem.speakers)))
    yield from (Part("apart", place) for place in range(len(problem.never_at_once)))
    yield from (Part("pinned", place) for place in range(len(problem.pinned)))
    yield from (Part("barred", place) for place in range(len(problem.barred)))
    for place, one in enumerate(problem.sessions):
        yield from (Part("needs", place, need) for need in sorted(one.needs))
    yield from (Part("closed", place) for place in range(len(problem.rooms)))


def name_of(problem: Agenda, part: Part) -> str:
    """Say in words what could be given up."""
    place, key = part.place, part.key
    if part.kind in ("pinned", "barred"):
        spot = (problem.pinned if part.kind == "pinned" else problem.barred)[place]
        to = "pinned to" if part.kind == "pinned" else "barred from"
        return f"{spot.session} is {to} {' '.join(filter(None, (spot.slot, spot.room)))}"
    names: dict[str, Callable[[], str]] = {
        "session": lambda: problem.sessions[place].key,
        "once": lambda: f"{key} speaks once at a time",
        "away": lambda: (
            f"{problem.speakers[place].key} is away in {_list(problem.speakers[place].away)}"
        ),
        "apart": lambda: f"never at once: {problem.never_at_once[place].key}",
        "needs": lambda: f"{problem.sessions[place].key} needs {key}",
        "closed": lambda: (
            f"{problem.rooms[place].key} is closed in {_list(problem.rooms[place].closed)}"
        ),
    }
    return names[part.kind]()


def _list(keys: frozenset[str]) -> str:
    return ", ".join(sorted(keys))


def only(problem: Agenda, kept: set[Part]) -> Agenda:
    """Return an agenda with only these sessions and rules; nobody wants anything."""
    sessions, names = [], dict[str, set[str]]()
    for place, one in enumerate(problem.sessions):
        if Part("session", place) not in kept:
            continue
        called = {
            key: key if Part("once", 0, key) in kept else f"{key} at {one.key}"
            for key in sorted(one.speakers)
        }
        for key, name in called.items():
            names.setdefault(key, set()).add(name)
        needs = frozenset(need for need in one.needs if Part("needs", place, need) in kept)
        sessions.append(replace(one, speakers=frozenset(called.values()), needs=needs))
    here = {one.key for one in sessions}
    return Agenda(
        problem.slots,
        tuple(
            room if Part("closed", place) in kept else replace(room, closed=frozenset())
            for place, room in enumerate(problem.rooms)
        ),
        tuple(sessions),
        tuple(
            Speaker(name, one.away)
            for place, one in enumerate(problem.speakers)
            if Part("away", place) in kept
            for name in sorted(names.get(one.key, ()))
        ),
        tuple(
            NeverAtOnce(one.key, one.sessions & here)
            for place, one in enumerate(problem.never_at_once)
            if Part("apart", place) in kept
        ),
        (),
        tuple(
            one
            for place, one in enumerate(problem.pinned)
            if Part("pinned", place) in kept and one.session in here
        ),
        tuple(
            one
            for place, one in enumerate(problem.barred)
            if Part("barred", place) in kept and one.session in here
        ),
    )
