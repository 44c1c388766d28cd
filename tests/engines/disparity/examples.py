"""Tables and helpers that several tests of comparisons share."""

from __future__ import annotations

from typing import Any

import numpy as np

from throughline.engines.disparity.comparing import Comparison
from throughline.engines.disparity.tables import Counts, Outcome, Table, aggregated

CCCCO = aggregated(
    "race",
    [
        ("Asian", 2062, 3000),
        ("Black", 310, 1000),
        ("Hispanic", 410, 2000),
        ("Multi-Ethnicity", 262, 500),
        ("Native American", 43, 100),
        ("White", 2053, 3400),
    ],
    outcome="success",
    everyone=(5140, 10_000),
    snapshot="c0ffee",
)
"""California Community Colleges, cohort of 2017, as DisImpact documents it."""


def values(comparison: Comparison, measure: str) -> list[Any]:
    """Return the values of all groups, None where there is none."""
    return [
        figure.value if (figure := comparison.figure(measure, row)) else None
        for row in range(len(comparison.groups))
    ]


def scores(**groups: list[int]) -> Table:
    """Return a table of grade points times 100."""
    parts = [*groups.values(), [score for group in groups.values() for score in group]]
    sizes = [len(part) for part in parts]
    sums, squares = [sum(part) for part in parts], [sum(s * s for s in part) for part in parts]
    rows = Counts(*(np.array(part[:-1]) for part in (sizes, sizes, sums, squares)))
    whole = Counts(*(np.array(part[-1:]) for part in (sizes, sizes, sums, squares)))
    names = tuple((name,) for name in groups)
    return Table(("race",), names, Outcome("gpa", 100, binary=False), rows, whole)
