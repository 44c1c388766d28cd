"""Draw the readers' scores again, to show how little parts applications of equal means.

The bootstrap of reviews within an application (Efron 1979): each of its reviews is drawn again,
with replacement, from those it has. All others stay as they are, so what is counted is how often
each of the equals would have come out ahead of the rest of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, lcm
from random import Random

from throughline.admissions.choosing import Choice
from throughline.engines.matching import broken_rules

TIMES = 100
"""How often scores are drawn again."""

MOST_WAYS = 1000
"""With more ways than this to give places to a group of equals, nothing is drawn again."""


@dataclass(frozen=True, slots=True)
class Redraw:
    """In how many of ``times`` draws each of a group had one of its ``places``.

    ``by_coin`` counts draws in which several ways were equally good, so that a coin decided.
    """

    places: int
    won: Mapping[str, int]
    by_coin: int
    times: int = TIMES


def redraws(
    choice: Choice, given: Mapping[str, Sequence[Fraction]], *, seed: str
) -> list[Redraw | None]:
    """Return a re-draw for each coin-flip of a choice; nothing where there are too many ways.

    The same scores and seed give the same counts.
    """
    chance = Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret
    return [
        _redrawn(ways, given, chance) if (ways := _ways(choice, group)) else None
        for group in choice.coin_flips
    ]


def _ways(choice: Choice, group: Sequence[str]) -> list[tuple[str, ...]]:
    """Return each way to give a group's places that keeps the rules, others staying as they are."""
    seated = [ref for ref in group if ref in choice.seats]
    placed = seated or [ref for ref in group if ref in choice.waitlist]
    if comb(len(group), len(placed)) > MOST_WAYS:
        return []
    ways = combinations(sorted(group), len(placed))
    if not seated:  # alternates stand by their means alone
        return list(ways)
    others = [ref for ref in choice.seats if ref not in group]
    return [way for way in ways if not broken_rules(choice.problem, [*others, *way])]


def _redrawn(
    ways: Sequence[tuple[str, ...]], given: Mapping[str, Sequence[Fraction]], chance: Random
) -> Redraw:
    group = sorted({ref for way in ways for ref in way})
    whole = _in_whole_points(group, given)
    won, by_coin = dict.fromkeys(group, 0), 0
    for _time in range(TIMES):
        drawn = {ref: sum(chance.choices(whole[ref], k=len(whole[ref]))) for ref in group}
        worth = [sum(drawn[ref] for ref in way) for way in ways]
        most = max(worth)
        best = [way for way, value in zip(ways, worth, strict=True) if value == most]
        by_coin += len(best) > 1
        for ref in chance.choice(best):
            won[ref] += 1
    return Redraw(len(ways[0]), won, by_coin)


def _in_whole_points(
    group: Collection[str], given: Mapping[str, Sequence[Fraction]]
) -> dict[str, list[int]]:
    """Return scores as whole parts of a mean, so that sums of them compare as means do."""
    parts = {ref: [score / len(given[ref]) for score in given[ref]] for ref in group}
    unit = lcm(*(part.denominator for own in parts.values() for part in own))
    return {ref: [int(part * unit) for part in own] for ref, own in parts.items()}
