"""How much the means of a list can bear: adjusted for strict and mild readers, and drawn again.

Both are counted once, when a list is proposed, and kept with it; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

from throughline.admissions.choosing import Choice
from throughline.admissions.leniency import adjusted_means
from throughline.admissions.redrawing import Redraw, redraws
from throughline.admissions.scores import Scored, by_application, fingerprint_of
from throughline.engines import matching

KEY = "soundness"
"""Where it is kept in the plan of a list."""


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was counted, as it was kept.

    ``adjusted`` holds a mapping for each group of readers that share applications; only means of
    one group compare. ``out`` and ``into``: who would change if the adjusted means were ranked.
    """

    adjusted: Sequence[Mapping[str, Fraction]] = ()
    redraws: Sequence[Redraw | None] = ()
    out: Sequence[str] = ()
    into: Sequence[str] = ()

    @property
    def is_one_scale(self) -> bool:
        """Whether all adjusted means compare with one another."""
        return len(self.adjusted) == 1

    def of(self, ref: str) -> tuple[Fraction | None, int]:
        """Return an adjusted mean and the number of its group, from 1."""
        for number, group in enumerate(self.adjusted, 1):
            if ref in group:
                return group[ref], number
        return None, 0


def counted(choice: Choice, scores: Sequence[Scored]) -> dict[str, Any]:
    """Count all of it for a list that is proposed, ready to be kept."""
    seed = fingerprint_of(scores)
    adjusted = adjusted_means(scores)
    out, into = _changes(choice, adjusted[0]) if len(adjusted) == 1 else ((), ())
    return {
        "sha256": seed,
        "adjusted": [{ref: str(mean) for ref, mean in group.items()} for group in adjusted],
        "redraws": [
            None if one is None else asdict(one)
            for one in redraws(choice, by_application(scores), seed=seed)
        ],
        "out": list(out),
        "into": list(into),
    }


def _changes(
    choice: Choice, adjusted: Mapping[str, Fraction]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Choose again by the adjusted means under the same rules; say who would change."""
    lowest = min(adjusted.values())
    above = {ref: mean - lowest for ref, mean in adjusted.items()}
    unit = lcm(*(mean.denominator for mean in above.values()))
    candidates = tuple(
        replace(one, points=int(above[one.key] * unit)) for one in choice.problem.candidates
    )
    other = matching.select(replace(choice.problem, candidates=candidates), prefer=choice.seats)
    return (
        tuple(ref for ref in choice.seats if ref not in other.chosen),
        tuple(ref for ref in other.chosen if ref not in choice.seats),
    )


def kept(plan: Mapping[str, Any], scores: Sequence[Scored]) -> Soundness | None:
    """Return what was counted for a list; nothing once a review has come in or changed."""
    found = plan.get(KEY)
    if not found or found["sha256"] != fingerprint_of(scores):
        return None
    return Soundness(
        [{ref: Fraction(mean) for ref, mean in group.items()} for group in found["adjusted"]],
        [None if one is None else Redraw(**one) for one in found["redraws"]],
        found["out"],
        found["into"],
    )
