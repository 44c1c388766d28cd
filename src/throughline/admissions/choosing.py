"""Propose who gets a seat: by the readers' mean under the cohort's rules, ties named, not hidden.

Plain values in, plain values out; the list is a proposal that people change and adopt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from math import lcm

from throughline.engines import matching
from throughline.engines.matching import Infeasible, Price, Problem, Rule, broken_rules, prices

CLOSE = Fraction(1, 20)
"""A mean this near to the border is called close."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application with its readers' mean (None: not read), and when it came in."""

    ref: str
    mean: Fraction | None
    came_in: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """That no list is better: its points, those without any rule, and the price of each rule.

    ``unit`` points make one step of the rubric's scale. ``left_out`` are rules that cannot hold
    together, so no list could keep them.
    """

    unit: int
    value: int
    prices: tuple[Price, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def free(self) -> int:
        """Points of the best list without any rule."""
        return self.value + (self.prices[-1].points if self.prices else 0)


@dataclass(frozen=True, slots=True)
class Choice:
    """References in order: seats, alternates; and groups that only a coin could part.

    ``problem`` is what was solved: the means in whole points, and the rules that can hold.
    """

    seats: tuple[str, ...]
    waitlist: tuple[str, ...]
    coin_flips: tuple[tuple[str, ...], ...]
    proof: Proof
    problem: Problem


def choose(
    candidates: Sequence[Candidate], *, seats: int, waitlist: int, rules: Sequence[Rule] = ()
) -> Choice:
    """Return the best list that keeps the rules; equal means in the order in which they came in.

    A group of equal means that the last seat or the last alternate cuts is a coin-flip, if they
    could change places under the rules: the order of arrival decided nothing but which name the
    proposal shows. Alternates stand by their means alone.

    Examples
    --------
    >>> from datetime import datetime, timedelta
    >>> at = datetime(2027, 1, 1)
    >>> three = [Candidate(ref, Fraction(3), at + timedelta(hours=n)) for n, ref in enumerate("ABC")]
    >>> choice = choose(three, seats=1, waitlist=1)
    >>> choice.seats, choice.waitlist, choice.coin_flips
    (('A',), ('B',), (('A', 'B', 'C'),))
    """
    means = {one.ref: one.mean for one in candidates if one.mean is not None}
    came_in = {one.ref: one.came_in for one in candidates}
    ranked = sorted(means, key=lambda ref: (-means[ref], came_in[ref], ref))
    unit = lcm(*(mean.denominator for mean in means.values()))
    problem = Problem(
        tuple(matching.Candidate(ref, int(means[ref] * unit)) for ref in ranked),
        seats,
        tuple(_among(rule, frozenset(ranked)) for rule in rules),
    )
    problem, left_out = _that_can_hold(problem)
    plan = matching.select(problem)
    if plan.certificate.kind == "gap":
        raise matching.Exhausted(plan, plan.certificate.bound)
    proof = Proof(unit, plan.certificate.value, tuple(prices(problem, plan)), left_out)
    rest = [ref for ref in ranked if ref not in plan.chosen]
    flips = _flips_of_seats(problem, plan.chosen, means)
    flips += _flip_of_waitlist(rest, waitlist, means, flips)
    groups = tuple(dict.fromkeys(tuple(ref for ref in ranked if ref in flip) for flip in flips))
    return Choice(plan.chosen, tuple(rest[:waitlist]), groups, proof, problem)


def _among(rule: Rule, read: frozenset[str]) -> Rule:
    """Leave those out of a rule whose application was not read: they cannot be chosen."""
    return replace(rule, groups=tuple(group & read for group in rule.groups))


def _that_can_hold(problem: Problem) -> tuple[Problem, tuple[str, ...]]:
    """Leave out rules that cannot hold together, all of them: which one gives way is for people."""
    left_out: list[str] = []
    while True:
        try:
            matching.select(problem)
        except Infeasible as refusal:
            left_out += [key for key in refusal.conflict if key != matching.SEATS]
            rest = tuple(rule for rule in problem.rules if rule.key not in left_out)
            problem = replace(problem, rules=rest)
        else:
            return problem, tuple(left_out)


def _flips_of_seats(
    problem: Problem, chosen: Sequence[str], means: Mapping[str, Fraction]
) -> list[set[str]]:
    """Return who of an equal mean, with a seat and without one, could change places."""
    found: dict[Fraction, set[str]] = {}
    rest = [one.key for one in problem.candidates if one.key not in chosen]
    for seated in chosen:
        others = [one for one in chosen if one != seated]
        for other in rest:
            if means[seated] == means[other] and not broken_rules(problem, [*others, other]):
                found.setdefault(means[seated], set()).update((seated, other))
    return list(found.values())


def _flip_of_waitlist(
    rest: Sequence[str],
    waitlist: int,
    means: Mapping[str, Fraction],
    flips_of_seats: Sequence[set[str]],
) -> list[set[str]]:
    """Return everybody without a seat of the mean that the last alternate shares with the next.

    Where that is the coin-flip of a seat as well, it is one group.
    """
    if not 0 < waitlist < len(rest) or means[rest[waitlist - 1]] != means[rest[waitlist]]:
        return []
    equal = {ref for ref in rest if means[ref] == means[rest[waitlist]]}
    return [next((flip for flip in flips_of_seats if equal <= flip), equal)]


def standing(mean: Fraction | None, border: Fraction | None, *, is_flip: bool) -> str:
    """Return how sure a place is: ``coin-flip``, ``close`` or ``firm``."""
    if is_flip:
        return "coin-flip"
    if mean is None or border is None:
        return "firm"
    return "close" if abs(mean - border) <= CLOSE else "firm"


def fingerprint(means: Mapping[str, Fraction | None]) -> str:
    """Return the same text for the same means of those who were read, whatever their order."""
    plain = sorted([ref, str(mean)] for ref, mean in means.items() if mean is not None)
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()
