"""Prove an agenda best by choosing which sets of sessions are at once. Imported where it runs.

Each slot gets a set of sessions; what a set costs, in the best rooms, is known before. So who
regrets what is counted exactly even in the linear relaxation, which therefore is close: a set
partitioning, as for crews of airlines (Balas & Padberg, 1976).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from math import comb, perm
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack

from throughline.engines.matching.agenda_grid import Floor, Ints
from throughline.engines.matching.agenda_program import IMPOSSIBLE, NEARLY, rounded_up
from throughline.engines.matching.agenda_search import SHUT

MOST_SETS = 60_000
"""Sets, over all kinds of slots, up to which they are written out."""
MOST_SEATINGS = 8_000_000
"""Sets times ways to put each into rooms."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Spots that cost least, and what none can cost less than."""

    spots: Ints
    bound: int


@dataclass(frozen=True, slots=True)
class Sets:
    """Every set that can be at once, for one kind of slot."""

    slots: Ints
    members: csr_array
    cost: Ints
    rooms: list[Ints]
    """The room of each member, set by set."""


def prove(floor: Floor, spots: Ints, options: dict[str, float]) -> Proof | None:
    """Return the best spots, given good ones; nothing if there are too many sets.

    The relaxation's prices leave out every set that no better agenda can have: one whose price is
    above what the known agenda costs more than the relaxation.
    """
    if not _is_small(floor):
        return None
    kinds = [_sets_of(floor, slots) for slots in _kinds(floor)]
    members = hstack([one.members for one in kinds], format="csr")
    cost = np.concatenate([one.cost for one in kinds])
    kind = np.repeat(np.arange(len(kinds)), [len(one.cost) for one in kinds])
    many = np.array([len(one.slots) for one in kinds])
    each = csr_array((np.ones(len(kind)), (kind, np.arange(len(kind)))))
    known = floor.worth(spots)
    ones = np.ones(len(spots))
    relaxed = linprog(  # type: ignore[call-overload]  # sparse tables are taken, its stubs say not
        cost, A_eq=members, b_eq=ones, A_ub=each, b_ub=many, bounds=(0, None), method="highs"
    )
    if relaxed.x is None:
        return None
    bound = rounded_up(relaxed.fun)
    if bound >= known:
        return Proof(spots, known)
    prices = cost - members.T @ relaxed.eqlin.marginals - each.T @ relaxed.ineqlin.marginals
    left = np.flatnonzero(prices <= known - 1 - relaxed.fun + NEARLY * max(1, known))
    solver: Any = {"mip_rel_gap": 0, **options}
    result = milp(
        cost[left].astype(float),
        integrality=np.ones(len(left), dtype=np.int8),
        bounds=Bounds(0, many[kind[left]]),
        constraints=[
            LinearConstraint(members[:, left], ones, ones),
            LinearConstraint(each[:, left], 0, many),
        ],
        options=solver,
    )
    if result.x is None:
        return Proof(spots, known if result.status == IMPOSSIBLE else bound)
    chosen = left[np.repeat(np.arange(len(left)), np.rint(result.x).astype(np.int64))]
    found = _spots_of(floor, kinds, kind, chosen)
    dual = bound if result.mip_dual_bound is None else rounded_up(result.mip_dual_bound)
    better = found if floor.worth(found) < known else spots
    return Proof(better, min(max(bound, min(dual, known)), floor.worth(better)))


def _is_small(floor: Floor) -> bool:
    """Whether no slots overlap, and all sets can be written out."""
    if (floor.once.sum(axis=1) > 1).any():
        return False
    rooms, kinds = len(np.unique(floor.room)), len(_kinds(floor))
    sizes = _sizes(floor, rooms)
    sets = sum(comb(len(floor.cost), size) for size in sizes)
    ways = sum(comb(len(floor.cost), size) * perm(rooms, size) for size in sizes)
    return sets * kinds <= MOST_SETS and ways * kinds <= MOST_SEATINGS


def _sizes(floor: Floor, rooms: int) -> range:
    """How many sessions can be at once: so many that the other slots have room for the rest."""
    many, slots = len(floor.cost), len(floor.once)
    return range(max(0, many - (slots - 1) * rooms), min(rooms, many) + 1)


def _kinds(floor: Floor) -> list[Ints]:
    """Return slots that are alike for every session and room, together."""
    found: dict[bytes, list[int]] = {}
    for slot in range(len(floor.once)):
        here = floor.slot == slot
        alike = np.where(floor.may[:, here], floor.cost[:, here], SHUT).tobytes()
        found.setdefault(alike, []).append(slot)
    return [np.array(slots) for slots in found.values()]


def _sets_of(floor: Floor, slots: Ints) -> Sets:
    """Write out all sets that can be in these slots, each in its best rooms."""
    here = np.flatnonzero(floor.slot == slots[0])
    cell = np.where(floor.may[:, here], floor.cost[:, here], SHUT)
    members, costs, rooms = [], [], []
    for some in _combinations(len(floor.cost), _sizes(floor, len(here))):
        apart = np.zeros(len(some), dtype=np.bool_)
        regret = np.zeros(len(some), dtype=np.int64)
        for one, other in combinations(range(some.shape[1]), 2):
            apart |= floor.apart[some[:, one], some[:, other]]
            regret += floor.regret[some[:, one], some[:, other]]
        seated, way = _best_rooms(cell, some)
        fits = np.flatnonzero(~apart & (seated < SHUT))
        members += [some[place] for place in fits]
        costs.append((seated + regret)[fits])
        rooms += [way[place] for place in fits]
    cost = np.concatenate(costs) if costs else np.zeros(0, dtype=np.int64)
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *members])
    columns = np.repeat(np.arange(len(members)), [len(one) for one in members])
    shape = (len(floor.cost), len(members))
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    return Sets(slots, matrix, cost, rooms)


def _combinations(many: int, sizes: range) -> Iterator[Ints]:
    for size in sizes:
        some = np.fromiter(
            (one for group in combinations(range(many), size) for one in group), dtype=np.int64
        )
        yield some.reshape(comb(many, size), size)


def _best_rooms(cell: Ints, some: Ints) -> tuple[Ints, Ints]:
    """Return the least cost of each set over all ways to put it into rooms, and that way."""
    size, rooms = some.shape[1], cell.shape[1]
    least = np.full(len(some), SHUT * (size + 1), dtype=np.int64)
    way = np.zeros((len(some), size), dtype=np.int64)
    for order in permutations(range(rooms), size):
        cost = np.zeros(len(some), dtype=np.int64)
        for one, room in enumerate(order):
            cost += cell[some[:, one], room]
        better = cost < least
        least[better] = cost[better]
        way[better] = order
    return least, way


def _spots_of(floor: Floor, kinds: list[Sets], kind: Ints, chosen: Ints) -> Ints:
    """Put the chosen sets into slots of their kinds, in order."""
    firsts = np.concatenate([[0], np.cumsum([len(one.cost) for one in kinds])])
    spots = np.full(len(floor.cost), -1, dtype=np.int64)
    used = [0] * len(kinds)
    for column in chosen:
        number = int(kind[column])
        sets = kinds[number]
        place = int(column - firsts[number])
        slot = sets.slots[used[number]]
        used[number] += 1
        here = np.flatnonzero(floor.slot == slot)
        rows = sets.members[:, [place]].nonzero()[0]
        spots[np.sort(rows)] = here[sets.rooms[place]]
    return spots
