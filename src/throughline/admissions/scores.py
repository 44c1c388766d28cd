"""What each reader made of each application, as plain values on the rubric's scale."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from throughline.admissions.models import Application, Review


@dataclass(frozen=True, slots=True, order=True)
class Scored:
    """One review that counts: its reader's weighted mean over the criteria."""

    application: str
    reader: int
    points: Fraction


def scores_of(applications: Iterable[Application], weight: int) -> list[Scored]:
    """Return the reviews of these applications that are in; ``weight`` is that of all criteria.

    One query.
    """
    refs = {one.pk: one.ref for one in applications}
    rows = Review.objects.counted().filter(assignment__application__in=list(refs))
    return sorted(
        Scored(refs[application], reader, Fraction(points or 0, weight or 1))
        for application, reader, points in rows.values_list(
            "assignment__application", "assignment__reviewer", "points"
        )
    )


def by_application(scores: Iterable[Scored]) -> dict[str, list[Fraction]]:
    """Return each application's scores, lowest first."""
    found: dict[str, list[Fraction]] = defaultdict(list)
    for one in scores:
        found[one.application].append(one.points)
    return {ref: sorted(points) for ref, points in found.items()}


def fingerprint_of(scores: Sequence[Scored]) -> str:
    """Return the same text for the same reviews, whatever their order."""
    plain = [[one.application, one.reader, str(one.points)] for one in sorted(scores)]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()
