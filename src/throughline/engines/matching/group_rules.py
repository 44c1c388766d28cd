"""Whether the rules of one round can hold at all, settled by a solver that tries everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from throughline.engines.matching.group_checking import safe
from throughline.engines.matching.rounds import MINORS, Grouping, Round, sizes_of, units
from throughline.engines.matching.solving import IMPOSSIBLE
from throughline.engines.matching.working import Exhausted

NODES = 20_000
"""Cases that the solver may try before it gives up."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One round to seat: bunches of people, sizes, and who each rule keeps apart."""

    bunches: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    kept_apart: Mapping[str, tuple[tuple[int, ...], ...]]
    minors: tuple[int, ...]
    least_minors: int

    @property
    def rules(self) -> tuple[str, ...]:
        """The keys of all rules that say anything about this round."""
        return (*self.kept_apart, *((MINORS,) if any(self.minors) else ()))


def sitting_of(problem: Grouping, one: Round, sizes: Sequence[int] = ()) -> Sitting:
    """Collect what a round is about; each rule as sets of whom it keeps apart."""
    bunches = tuple(tuple(unit) for unit in units(problem, one))
    place = _places(problem, bunches)
    apart: dict[str, dict[tuple[int, ...], None]] = {}
    named: dict[str, set[int]] = {}
    for person in problem.people:
        if person.key in place:
            if problem.mates == "apart" and person.team:
                named.setdefault(f"team:{person.team}", set()).add(place[person.key])
            for dilemma in sorted(person.dilemmas):
                named.setdefault(f"dilemma:{dilemma}", set()).add(place[person.key])
    for key, who in named.items():
        if len(who) > 1:
            apart[key] = {tuple(sorted(who)): None}
    for pair in problem.apart:
        both = {place.get(pair.one, -1), place.get(pair.other, -1)}
        if len(both) == 2 and -1 not in both:
            apart.setdefault(apart_key(pair.one, pair.other), {})[tuple(sorted(both))] = None
    minor = {person.key for person in problem.people if person.minor}
    return Sitting(
        bunches,
        tuple(sizes) or sizes_of(problem, one),
        {key: tuple(sets) for key, sets in apart.items()},
        tuple(sum(key in minor for key in unit) for unit in bunches),
        problem.least_minors,
    )


