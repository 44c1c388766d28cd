"""What is asked of a choice, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from throughline.engines.matching.working import Made

SEATS = "seats"
"""Names the number of seats where rules that cannot hold together are listed."""


class InvalidProblem(ValueError):  # noqa: N818 - says what happened
    """A problem contradicts itself before anything is solved."""

    def __init__(self, path: str, got: object, expected: str) -> None:
        super().__init__(f"{path}: expected {expected}, got {got!r}")
        self.path, self.got, self.expected = path, got, expected


class Infeasible(ValueError):  # noqa: N818 - says what happened
    """No choice keeps all rules. ``conflict`` cannot hold together; without any one of it, the rest can."""

    def __init__(self, conflict: tuple[str, ...], sentence: str = "") -> None:
        super().__init__(sentence or "these rules cannot hold together: " + ", ".join(conflict))
        self.conflict = conflict


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be chosen, with whole points; ``parts`` name what they are the sum of."""

    key: str
    points: int
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """In each of ``groups``, at least ``least`` and at most ``most`` are chosen.

    A group holds keys of candidates: those of one state, say, or all rural ones. With a ``weight``
    the rule may be missed: a choice loses so many points for each one too few or too many.
    """

    key: str
    groups: tuple[frozenset[str], ...]
    least: int | None = None
    most: int | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Choose as many candidates as there are seats, then those with the most points.

    Who is ``pinned`` is chosen, who is ``barred`` is not, whatever their points. The order of ``candidates`` decides between choices of equal worth: who stands first goes first.

    Raises
    ------
    InvalidProblem
        Keys repeat or are unknown, or a number is negative.
    """

    candidates: tuple[Candidate, ...]
    seats: int
    rules: tuple[Rule, ...] = ()
    pinned: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()

    @property
    def binding(self) -> tuple[Rule, ...]:
        """Return the rules that every choice keeps, pins among them."""
        pins = [
            Rule(f"{name} {key}", (frozenset({key}),), least, most)
            for name, keys, least, most in (
                ("pinned", self.pinned, 1, None), ("barred", self.barred, None, 0),
            )
            for key in keys
        ]  # fmt: skip
        return *(rule for rule in self.rules if rule.weight is None), *pins

    def __post_init__(self) -> None:
        for path, got, expected in self._complaints():
            raise InvalidProblem(path, got, expected)

    def _complaints(self) -> Iterator[tuple[str, object, str]]:
        known: set[str] = set()
        for place, one in enumerate(self.candidates):
            if one.key in known:
                yield f"candidates.{place}.key", one.key, "a key that is used once"
            if one.points < 0:
                yield f"candidates.{place}.points", one.points, "0 or more"
            if one.parts and sum(points for _name, points in one.parts) != one.points:
                yield f"candidates.{place}.parts", one.parts, f"parts that sum to {one.points}"
            known.add(one.key)
        if self.seats < 0:
            yield "seats", self.seats, "0 or more"
        yield from self._complaints_of_pins(known)
        yield from self._complaints_of_rules(known)

    def _complaints_of_rules(self, known: set[str]) -> Iterator[tuple[str, object, str]]:
        rules: set[str] = {SEATS}
        for place, rule in enumerate(self.rules):
            if rule.key in rules:
                yield f"rules.{place}.key", rule.key, "a key that is used once"
            rules.add(rule.key)
            for name, bound in (("least", rule.least), ("most", rule.most)):
                if bound is not None and bound < 0:
                    yield f"rules.{place}.{name}", bound, "0 or more"
            if rule.weight is not None and rule.weight < 1:
                yield f"rules.{place}.weight", rule.weight, "1 or more"
            if strange := sorted(set().union(*rule.groups) - known):
                yield f"rules.{place}.groups", strange[0], "keys of candidates"

    def _complaints_of_pins(self, known: set[str]) -> Iterator[tuple[str, object, str]]:
        seen: set[str] = set()
        for name, keys in (("pinned", self.pinned), ("barred", self.barred)):
            for place, key in enumerate(keys):
                if key not in known:
                    yield f"{name}.{place}", key, "a key of a candidate"
                if key in seen:
                    yield f"{name}.{place}", key, "a key that is named once"
                seen.add(key)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Points of a choice, and the most that any choice of as many can have.

    ``optimal``: a solver tried everything else. ``lp-dual``: prices prove the bound by arithmetic,
    and the choice reaches it if both numbers are one. ``counting``: counting proves the bound.
    ``gap``: a better choice may exist.
    """

    value: int
    bound: int
    kind: Literal["optimal", "lp-dual", "counting", "gap"] = "optimal"


@dataclass(frozen=True, slots=True)
class Missed:
    """A rule with a weight is missed by this many people, over all its groups."""

    rule: str
    by: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is chosen, in the order of the candidates.

    The certificate is about their points less what missed rules cost.
    """

    chosen: tuple[str, ...]
    certificate: Certificate
    unmet: tuple[Missed, ...] = ()
    made: Made | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """How many points more a choice could have without one rule, and who would change."""

    rule: str
    points: int
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Margin:
    """How many points a choice of as many loses if somebody is turned round: left out, or taken in.

    Nothing where no choice can be. Not ``exact`` where the work that was allowed found a way but
    could not prove that it loses least, or found none.
    """

    key: str
    chosen: bool
    points: int | None
    exact: bool = True

    @property
    def coin_flip(self) -> bool:
        """Whether turning it round costs nothing at all."""
        return self.points == 0


@dataclass(frozen=True, slots=True)
class Ease:
    """One number of a fix: whose, which number, and by how much it gives way."""

    what: str
    number: str
    by: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot hold together; without any one of it, the rest can.

    ``fix`` is the cheapest way out for the whole problem: the numbers that give way least over
    all, and of such ways the one that leaves the most ``points``. Nothing where no number that may
    give way helps.
    """

    core: tuple[str, ...]
    sentence: str
    fix: tuple[Ease, ...] = ()
    points: int | None = None
