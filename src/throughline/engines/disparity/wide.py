"""Files with a column for every group, as the Civil Rights Data Collection lays them out.

A group's figure is the sum of several columns: both sexes, students with and without disabilities.
Where one of them is missing the sum is missing too, and the coverage says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from throughline.engines.disparity.codebook import Texts
from throughline.engines.disparity.counted import Counted, CountedRow
from throughline.engines.disparity.database import Aside, listed, opened, quoted, text
from throughline.engines.disparity.missing import find_missing, guess_families, why_not
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.snapshots import snapshot
from throughline.engines.disparity.unreadable import Finding, Refused, Unreadable
from throughline.engines.disparity.values import whole


@dataclass(frozen=True, slots=True)
class Addends:
    """A group and the columns whose sums are its students and its events."""

    labels: Texts
    n: tuple[str, ...]
    events: tuple[str, ...]


def addends(
    source: Source,
    groups: Mapping[str, str],
    n: Sequence[str],
    events: Sequence[str],
    parts: Sequence[str],
) -> tuple[Addends, ...]:
    """Return the columns of every group, from patterns such as ``SCH_ENR_{group}_{part}``.

    Parameters
    ----------
    groups
        The label of each code that stands for ``{group}``.
    parts
        What stands for ``{part}``; those that the file has are added (``M``, ``F``, later ``X``).

    Raises
    ------
    Unreadable
        A pattern fits no column of a group.
    """

    def fitting(patterns: Sequence[str], code: str) -> tuple[str, ...]:
        found: list[str] = []
        for pattern in patterns:
            names = [pattern.format(group=code, part=part) for part in parts]
            there = [name for name in names if name in source.columns]
            if not there:
                raise Unreadable(
                    source.path, source.layout.header, f"there is no column such as {names[0]!r}."
                )
            found += there
        return tuple(dict.fromkeys(found))

    return tuple(
        Addends((label,), fitting(n, code), fitting(events, code)) for code, label in groups.items()
    )


def read_wide(
    source: Source,
    by: Sequence[str],
    groups: Sequence[Addends],
    outcome: str,
    *,
    among: tuple[str, ...] | None = None,
) -> Counted:
    """Add up the columns of every group over all rows of the file.

    A row whose students are known and whose events are not counts among the students alone.

    Raises
    ------
    Unreadable
        The file lacks a column.
    Refused
        Every cell that is no count, and every row with more events than students in a group.
    """
    columns = list(dict.fromkeys(name for one in groups for name in (*one.n, *one.events)))
    source.need(columns)
    if any(len(one.labels) != len(by) for one in groups):
        raise ValueError("Every group has one label for each of the names it is grouped by.")
    with opened() as database:
        found = database.execute(f"{source.trimmed(columns)} ORDER BY file_row_number").fetchall()
    if among is None:
        among = guess_families({cell for row in found for cell in row[:-1]})
    read, findings = _read_cells(source, columns, found, among)
    rows: dict[tuple[Texts, bool, bool], list[int]] = {}
    for number, cells in enumerate(read):
        for one in groups:
            students, happened = _sum(cells, one.n), _sum(cells, one.events)
            if students is not None and happened is not None and happened > students:
                findings.append(_impossible(source, number, one, happened, students))
            known = rows.setdefault((one.labels, students is None, happened is None), [0, 0])
            known[0] += students or 0
            known[1] += happened or 0
    if findings:
        raise Refused(source.path, findings)
    counted = [
        CountedRow(at, labels, None if unsized else n, (None if unknown else e,))
        for at, ((labels, unsized, unknown), (n, e)) in enumerate(rows.items())
    ]
    described = repr((tuple(by), tuple(groups), outcome, among))
    return Counted(tuple(by), (outcome,), tuple(counted), snapshot([source.sha256], described))


_Cells = Mapping[str, int | None]


def _read_cells(
    source: Source, columns: Sequence[str], rows: Sequence[tuple[str, ...]], among: tuple[str, ...]
) -> tuple[list[_Cells], list[Finding]]:
    """Return the counts of every row; a text is read once however often it stands."""
    texts = {cell for row in rows for cell in row[:-1]}
    counts = {one: None if find_missing(one, among) else whole(one) for one in texts}
    wrong = {one for one in texts if counts[one] is None and not find_missing(one, among)}
    places: dict[tuple[str, str], list[int]] = {}
    if wrong:
        for number, row in enumerate(rows):
            for column, cell in zip(columns, row, strict=False):
                if cell in wrong:
                    places.setdefault((column, cell), []).append(number)
    lines = source.line_numbers(number for numbers in places.values() for number in numbers)
    findings = [
        Finding(tuple(lines[one] for one in numbers), column, cell, len(numbers), why_not(cell))
        for (column, cell), numbers in places.items()
    ]
    return [
        {column: counts[cell] for column, cell in zip(columns, row, strict=False)} for row in rows
    ], findings


def _sum(cells: _Cells, columns: Sequence[str]) -> int | None:
    found = [cells[column] for column in columns]
    return None if None in found else sum(one or 0 for one in found)


def _impossible(source: Source, row: int, group: Addends, events: int, n: int) -> Finding:
    return Finding(
        (source.line_numbers([row])[row],),
        " + ".join(group.events),
        str(events),
        1,
        f"{events} of {n} students ({' / '.join(group.labels)}): there cannot be more events than students.",
    )


def joined(one: Source, other: Source, key: str) -> Source:
    """Return the rows of ``one`` with the columns of ``other`` beside them, where ``key`` agrees.

    A row without a partner has blank cells there, which are missing and never zero. A key is
    text: leading zeros stay.

    Raises
    ------
    Unreadable
        A file lacks the key, or both have another column of the same name.
    Refused
        A key stands in several rows of a file: all lines.
    """
    for source in (one, other):
        source.need([key])
        _refuse_twice(source, key)
    further = [name for name in other.columns if name != key]
    if both := next((name for name in further if name in one.columns), None):
        raise Unreadable(other.path, None, f"both files have a column {both!r}. Leave one out.")
    aside = Aside("joined")
    cells = aside.path / "cells.parquet"
    left, right = quoted("throughline one"), quoted("throughline other")
    with opened() as database:
        database.execute(
            f"COPY (SELECT {left}.* EXCLUDE file_row_number, {listed(further)} "  # noqa: S608
            f"FROM ({one.trimmed(one.columns)}) AS {left} "
            f"LEFT JOIN ({other.trimmed(other.columns)}) AS {right} USING ({quoted(key)}) "
            f"ORDER BY {left}.file_row_number) TO {text(cells)} (FORMAT parquet)"
        )
    numbers = one.line_numbers(range(one.rows))
    return replace(
        one,
        columns=(*one.columns, *further),
        sha256=snapshot([one.sha256, other.sha256], key),
        cells=cells,
        lines=tuple(numbers[row] for row in range(one.rows)),
        aside=aside,
    )


def _refuse_twice(source: Source, key: str) -> None:
    with opened() as database:
        found = database.execute(
            f"SELECT {quoted(key)}, list(file_row_number ORDER BY file_row_number) FROM "  # noqa: S608
            f"({source.trimmed([key])}) GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
        ).fetchall()
    lines = source.line_numbers(row for _value, rows in found for row in rows)
    if found:
        raise Refused(
            source.path,
            [
                Finding(
                    tuple(lines[row] for row in rows), key, value, len(rows),
                    f"{value!r} stands in several rows. Keep the right one.",
                )
                for value, rows in found
            ],
        )  # fmt: skip
