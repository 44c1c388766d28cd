"""People as rows of arrays, so that thousands of swaps are priced at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from throughline.engines.matching.rounds import Grouping, Round, sizes_of, units

Ints = NDArray[np.int64]
Grid = NDArray[np.bool_]
Sizes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those who are seated: people, or whole teams where team-mates sit together.

    ``hard`` and ``soft`` tell who must not sit together, come what may or if it can be; ``alike``
    how many pairs of one role two would make; ``met`` how often they met; ``weight`` how many
    pairs of people meet when they do. ``minors``, ``adults`` and ``here`` are rounds by people; ``rounds`` are the places in
    the problem of those that are not fixed. The last ``spares`` rows are nobody: they fill groups
    that are one smaller than others, so that whoever swaps with them moves.
    """

    members: tuple[tuple[int, ...], ...]
    hard: Grid
    soft: Grid
    alike: Ints
    met: Ints
    weight: Ints
    minors: Ints
    adults: Ints
    least_minors: int
    here: Grid
    rounds: tuple[int, ...]
    sizes: tuple[Sizes, ...]
    spares: int = 0

    @property
    def width(self) -> int:
        """The most groups of any round."""
        return max((len(one) for one in self.sizes), default=0)


def crowd_of(problem: Grouping, sizes: Mapping[int, Sizes] | None = None) -> Crowd:
    """Index a problem; ``sizes`` replaces those of some rounds."""
    place = {one.key: number for number, one in enumerate(problem.people)}
    members = tuple(tuple(place[key] for key in unit) for unit in units(problem, Round("")))
    free = tuple(number for number, one in enumerate(problem.rounds) if not one.fixed)
    present = np.ones((len(free), len(place)), dtype=np.int64)
    for row, number in enumerate(free):
        present[row, [place[key] for key in sorted(problem.rounds[number].absent)]] = 0
    bunch = np.zeros((len(members), len(place)), dtype=np.int64)
    for row, unit in enumerate(members):
        bunch[row, list(unit)] = 1
    minor = np.array([one.minor for one in problem.people], dtype=np.int64)
    sizes = sizes or {}
    return Crowd(
        members,
        _between(bunch, _named(place, ((one.one, one.other) for one in problem.apart))) > 0,
        _between(bunch, _clashing(problem)) > 0,
        _between(bunch, _equal([one.role for one in problem.people]) * int(problem.mix_roles)),
        _most(_meetings(problem, place), members),
        _between(bunch, np.ones((len(place), len(place)), dtype=np.int64)),
        (present * minor) @ bunch.T,
        (present * (1 - minor)) @ bunch.T,
        problem.least_minors,
        present @ bunch.T > 0,
        free,
        tuple(sizes.get(one) or sizes_of(problem, problem.rounds[one]) for one in free),
    )


def with_spares(crowd: Crowd) -> Crowd:
    """Add nobody as often as groups are one smaller than others in any round."""
    spares = max((len(_smaller(sizes)) for sizes in crowd.sizes), default=0)
    if not spares or crowd.spares:
        return crowd
    people = len(crowd.members)
    hard = _padded(crowd.hard, spares)
    hard[people:, people:] = ~np.eye(spares, dtype=bool)
    return replace(
        crowd,
        members=(*crowd.members, *((),) * spares),
        hard=hard,
        soft=_padded(crowd.soft, spares),
        alike=_padded(crowd.alike, spares),
        met=_padded(crowd.met, spares),
        weight=_padded(crowd.weight, spares),
        minors=_padded(crowd.minors, spares, 0),
        adults=_padded(crowd.adults, spares, 0),
        here=_padded(crowd.here, spares, 0),
        spares=spares,
    )


def _padded(array: NDArray[Any], more: int, rows: int | None = None) -> NDArray[Any]:
    return np.pad(array, ((0, more if rows is None else rows), (0, more)))


def _smaller(sizes: Sizes) -> list[int]:
    """Return the places of groups that are one smaller than the others; none if some are more."""
    sat = [size for size in sizes if size]
    if not sat or max(sat) - min(sat) != 1:
        return []
    return [group for group, size in enumerate(sizes) if size == min(sat)]


def seat_spares(crowd: Crowd, seat: Ints) -> Ints:
    """Seat nobody in the groups that are one smaller than others."""
    people = len(crowd.members) - crowd.spares
    seated = np.full(crowd.here.shape, crowd.width, dtype=np.int64)
    seated[:, :people] = seat[:, :people]
    for row in range(len(crowd.sizes)):
        counts = np.bincount(seated[row, crowd.here[row]], minlength=crowd.width)
        small = _smaller(tuple(int(count) for count in counts[: crowd.width]))[: crowd.spares]
        seated[row, people : people + len(small)] = small
    return seated


def _between(bunch: Ints, pairs: Ints) -> Ints:
    """Add up over the people of two bunches; nobody is two."""
    added: Ints = bunch @ pairs @ bunch.T
    np.fill_diagonal(added, 0)
    return added


def _named(place: Mapping[str, int], pairs: Iterable[tuple[str, str]]) -> Ints:
    found = np.zeros((len(place), len(place)), dtype=np.int64)
    for one, other in pairs:
        found[place[one], place[other]] = found[place[other], place[one]] = 1
    return found


def _equal(names: Sequence[str]) -> Ints:
    codes = {name: number for number, name in enumerate(dict.fromkeys(names))}
    code = np.array([codes[name] for name in names], dtype=np.int64)
    named = np.array([bool(name) for name in names], dtype=bool)
    same: Ints = ((code[:, None] == code) & named[:, None]).astype(np.int64)
    return same


def _clashing(problem: Grouping) -> Ints:
    names = sorted(frozenset[str]().union(*(one.dilemmas for one in problem.people)))
    has = np.array(
        [[name in one.dilemmas for name in names] for one in problem.people], dtype=np.int64
    ).reshape(len(problem.people), len(names))
    clashing = has @ has.T
    if problem.mates == "apart":
        clashing += _equal([one.team for one in problem.people])
    return clashing


def _meetings(problem: Grouping, place: Mapping[str, int]) -> Ints:
    """Count how often people sat together in earlier groups and fixed rounds."""
    known = dict(place)
    for person in problem.people:
        known.update(dict.fromkeys(person.formerly, place[person.key]))
    met = np.zeros((len(place), len(place)), dtype=np.int64)
    fixed = [group for one in problem.rounds for group in one.fixed]
    for group in (*problem.earlier, *fixed):
        sat = sorted({known[key] for key in group if key in known})
        met[np.ix_(sat, sat)] += 1
    np.fill_diagonal(met, 0)
    return met


def _most(met: Ints, members: Sequence[Sequence[int]]) -> Ints:
    """How often two bunches met: as often as the two of them who met most."""
    if all(len(unit) == 1 for unit in members):
        return met
    found = np.array([[met[np.ix_(one, two)].max() for two in members] for one in members])
    np.fill_diagonal(found, 0)
    return found.astype(np.int64)
