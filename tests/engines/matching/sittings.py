"""Small problems of people in groups, and every way to seat them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as some

from throughline.engines.matching.group_checking import (
    clashes,
    counted,
    safe,
)
from throughline.engines.matching.group_plans import plan_of
from throughline.engines.matching.rounds import (
    Apart,
    Grouping,
    Groups,
    Participant,
    Round,
    sizes_of,
    units,
)


def people(number: int, team: int = 0, role: int = 0) -> tuple[Participant, ...]:
    """Teams of so many, one after the other; roles in turn."""
    return tuple(
        Participant(f"p{n}", f"t{n // team}" if team else "", f"r{n % role}" if role else "")
        for n in range(number)
    )


def rounds(number: int, size: int = 0, sizes: tuple[int, ...] = ()) -> tuple[Round, ...]:
    """So many rounds of the same sizes."""
    return tuple(Round(f"round {n + 1}", size, sizes) for n in range(number))


@some.composite
def groupings(draw, mates: tuple[str, ...] = ("apart", "free", "together")):
    """At most six people in at most two rounds, with whatever can stand in the way."""
    number = draw(some.integers(2, 6))
    crowd = tuple(
        Participant(
            f"p{n}",
            draw(some.sampled_from(("", "s", "t"))),
            draw(some.sampled_from(("", "x", "y"))),
            draw(some.sampled_from((frozenset(), frozenset(), frozenset({"d"})))),
            draw(some.sampled_from((False, False, True))),
        )
        for n in range(number)
    )
    keys = [one.key for one in crowd]
    pairs = list(combinations(keys, 2))
    mate = draw(some.sampled_from(mates))
    away = some.sets(some.sampled_from(keys), max_size=0 if mate == "together" else 1)
    if mate == "together":
        team = {one.key: one.team for one in crowd}
        pairs = [(a, b) for a, b in pairs if not team[a] or team[a] != team[b]]
    several = tuple(
        Round(f"round {n}", draw(some.integers(2, 3)), (), frozenset(draw(away)))
        for n in range(draw(some.integers(1, 2)))
    )  # fmt: skip
    return Grouping(
        crowd, several, mate, draw(some.booleans()),
        draw(some.integers(1, 2)),
        tuple(Apart(*one) for one in draw(some.lists(some.sampled_from(pairs or [("p0", "p1")]), max_size=min(1, len(pairs))))),
        tuple(frozenset(one) for one in draw(some.lists(some.sampled_from(sorted(combinations(keys, 2))), max_size=2))),
    )  # fmt: skip


def splits(keys: list[tuple[str, ...]], sizes: tuple[int, ...]) -> Iterator[list[list[str]]]:
    """Every way to split bunches into groups of these sizes; groups of one size come in any order."""
    if not sizes:
        yield []
        return
    for some_ in combinations(keys, sizes[0]):
        rest = [one for one in keys if one not in some_]
        for others in splits(rest, sizes[1:]):
            yield [[key for unit in some_ for key in unit], *others]


def ways(problem: Grouping) -> Iterator[dict[int, Groups]]:
    """Every way to seat everybody in all rounds that keeps what is hard."""
    minors = {one.key for one in problem.people if one.minor}
    apart = [{one.one, one.other} for one in problem.apart]
    order = {one.key: place for place, one in enumerate(problem.people)}
    each = []
    for one in problem.rounds:
        bunches = [tuple(unit) for unit in units(problem, one)]
        found: dict[tuple[tuple[str, ...], ...], None] = {}
        for split in splits(bunches, sizes_of(problem, one)):
            groups = tuple(sorted(tuple(sorted(group, key=order.__getitem__)) for group in split))
            fine = all(
                safe(len(minors.intersection(group)), len(group), problem.least_minors)
                and not any(pair.issubset(group) for pair in apart)
                for group in groups
            )
            if fine:
                found[groups] = None
        each.append(list(found))
    for choice in product(*each):
        yield dict(enumerate(choice))


def worth(problem: Grouping, way: dict[int, Groups]) -> tuple[int, int, int, int]:
    """Clashes, repeats, the most meetings of two, pairs of one role."""
    plan = plan_of(problem, way)
    repeats, most, alike = counted(problem, plan)
    return len(list(clashes(problem, plan.rounds))), repeats, most, alike * problem.mix_roles
