"""What is asked when people sit in small groups, round after round, and what comes back.

Two *meet* when they sit in one group of one round. A *repeat* is every meeting of two after their
first, earlier groups included. Rules are never traded against repeats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from throughline.engines.matching.problems import Certificate, InvalidProblem
from throughline.engines.matching.working import Made

Mates = Literal["apart", "together", "free"]
Groups: TypeAlias = tuple[tuple[str, ...], ...]
Complaint: TypeAlias = tuple[str, object, str]

MINORS = "minors"
"""Names the rule that no minor is alone with one adult, where rules are listed."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who sits in groups.

    Two who share a dilemma do not sit together. ``formerly`` holds other keys under which earlier
    groups may name the same person.
    """

    key: str
    team: str = ""
    role: str = ""
    dilemmas: frozenset[str] = frozenset()
    minor: bool = False
    formerly: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Apart:
    """These two never sit together, for a reason that a person can read."""

    one: str
    other: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One time that everybody sits down.

    Groups have the given ``sizes``, or else differ by at most one and come as near to ``size`` as
    they can. ``fixed`` groups stay as they are, are held to no rule, and say who was there.
    """

    key: str
    size: int = 0
    sizes: tuple[int, ...] = ()
    absent: frozenset[str] = frozenset()
    fixed: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Seat people in the groups of every round.

    ``mates`` says whether those of one team sit apart, together, or as it comes; together, sizes
    count teams, and a team keeps apart from whoever one of its people must not meet. ``mix_roles`` spreads every role over the groups. A group with a minor has at least
    ``least_minors`` of them, and is never one minor with one adult. ``earlier`` holds groups that
    sat together before, whoever has left among them.

    Raises
    ------
    InvalidProblem
        Keys repeat or are unknown, or sizes do not add up to those who are there.
    """

    people: tuple[Participant, ...]
    rounds: tuple[Round, ...]
    mates: Mates = "apart"
    mix_roles: bool = False
    least_minors: int = 1
    apart: tuple[Apart, ...] = ()
    earlier: tuple[frozenset[str], ...] = ()

    def __post_init__(self) -> None:
        for path, got, expected in self._complaints():
            raise InvalidProblem(path, got, expected)

    def _complaints(self) -> Iterator[Complaint]:
        yield from used_twice("people", [one.key for one in self.people])
        yield from used_twice("rounds", [one.key for one in self.rounds])
        known = {one.key: one.team for one in self.people}
        if self.least_minors < 1:
            yield "least_minors", self.least_minors, "1 or more"
        for place, pair in enumerate(self.apart):
            for name, key in (("one", pair.one), ("other", pair.other)):
                if key not in known:
                    yield f"apart.{place}.{name}", key, "a key of people"
            if pair.one == pair.other:
                yield f"apart.{place}.other", pair.other, "somebody else"
            team = known.get(pair.one)
            if self.mates == "together" and team and team == known.get(pair.other):
                yield f"apart.{place}.other", pair.other, "somebody of another team"
        used = set(known)
        for place, one in enumerate(self.people):
            if taken := sorted(one.formerly & used):
                yield f"people.{place}.formerly", taken[0], "a key of nobody else"
            used |= one.formerly
        for place, each in enumerate(self.rounds):
            yield from self._of_round(f"rounds.{place}", each, set(known))

    def _of_round(self, path: str, one: Round, known: set[str]) -> Iterator[Complaint]:
        if strange := sorted(one.absent - known):
            yield f"{path}.absent", strange[0], "a key of people"
        if one.fixed:
            seated = [key for group in one.fixed for key in sorted(group)]
            if strange := [key for key in seated if key not in known]:
                yield f"{path}.fixed", strange[0], "a key of people"
            if twice := [key for key in seated if seated.count(key) > 1]:
                yield f"{path}.fixed", twice[0], "somebody who sits in one group"
            return
        if bool(one.sizes) == bool(one.size):
            yield f"{path}.size", one.size, "either a size or sizes"
        if min((one.size, *one.sizes)) < 0 or 0 in one.sizes:
            yield f"{path}.sizes", one.sizes or one.size, "1 or more"
        there = len(units(self, one))
        if one.sizes and sum(one.sizes) != there:
            yield f"{path}.sizes", sum(one.sizes), f"sizes that add up to {there}"


def used_twice(name: str, keys: Sequence[str]) -> Iterator[Complaint]:
    """Complain of every key that was there before."""
    known: set[str] = set()
    for place, key in enumerate(keys):
        if key in known:
            yield f"{name}.{place}.key", key, "a key that is used once"
        known.add(key)


def units(problem: Grouping, one: Round) -> list[list[str]]:
    """Return those who are there in a round, in bunches that sit together whatever happens."""
    found: dict[tuple[str, str], list[str]] = {}
    for person in problem.people:
        if person.key not in one.absent:
            whole = problem.mates == "together" and person.team
            found.setdefault(("team", person.team) if whole else ("", person.key), []).append(
                person.key
            )
    return list(found.values())


def fair_sizes(there: int, groups: int) -> tuple[int, ...]:
    """Return sizes that differ by at most one, the larger first.

    Examples
    --------
    >>> fair_sizes(11, 3)
    (4, 4, 3)
    """
    small, more = divmod(there, groups)
    return (small + 1,) * more + (small,) * (groups - more)


def sizes_of(problem: Grouping, one: Round) -> tuple[int, ...]:
    """Return the sizes of a round: those given, or as near to the wanted size as can be.

    Of two numbers of groups that come as near, the one with the larger groups.
    """
    there = len(units(problem, one))
    if one.sizes or not there:
        return one.sizes
    off = {
        groups: sum(abs(size - one.size) for size in fair_sizes(there, groups))
        for groups in numbers_of_groups(there, one.size)
    }
    return fair_sizes(there, min(off, key=lambda groups: (off[groups], groups)))


def numbers_of_groups(there: int, size: int) -> list[int]:
    """Return the numbers of groups whose sizes are at most one off; the nearest if there is none."""
    near = [
        groups
        for groups in range(1, there + 1)
        if there // groups >= size - 1 and -(-there // groups) <= size + 1
    ]
    return near or [max(1, round(there / size))]


@dataclass(frozen=True, slots=True)
class Seating:
    """The groups of one round, each in the order of the problem."""

    key: str
    groups: Groups


@dataclass(frozen=True, slots=True)
class Clash:
    """These two sit together though a rule would keep them apart."""

    round: str
    one: str
    other: str
    rule: str


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Who sits with whom, round after round.

    ``repeats`` counts meetings after the first that this plan adds, and the fewest that any plan
    with as many clashes can have; ``same_role`` pairs of one role in one group, if roles are to be
    mixed. Both are better when lower. ``most_meets`` is how often the two met who met most, earlier groups included.
    """

    rounds: tuple[Seating, ...]
    repeats: Certificate
    same_role: Certificate | None
    most_meets: int
    unmet: tuple[Clash, ...] = ()
    made: Made | None = None