def _places(problem: Grouping, bunches: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the bunch of everybody; who is absent is spoken for by mates who sit together."""
    place = {key: number for number, unit in enumerate(bunches) for key in unit}
    if problem.mates == "together":
        teams = {one.team: place[one.key] for one in problem.people if one.key in place}
        for one in problem.people:
            if one.team in teams and one.team:
                place[one.key] = teams[one.team]
    return place


def apart_key(one: str, other: str) -> str:
    """Name the rule that these two never sit together."""
    return f"apart:{one}:{other}"


@dataclass(slots=True)
class _Rows:
    """Rows of a program over yes-or-no variables: where, how much, at least, at most."""

    columns: list[list[int]] = field(default_factory=list)
    numbers: list[list[int]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, row: Mapping[int, int], least: float, most: float) -> None:
        """Add one row."""
        self.columns.append(list(row))
        self.numbers.append(list(row.values()))
        self.least.append(least)
        self.most.append(most)


def can_hold(sitting: Sitting, rules: Collection[str]) -> tuple[int, ...] | None:
    """Return a group for every bunch so that these rules hold; nothing if there is none.

    Raises
    ------
    Exhausted
        Too many cases.
    """
    if not sitting.bunches:
        return ()
    if _too_many(sitting, rules):
        return None
    found = _solved(sitting, rules, {})
    return None if found is None else found[0]


def cheapest(sittings: Sequence[Sitting]) -> tuple[str, ...]:
    """Return the fewest rules without which all rounds can be seated.

    Settled round by round: each gives up no more than it must beside what others gave up.
    """
    given: dict[str, None] = {}
    for sitting in sittings:
        rules = [key for key in sitting.rules if key not in given]
        loose = {key: number for number, key in enumerate(rules)}
        found = _solved(sitting, rules, loose)
        if found is not None:
            given.update(dict.fromkeys(found[1]))
    return tuple(given)


def _too_many(sitting: Sitting, rules: Collection[str]) -> bool:
    """Whether more people than there are groups are all kept apart from one another (greedily)."""
    near: list[set[int]] = [set() for _one in sitting.bunches]
    for key in rules:
        for who in sitting.kept_apart.get(key, ()):
            for one in who:
                near[one].update(who)
    order = sorted(range(len(near)), key=lambda one: (-len(near[one]), one))
    for first in order[: len(sitting.sizes)]:
        clique, left = [first], near[first] - {first}
        while left:
            one = max(sorted(left), key=lambda each: len(near[each] & left))
            clique.append(one)
            left = (left & near[one]) - {one}
        if len(clique) > len(sitting.sizes):
            return True
    return False


def _solved(
    sitting: Sitting, rules: Collection[str], loose: Mapping[str, int]
) -> tuple[tuple[int, ...], tuple[str, ...]] | None:
    """Seat everybody so that rules hold, giving up as few of the ``loose`` ones as can be."""
    import numpy as np  # noqa: PLC0415 - slow import
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow import
    from scipy.sparse import coo_array  # noqa: PLC0415 - slow import

    people, groups = len(sitting.bunches), len(sitting.sizes)
    first_loose = people * groups + 2 * groups
    width = first_loose + len(loose)
    rows = _rows(sitting, rules, {key: first_loose + number for key, number in loose.items()})
    where = [number for number, each in enumerate(rows.columns) for _one in each]
    columns = [column for each in rows.columns for column in each]
    numbers = [float(number) for each in rows.numbers for number in each]
    matrix = coo_array((numbers, (where, columns)), shape=(len(rows.columns), width)).tocsr()
    goal = np.zeros(width)
    goal[first_loose:] = 1
    result = milp(
        goal,
        integrality=np.ones(width, dtype=np.int8),
        bounds=Bounds(np.zeros(width), np.ones(width)),
        constraints=LinearConstraint(matrix, rows.least, rows.most),
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    if result.status == IMPOSSIBLE:
        return None
    if result.status != 0 or result.x is None:
        raise Exhausted
    sits = result.x[: people * groups].reshape(people, groups).argmax(axis=1)
    given = tuple(key for key, number in loose.items() if result.x[first_loose + number] > 0.5)
    return tuple(int(one) for one in sits), given


def _rows(sitting: Sitting, rules: Collection[str], loose: Mapping[str, int]) -> _Rows:
    people, groups = len(sitting.bunches), len(sitting.sizes)
    rows = _Rows()
    for one in range(people):
        rows.add({one * groups + group: 1 for group in range(groups)}, 1, 1)
    for group, size in enumerate(sitting.sizes):
        rows.add({one * groups + group: 1 for one in range(people)}, size, size)
    sets = [(key, who) for key in rules for who in sitting.kept_apart.get(key, ())]
    for key, who in sets:
        for group in range(groups):
            row = {one * groups + group: 1 for one in who}
            if key in loose:
                row[loose[key]] = 1 - len(who)
            rows.add(row, -len(who), 1)
    for group, size in enumerate(sitting.sizes if MINORS in rules else ()):
        for row in _of_minors(sitting, group, size):
            if MINORS in loose:
                row[loose[MINORS]] = sitting.least_minors + people
            rows.add(row, 0, float("inf"))
    return rows


def _of_minors(sitting: Sitting, group: int, size: int) -> Iterator[dict[int, int]]:
    """Rows that are at least 0: any minor, then enough of them, and a second one or two adults."""
    groups = len(sitting.sizes)
    minors = dict(enumerate(sitting.minors))
    column = {one: one * groups + group for one in minors}
    counts = {column[one]: count for one, count in minors.items() if count}
    adults = {
        column[one]: len(sitting.bunches[one]) - count
        for one, count in minors.items()
        if len(sitting.bunches[one]) > count
    }
    some = len(minors) * groups + group
    second = some + groups
    if size == 1:
        for one, count in minors.items():
            if not safe(count, len(sitting.bunches[one]), sitting.least_minors):
                yield {column[one]: -1}
        return
    for one, count in minors.items():
        if count:
            yield {some: 1, column[one]: -1}
    yield {**counts, some: -sitting.least_minors}
    yield {**counts, some: -1, second: -1}
    yield {**adults, some: -2, second: 2}
