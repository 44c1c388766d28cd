"""Files of students for the tests, and a count of them in plain Python to compare with."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from throughline.engines.disparity.codebook import Attribute, Codebook, OutcomeColumn
from throughline.engines.disparity.missing import EVERYWHERE
from throughline.engines.disparity.tables import Outcome, Table

calm = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
"""Laws hold however slow the machine is."""

RACES = ("Asian", "Black", "White")
FRL = ("No", "Yes")
SCHOOLS = tuple(f"School {letter}" for letter in "ABCDE")

COLUMNS = ("race", "frl", "school", "graduated", "gpa")


def levels(name: str, *labels: str, place: bool = False) -> Attribute:
    """Return an attribute whose labels stand in the column of its name."""
    codes: dict[tuple[str, ...], int] = {(label,): code for code, label in enumerate(labels)}
    return Attribute(name, (name,), labels, codes, place=place)


CODEBOOK = Codebook(
    (levels("race", *RACES), levels("frl", *FRL), levels("school", *SCHOOLS, place=True)),
    (
        OutcomeColumn(Outcome("graduated"), "graduated"),
        OutcomeColumn(Outcome("gpa", 100, binary=False), "gpa"),
    ),
    (*EVERYWHERE, "crdc"),
)

students = st.lists(
    st.tuples(
        st.sampled_from([*RACES, "", "*"]),
        st.sampled_from([*FRL, "N/A"]),
        st.sampled_from(SCHOOLS),
        st.sampled_from(["1", "0", "yes", "No", "", ".", "-9", "-11"]),
        st.sampled_from(["0", "3.27", "4", "1.5", "", "-9", "PS"]),
    ),
    min_size=1,
    max_size=40,
)
"""Rows of the columns of ``CODEBOOK``, with missing codes of every kind among them."""


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a comma-separated file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def counted(
    rows: Sequence[Sequence[str]], by: Sequence[str], outcome: str
) -> dict[tuple[str, ...], tuple[int, int, int, int]]:
    """Count rows of ``COLUMNS`` one by one: n, n_valid, total, squares by group."""
    gpa = {"0": 0, "3.27": 327, "4": 400, "1.5": 150}
    graduated = {"1": 1, "yes": 1, "0": 0, "No": 0}
    read: Mapping[str, int] = graduated if outcome == "graduated" else gpa
    known = {*RACES, *FRL, *SCHOOLS}
    groups: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        texts = dict(zip(COLUMNS, row, strict=True))
        labels = tuple(texts[one] if texts[one] in known else "Missing" for one in by)
        counts = groups[labels]
        counts[0] += 1
        if (value := read.get(texts[outcome])) is not None:
            counts[1] += 1
            counts[2] += value
            counts[3] += value * value
    return {
        labels: (n, valid, total, squares) for labels, (n, valid, total, squares) in groups.items()
    }


def as_counted(table: Table) -> dict[tuple[str, ...], tuple[int, int, int, int]]:
    """Return a table in the shape of ``counted``."""
    counts = table.counts
    numbers = zip(
        counts.n.tolist(), counts.n_valid.tolist(), counts.total.tolist(), counts.squares.tolist(),
        strict=True,
    )  # fmt: skip
    return dict(zip(table.groups, numbers, strict=True))
