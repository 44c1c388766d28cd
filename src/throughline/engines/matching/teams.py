"""What is asked when people form teams once, by what is known of them, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from throughline.engines.matching.problems import Certificate, InvalidProblem
from throughline.engines.matching.rounds import Groups, fair_sizes, used_twice
from throughline.engines.matching.working import Made

TeamKind = Literal["not alone", "same", "spread", "balance"]
Complaint: TypeAlias = tuple[str, object, str]

MOST_NUMBER = 1_000_000
"""The largest number that may be known of somebody, so that sums stay exact."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of whom words and whole numbers are known, by name."""

    key: str
    facts: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TeamRule:
    """What every team should be like, with regard to one fact or number.

    ``not alone``: of no set of values does a team have exactly one; ``same``: all whose fact is
    known have one value; ``spread``: of each set of values as many as everywhere, give or take
    one; ``balance``: the mean of a number is off the mean of all by at most ``within``. Sets of
    values that are left out are all values, one by one. Each failing team costs ``weight``.
    """

    key: str
    kind: TeamKind
    of: str
    values: tuple[frozenset[str], ...] = ()
    within: int = 0
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Teaming:
    """Form teams of the given ``sizes``, or ``teams`` of them that differ by at most one.

    Raises
    ------
    InvalidProblem
        Keys repeat, a rule is about what nobody has, or sizes do not add up.
    """

    members: tuple[Member, ...]
    rules: tuple[TeamRule, ...]
    teams: int = 0
    sizes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for path, got, expected in self._complaints():
            raise InvalidProblem(path, got, expected)

    def _complaints(self) -> Iterator[Complaint]:
        yield from used_twice("members", [one.key for one in self.members])
        yield from used_twice("rules", [one.key for one in self.rules])
        for place, member in enumerate(self.members):
            for name, number in member.numbers:
                if not 0 <= number <= MOST_NUMBER:
                    yield f"members.{place}.numbers.{name}", number, f"0 to {MOST_NUMBER}"
        for place, rule in enumerate(self.rules):
            yield from self._of_rule(f"rules.{place}", rule)
        if bool(self.teams) == bool(self.sizes):
            yield "teams", self.teams, "either a number of teams or sizes"
        if self.teams and not 1 <= self.teams <= max(1, len(self.members)):
            yield "teams", self.teams, f"1 to {len(self.members)}"
        if self.sizes and (min(self.sizes) < 1 or sum(self.sizes) != len(self.members)):
            yield "sizes", sum(self.sizes), f"sizes that add up to {len(self.members)}"

    def _of_rule(self, path: str, rule: TeamRule) -> Iterator[Complaint]:
        if rule.weight < 1:
            yield f"{path}.weight", rule.weight, "1 or more"
        if rule.within < 0:
            yield f"{path}.within", rule.within, "0 or more"
        if rule.kind == "balance":
            lacking = [one.key for one in self.members if rule.of not in dict(one.numbers)]
            if lacking:
                yield f"{path}.of", rule.of, f"a number that {lacking[0]!r} has"
            return
        known = {value for one in self.members for name, value in one.facts if name == rule.of}
        if not known:
            yield f"{path}.of", rule.of, "a fact that somebody has"
        if strange := sorted(frozenset[str]().union(*rule.values) - known):
            yield f"{path}.values", strange[0], f"values of {rule.of!r}"


def sets_of(problem: Teaming, rule: TeamRule) -> tuple[frozenset[str], ...]:
    """Return the sets of values that a rule is about."""
    if rule.values and rule.kind != "same":
        return rule.values
    known = {value for one in problem.members for name, value in one.facts if name == rule.of}
    return tuple(frozenset({value}) for value in sorted(known))


def team_sizes(problem: Teaming) -> tuple[int, ...]:
    """Return the sizes of the teams, the larger first."""
    return problem.sizes or fair_sizes(len(problem.members), problem.teams)


@dataclass(frozen=True, slots=True)
class Failed:
    """A rule does not hold for a team; teams are numbered from 0."""

    rule: str
    team: int


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """Who is in which team. The certificate counts failing teams by weight: lower is better."""

    teams: Groups
    failed: tuple[Failed, ...]
    certificate: Certificate
    made: Made | None = None
