"""What is asked of a choice, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

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


class Unproven(RuntimeError):  # noqa: N818 - says what happened
    """The solver stopped before it could prove that its choice is the best."""

    def __init__(self, value: int | None, bound: float | None) -> None:
        super().__init__(f"stopped at {value} with a bound of {bound}")
        self.value, self.bound = value, bound


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be chosen, with whole points."""

    key: str
    points: int


@dataclass(frozen=True, slots=True)
class Rule:
    """In each of ``groups``, at least ``least`` and at most ``most`` are chosen.

    A group holds keys of candidates: those of one state, say, or all rural ones.
    """

    key: str
    groups: tuple[frozenset[str], ...]
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Choose as many candidates as there are seats, then those with the most points.

    The order of ``candidates`` decides between choices of equal worth: who stands first goes first.

    Raises
    ------
    InvalidProblem
        Keys repeat or are unknown, or a number is negative.
    """

    candidates: tuple[Candidate, ...]
    seats: int
    rules: tuple[Rule, ...] = ()

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
            known.add(one.key)
        if self.seats < 0:
            yield "seats", self.seats, "0 or more"
        rules: set[str] = {SEATS}
        for place, rule in enumerate(self.rules):
            if rule.key in rules:
                yield f"rules.{place}.key", rule.key, "a key that is used once"
            rules.add(rule.key)
            for name, bound in (("least", rule.least), ("most", rule.most)):
                if bound is not None and bound < 0:
                    yield f"rules.{place}.{name}", bound, "0 or more"
            if strange := sorted(set().union(*rule.groups) - known):
                yield f"rules.{place}.groups", strange[0], "keys of candidates"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Points of a choice, and the most that any choice of as many can have.

    ``optimal``: a solver tried everything else. ``lp-dual``: prices prove the bound by arithmetic,
    and the choice reaches it if both numbers are one. ``gap``: a better choice may exist.
    """

    value: int
    bound: int
    kind: Literal["optimal", "lp-dual", "gap"] = "optimal"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is chosen, in the order of the candidates."""

    chosen: tuple[str, ...]
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Price:
    """How many points more a choice could have without one rule, and who would change."""

    rule: str
    points: int
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
