"""Ranges as pictures beside their words. A range has no middle, so no dot is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from throughline.evidence.answers import GraduationPage, Move, Row


@dataclass(frozen=True, slots=True)
class Span:
    """Where a range begins and ends, in percent of the track's width."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of the table that is the chart."""

    row: Row
    span: Span | None
    line: Span | None


@dataclass(frozen=True, slots=True)
class YearCell:
    """A range in one school year, in words and as a span."""

    year: str
    rate: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class YearRow:
    """A group over the years."""

    move: Move
    cells: list[YearCell]


def span(bounds: tuple[int, int] | None) -> Span | None:
    """Return the ends of a range on a track of 0 to 100 percent; a whole percent keeps a width."""
    if bounds is None:
        return None
    low, high = bounds
    if low == high:
        return Span(f"{max(low - 0.5, 0)}%", f"{min(high + 0.5, 100)}%")
    return Span(f"{low}%", f"{high}%")


def group_rows(page: GraduationPage) -> list[ChartRow]:
    """Return the groups of the chosen year with their ranges and the comparator's range behind."""
    other = page.figures.get(page.asked.comparator)
    line = span(other.whole) if other else None
    return [ChartRow(row, span(_bounds(row)), line) for row in page.rows]


def everyone(page: GraduationPage) -> Span | None:
    """Return the range of all students."""
    return span(_bounds(page.everyone)) if page.everyone else None


def _bounds(row: Row) -> tuple[int, int] | None:
    return None if row.low is None or row.high is None else (row.low, row.high)


def years(page: GraduationPage) -> list[YearRow]:
    """Return every group with its range in each school year."""
    return [
        YearRow(
            move,
            [
                YearCell(source.words, rate, span(bounds))
                for source, rate, bounds in zip(page.sources, move.rates, move.bounds, strict=True)
            ],
        )
        for move in page.moves
    ]
