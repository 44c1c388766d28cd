"""Rows that somebody else has counted: a group, its students, its events.

A stated total is kept as it was stated and never made by adding up parts; how far the parts
reach is the coverage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from throughline.engines.disparity.codebook import Texts
from throughline.engines.disparity.database import listed, opened
from throughline.engines.disparity.missing import EVERYWHERE, find_missing, guess_families, why_not
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.refusals import NotThere
from throughline.engines.disparity.snapshots import snapshot
from throughline.engines.disparity.tables import MISSING, Counts, Outcome, Table
from throughline.engines.disparity.unreadable import Finding, Refused
from throughline.engines.disparity.values import whole

ALL = "*"
"""Stands for "every level" in a row that states a total."""

EVERYBODY = frozenset(
    {"all", "all students", "all groups", "total", "totals", "tot", "everyone", "everybody", "*"}
)
"""How files call the row of everyone; compared in lower case."""


MOST = 10**10
"""No count of people is larger; sums of such counts stay exact."""


class CountedRow(NamedTuple):
    """One row: labels, ``*`` for all; students; events by outcome. None where not published."""

    row: int
    labels: Texts
    n: int | None
    events: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows counted by somebody else, grouped ``by`` columns, with the events of some outcomes."""

    by: tuple[str, ...]
    outcomes: tuple[str, ...]
    rows: tuple[CountedRow, ...]
    snapshot: str

    @property
    def unsized(self) -> tuple[Texts, ...]:
        """Groups whose number of students is not published. No table can hold them."""
        return tuple(dict.fromkeys(one.labels for one in self.rows if one.n is None))

    def table(self, by: Sequence[str], outcome: str) -> Table:
        """Return the counts of the groups of these columns, as stated, or else added up.

        Raises
        ------
        NotThere
            There is no such column or outcome; the sentence lists those there are.
        """
        axes = [_place(self.by, name, "column") for name in by]
        at = _place(self.outcomes, outcome, "outcome")
        parts = self._rows_for(set(axes))
        groups: dict[Texts, list[CountedRow]] = {}
        for one in parts:
            groups.setdefault(tuple(one.labels[axis] for axis in axes), []).append(one)
        ordered = sorted(groups, key=lambda labels: tuple(label == MISSING for label in labels))
        counts = _add([groups[labels] for labels in ordered], at)
        stated = [one for one in self.rows if _is_total(one, set(range(len(self.by))))]
        everyone = _add([stated or self._rows_for(set(range(len(self.by))))], at)
        total = int(everyone.n[0]) if stated else 0
        return Table(
            by=tuple(by),
            groups=tuple(ordered),
            outcome=Outcome(outcome),
            counts=counts,
            whole=everyone,
            overlapping=bool(stated and by) and int(counts.n.sum()) > total,
            coverage=Fraction(int(counts.n_valid.sum()), total) if total else None,
            snapshot=self.snapshot,
        )

    def _rows_for(self, axes: set[int]) -> list[CountedRow]:
        """Return the rows that state these columns alone, or else the finest rows."""
        sized = [one for one in self.rows if one.n is not None]
        rest = set(range(len(self.by))) - axes
        stated = [one for one in sized if _is_total(one, rest) and not _any_total(one, axes)]
        return stated or [one for one in sized if not _any_total(one, axes | rest)]


def _place(names: Sequence[str], name: str, what: str) -> int:
    if name not in names:
        raise NotThere(f"There is no {what} {name!r}. There is: {', '.join(names)}.")
    return names.index(name)


def _is_total(row: CountedRow, axes: set[int]) -> bool:
    return all(row.labels[axis] == ALL for axis in axes)


def _any_total(row: CountedRow, axes: set[int]) -> bool:
    return any(row.labels[axis] == ALL for axis in axes)


