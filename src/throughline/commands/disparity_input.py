"""Counts by student group, from one row a student or from rows that somebody else has counted."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.commands.speaking import Stop, say

if TYPE_CHECKING:
    from throughline.engines.disparity.codebook import Codebook
    from throughline.engines.disparity.reading import Source
    from throughline.engines.disparity.tables import Table

MANY_ROWS = 200_000
"""From so many rows on, counting takes long enough to be announced."""

YEARS = frozenset({"year", "school year", "schoolyear", "academic year"})
"""How files call the column of the year."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A file that gives a table of counts for any of its attributes and outcomes.

    ``years`` are those that were added up, empty where no column of years was named.
    """

    source: Source
    attributes: tuple[str, ...]
    outcomes: tuple[str, ...]
    years: tuple[str, ...]
    table: Callable[[Sequence[str], str], Table]


@contextmanager
def sentences(*also: type[ValueError]) -> Iterator[None]:
    """Turn a refusal of the engines into one sentence and exit code 2; a bug stays a bug.

    ``also`` are errors that the part called here raises as refusals of its own.
    """
    from throughline.engines.disparity.refusals import Refusal
    from throughline.engines.disparity.unreadable import Unreadable

    refusals: tuple[type[ValueError], ...] = (Unreadable, Refusal, *also)
    try:
        yield
    except refusals as refused:
        raise Stop(str(refused)) from refused


def count(asked: argparse.Namespace, source: Source) -> Counted:
    """Count the file.

    Raises
    ------
    Stop
        A column is not there, an outcome is not 0 or 1, or a count is none.
    """
    if source.rows >= MANY_ROWS:
        say(f"Counting {source.rows:,} rows ...")
    with sentences():
        return _aggregated(asked, source) if asked.group else _students(asked, source)


def groupings(by: Sequence[str], cross: int) -> list[tuple[str, ...]]:
    """Return the choices of up to ``cross`` attributes: each alone first, then crossed."""
    ways = range(1, min(cross, len(by)) + 1)
    return [chosen for way in ways for chosen in combinations(by, way)]


def _students(asked: argparse.Namespace, source: Source) -> Counted:
    from throughline.engines.disparity.cube import build_cube

    codebook = codebook_of(source, asked.by, asked.outcome, asked.codebook)
    cube = build_cube(source, codebook)
    return Counted(source, asked.by, asked.outcome, _years(asked, source), cube.table)


def codebook_of(
    source: Source, by: Sequence[str], outcomes: Sequence[str], kept: str | None
) -> Codebook:
    """Return the codebook that was kept in a file, or a guessed one, for these columns.

    Raises
    ------
    Stop
        The file holds no codebook, or an outcome is a score.
    """
    from throughline.engines.disparity.codebook import read_codebook
    from throughline.engines.disparity.mapping import guess_codebook

    if kept is None:
        return guess_codebook(source, by, outcomes)
    try:
        codebook = read_codebook(Path(kept).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else wrong
        raise Stop(f"{kept}: {why}. Give the JSON of a codebook with --codebook.") from wrong
    chosen = tuple(one for one in codebook.outcomes if one.outcome.name in outcomes)
    if len(chosen) < len(outcomes):
        there = ", ".join(one.outcome.name for one in codebook.outcomes)
        raise Stop(f"{kept}: not every outcome asked for is there. There is: {there}.")
    if scores := [one.outcome.name for one in chosen if not one.outcome.binary]:
        raise Stop(
            f"{scores[0]} is a score. This command compares what happens or does not: give an "
            "outcome of 0 and 1, such as a score above a mark."
        )
    attributes = tuple(codebook.attribute(name) for name in by)
    return replace(codebook, attributes=attributes, outcomes=chosen)


def _aggregated(asked: argparse.Namespace, source: Source) -> Counted:
    from throughline.engines.disparity.counted import read_counted

    columns = asked.events
    outcomes = asked.outcome or columns
    if len(outcomes) != len(columns):
        raise Stop(
            f"--outcome names {len(outcomes)} outcomes and --events {len(columns)} columns: give "
            "one name for each column, in the same order."
        )
    events = dict(zip(outcomes, columns, strict=True))
    read = read_counted(source, asked.group, asked.n, events)
    for labels in read.unsized:
        say(f"{' / '.join(labels)}: no number of students is given, so this group is left out.")
    by = asked.by or asked.group
    for name in by:
        if name not in asked.group:
            raise Stop(f"--by {name} is no column of --group. There is: {', '.join(asked.group)}.")
    return Counted(source, by, outcomes, _years(asked, source), read.table)


def _years(asked: argparse.Namespace, source: Source) -> tuple[str, ...]:
    from throughline.engines.disparity.mapping import different, in_order

    if asked.year is None:
        _say_years_are_mixed(asked, source)
        return ()
    years = sorted((text for (text,) in different(source, [asked.year])), key=in_order)
    return tuple(year or "(blank)" for year in years)


def _say_years_are_mixed(asked: argparse.Namespace, source: Source) -> None:
    """Say so where rows of several years would be counted as one without a word."""
    from throughline.engines.disparity.mapping import different

    for name in source.columns:
        if name.casefold().replace("_", " ") not in YEARS or name in (asked.group or asked.by):
            continue
        pool = f"Say --years pool --year {name}, or keep" if "years" in asked else "Keep"
        if (several := len(different(source, [name]))) > 1:
            say(
                f"{name} has {several} values, and all rows are counted together: a student of "
                f"several years counts in each. {pool} the rows of one year."
            )
