"""Ranges as pictures beside their words: the table is the chart.

A published range has no middle, so no dot is drawn, and a comparator that is a range is drawn by
both of its ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from throughline.evidence.answers import GraduationPage, Move, Row, SchoolRow

Bounds = tuple[float, float]

ONLY, UPPER, LOWER = "50%", "30%", "70%"
"""How far down its row a bar is drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A range on the track: where it begins and ends, and how far down it is drawn."""

    start: str
    end: str
    down: str = ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: its name, its bars, the ends of the comparator, and the same in words.

    ``under`` stands below the name, in small print.
    """

    label: str
    rate: str
    second: str = ""
    count: str = ""
    bars: list[Bar] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    is_hidden: bool = False
    is_focus: bool = False
    under: str = ""


def bar(bounds: Bounds | None, down: str = ONLY) -> list[Bar]:
    """Return the bar of a range on a track of 0 to 100 percent; a whole percent keeps a width."""
    if bounds is None:
        return []
    low, high = bounds
    if low == high:
        low, high = max(low - 0.5, 0.0), min(high + 0.5, 100.0)
    return [Bar(f"{low}%", f"{high}%", down)]


def group_lines(page: GraduationPage) -> list[Line]:
    """Return the groups of the chosen year, with the comparator's ends behind them."""
    other = page.figures.get(page.asked.comparator)
    marks = [] if other is None or other.whole is None else [f"{end}%" for end in other.whole]
    return [_group(row, marks) for row in page.rows]


def everyone_line(page: GraduationPage) -> Line | None:
    """Return all students, for the foot of the table."""
    return _group(page.everyone, []) if page.everyone else None


def _group(row: Row, marks: list[str]) -> Line:
    bounds = None if row.low is None or row.high is None else (row.low, row.high)
    return Line(
        label=row.label,
        rate=row.rate,
        second=row.gap_short,
        count=row.students,
        bars=bar(bounds),
        marks=marks,
        is_hidden=row.is_hidden,
        is_focus=row.is_below,
    )


def move_lines(page: GraduationPage) -> list[Line]:
    """Return every group with its first year's range above its last year's."""
    return [_move(move) for move in page.moves]


def _move(move: Move) -> Line:
    first, last = move.bounds[0], move.bounds[-1]
    return Line(
        label=move.label,
        rate=move.change,
        under=f"{move.by_year[0][1]} → {move.by_year[-1][1]}",
        bars=[*bar(first, UPPER), *bar(last, LOWER)],
        is_hidden=first is None and last is None and move.is_hidden,
    )


def school_lines(page: GraduationPage) -> list[Line]:
    """Return the schools as published."""
    return [_school(school) for school in page.schools]


def _school(school: SchoolRow) -> Line:
    bounds = None if school.low is None or school.high is None else (school.low, school.high)
    return Line(
        label=school.name,
        rate=school.rate,
        count=school.students,
        bars=bar(bounds),
        is_hidden=school.is_hidden,
    )