def _add(groups: Sequence[Sequence[CountedRow]], at: int) -> Counts:
    n = [sum(one.n or 0 for one in rows) for rows in groups]
    known = [
        [one for one in rows if one.n is not None and one.events[at] is not None] for rows in groups
    ]
    events = [sum(one.events[at] or 0 for one in rows) for rows in known]
    valid = [sum(one.n or 0 for one in rows) for rows in known]
    return Counts(n, valid, events, events)  # type: ignore[arg-type]  # lists become arrays


def read_counted(
    source: Source,
    groups: Sequence[str],
    n: str,
    events: Mapping[str, str],
    *,
    among: tuple[str, ...] | None = None,
) -> Counted:
    """Read rows of group, students and events.

    Parameters
    ----------
    groups
        Columns of labels. A row that says "All students" or "Total" states a total.
    n
        The column of students.
    events
        The column of events of each outcome.

    Raises
    ------
    Unreadable
        The file lacks a column.
    Refused
        Every cell that is no count, every row with more events than students, every row that
        stands twice.
    """
    columns = (*groups, n, *events.values())
    source.need(columns)
    chosen = list(dict.fromkeys(columns))
    with opened() as database:
        found = database.execute(f"{source.trimmed(chosen)} ORDER BY file_row_number").fetchall()
    texts = [(row[-1], dict(zip(chosen, row, strict=False))) for row in found]
    if among is None:
        among = guess_families(
            cells[one] for _row, cells in texts for one in columns[len(groups) :]
        )
    findings = _twice(source)
    rows = []
    for row, cells in texts:
        read, wrong = _row(row, cells, groups, n, events, among)
        rows.append(read)
        findings += wrong
    if findings:
        raise Refused(source.path, _with_lines(source, findings))
    described = repr((tuple(groups), n, sorted(events.items()), among))
    return Counted(tuple(groups), tuple(events), tuple(rows), snapshot([source.sha256], described))


_Wrong = tuple[tuple[int, ...], str, str, str]
"""Rows, column, value and sentence of a finding whose lines are not known yet."""


def _row(
    row: int,
    cells: Mapping[str, str],
    groups: Sequence[str],
    n: str,
    events: Mapping[str, str],
    among: tuple[str, ...],
) -> tuple[CountedRow, list[_Wrong]]:
    wrong: list[_Wrong] = []

    def count(column: str) -> int | None:
        value = cells[column]
        if find_missing(value, among):
            return None
        if (found := whole(value)) is None:
            wrong.append(((row,), column, value, why_not(value)))
        elif found > MOST:
            wrong.append(((row,), column, value, f"{value} is more people than there are."))
        return found

    students = count(n)
    happened = tuple(count(column) for column in events.values())
    for column, known in zip(events.values(), happened, strict=True):
        if students is not None and known is not None and known > students:
            sentence = f"{known} of {students} students: there cannot be more events than students."
            wrong.append(((row,), column, cells[column], sentence))
    return CountedRow(
        row, tuple(_label(cells[one], among) for one in groups), students, happened
    ), wrong


def _label(text: str, among: tuple[str, ...] = EVERYWHERE) -> str:
    if text.casefold() in EVERYBODY:
        return ALL
    return MISSING if find_missing(text, among) else text


def _twice(source: Source) -> list[_Wrong]:
    """Return the rows that are the same in every column as one before them."""
    names = listed(source.columns)
    with opened() as database:
        same = database.execute(
            f"SELECT list(file_row_number ORDER BY file_row_number) FROM "  # noqa: S608
            f"({source.trimmed(source.columns)}) GROUP BY {names} HAVING count(*) > 1 ORDER BY 1"
        ).fetchall()
    sentence = "these rows are the same in every column. Take out the copies, or add the column that tells them apart."
    return [(tuple(rows), " + ".join(source.columns), "", sentence) for (rows,) in same]


def _with_lines(source: Source, findings: Sequence[_Wrong]) -> list[Finding]:
    lines = source.line_numbers(row for rows, *_rest in findings for row in rows)
    return [
        Finding(tuple(lines[row] for row in rows), column, value, len(rows), sentence)
        for rows, column, value, sentence in findings
    ]
