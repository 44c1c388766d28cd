"""From one row an event to one row a student. Students and events are never mixed.

``suspended`` says whether it happened to a student; ``suspended_events`` how often.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from throughline.engines.disparity.codebook import OutcomeColumn
from throughline.engines.disparity.database import Aside, opened, quoted, text
from throughline.engines.disparity.missing import EVERYWHERE
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.snapshots import snapshot
from throughline.engines.disparity.tables import Outcome
from throughline.engines.disparity.unreadable import Finding, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HOW_OFTEN = "_events"
"""Ends the name of the column that counts the events of a student."""

_FIRST = '"throughline first"'
"""The row that a student comes from, beside columns that may be called anything."""

_Wrong = tuple[list[int], str, str, str]
"""Rows, column, value and sentence of a finding whose lines are not known yet."""


def one_row_a_student(
    source: Source,
    student: str,
    *,
    keep: Sequence[str],
    events: Sequence[str],
    among: tuple[str, ...] = EVERYWHERE,
) -> Source:
    """Return a file of events with one row a student; the number of the student is not kept.

    An event column says 1 or 0 in each row. It happened to a student if any row says so; it did
    not if at least one row says it did not; with nothing but missing codes it is missing.

    Parameters
    ----------
    keep
        Columns that are the same in all rows of a student, such as race.

    Raises
    ------
    Unreadable
        The file lacks a column.
    Refused
        A row without a student, a student with two values of one column, an event that is
        neither 1 nor 0: every line of it.
    """
    source.need([student, *keep, *events])
    columns = list(dict.fromkeys([student, *keep, *events]))
    aside = Aside("students")
    with opened() as database:
        database.execute(f"CREATE TEMP TABLE given AS {source.trimmed(columns)}")
        wrong = _without_a_student(database, student)
        for column in keep:
            wrong += _two_values(database, student, column)
        sums = []
        for at, column in enumerate(events):
            wrong += _read_events(database, f"e{at}", column, among)
            sums += [
                f"max(e{at}.happened) AS {quoted(column)}",
                f"sum(e{at}.happened) AS {quoted(column + HOW_OFTEN)}",
            ]
        if wrong:
            raise Refused(source.path, _with_lines(source, wrong))
        joins = " ".join(
            f"LEFT JOIN e{at} ON given.{quoted(column)} = e{at}.said"
            for at, column in enumerate(events)
        )
        kept = [f"min({quoted(one)}) AS {quoted(one)}" for one in keep]
        query = (
            f"SELECT {', '.join([*kept, *sums])}, min(file_row_number) AS {_FIRST} FROM given {joins} "  # noqa: S608
            f"GROUP BY given.{quoted(student)} ORDER BY {_FIRST}"
        )
        return _kept(database, source, query, aside, repr((student, keep, events, among)))


def with_events(
    students: Source,
    events: Source,
    student: str,
    outcome: str,
    *,
    kind: str | None = None,
    kinds: Collection[str] = (),
) -> Source:
    """Return the students with what a second file of events says about each.

    Who is in the first file and has no row in the second is a 0, not a missing figure: the
    second file lists every event. The number of the student is not kept.

    Parameters
    ----------
    kind, kinds
        A column of the events, and which of its values count. Without them every row counts.

    Raises
    ------
    Unreadable
        A file lacks a column.
    Refused
        A row without a student, a student who stands twice, an event of somebody who is not
        among the students: every line of it.
    """
    students.need([student])
    events.need([student, *([kind] if kind else [])])
    columns = [one for one in students.columns if one != student]
    aside = Aside("students")
    with opened() as database:
        database.execute(f"CREATE TEMP TABLE given AS {students.trimmed(students.columns)}")
        wrong = _without_a_student(database, student) + _more_than_once(database, student)
        if wrong:
            raise Refused(students.path, _with_lines(students, wrong))
        database.execute(
            f"CREATE TEMP TABLE happened AS {events.trimmed([student, *([kind] if kind else [])])}"
        )
        strangers = database.execute(
            f"SELECT list(file_row_number ORDER BY 1) FROM happened WHERE {quoted(student)} NOT IN "  # noqa: S608
            f"(SELECT {quoted(student)} FROM given)"
        ).fetchone()
        if strangers and strangers[0]:
            sentence = "this student is not in the file of students."
            raise Refused(events.path, _with_lines(events, [(strangers[0], student, "", sentence)]))
        counts = f" AND happened.{quoted(kind)} IN (SELECT unnest(?::VARCHAR[]))" if kind else ""
        often = f"count(happened.{quoted(student)})"
        query = (
            f"SELECT {_prefixed(columns)}, ({often} > 0)::INT AS {quoted(outcome)}, "  # noqa: S608
            f"{often} AS {quoted(outcome + HOW_OFTEN)}, given.file_row_number AS {_FIRST} FROM given "
            f"LEFT JOIN happened ON given.{quoted(student)} = happened.{quoted(student)}{counts} "
            f"GROUP BY ALL ORDER BY {_FIRST}"
        )
        described = repr((student, outcome, kind, sorted(kinds), events.sha256))
        return _kept(database, students, query, aside, described, [list(kinds)] if kind else [])


def _read_events(
    database: DuckDBPyConnection, name: str, column: str, among: tuple[str, ...]
) -> list[_Wrong]:
    """Make a table of what each different text of an event column says; return what says nothing."""
    found = database.execute(
        f"SELECT {quoted(column)}, list(file_row_number) FROM given GROUP BY 1"  # noqa: S608
    ).fetchall()
    reading = OutcomeColumn(Outcome(column), column)
    said = [(value, reading.value_of(value, among), rows) for value, rows in found]
    known = [(value, happened) for value, happened, _rows in said if isinstance(happened, int)]
    database.execute(
        f"CREATE TEMP TABLE {name} AS "
        "SELECT unnest(?::VARCHAR[]) AS said, unnest(?::INT[]) AS happened",
        [[value for value, _happened in known], [happened for _value, happened in known]],
    )
    return [
        (rows, column, value, refused) for value, refused, rows in said if isinstance(refused, str)
    ]


def _prefixed(columns: Sequence[str]) -> str:
    return ", ".join(f"given.{quoted(one)}" for one in columns)


def _kept(
    database: DuckDBPyConnection,
    source: Source,
    query: str,
    aside: Aside,
    described: str,
    values: Sequence[object] = (),
) -> Source:
    """Run the query into a file of its own; its last column is the row a student comes from."""
    database.execute(f"CREATE TEMP TABLE answer AS {query}", values)
    cells = aside.path / "cells.parquet"
    database.execute(
        f"COPY (SELECT * EXCLUDE {_FIRST} FROM answer) TO {text(cells)} (FORMAT parquet)"  # noqa: S608
    )
    found = database.execute(f"SELECT {_FIRST} FROM answer").fetchall()  # noqa: S608
    firsts = [row for (row,) in found]
    lines = source.line_numbers(firsts)
    described_columns = database.execute("DESCRIBE answer").fetchall()
    return replace(
        source,
        columns=tuple(name for name, *_rest in described_columns[:-1]),
        rows=len(firsts),
        sha256=snapshot([source.sha256], described),
        cells=cells,
        lines=tuple(lines[row] for row in firsts),
        aside=aside,
    )


def _without_a_student(database: DuckDBPyConnection, student: str) -> list[_Wrong]:
    return _rows_where(
        database, f"{quoted(student)} = ''", student, "there is no student in this row."
    )


def _more_than_once(database: DuckDBPyConnection, student: str) -> list[_Wrong]:
    twice = (
        f"{quoted(student)} IN (SELECT {quoted(student)} FROM given GROUP BY 1 HAVING count(*) > 1)"  # noqa: S608
    )
    return _rows_where(database, twice, student, "the same student stands in several rows.")


def _two_values(database: DuckDBPyConnection, student: str, column: str) -> list[_Wrong]:
    differ = (
        f"{quoted(student)} IN (SELECT {quoted(student)} FROM given GROUP BY 1 "  # noqa: S608
        f"HAVING min({quoted(column)}) <> max({quoted(column)}))"
    )
    return _rows_where(database, differ, column, "one student has two values of it.")


def _rows_where(
    database: DuckDBPyConnection, condition: str, column: str, sentence: str
) -> list[_Wrong]:
    found = database.execute(
        f"SELECT file_row_number FROM given WHERE {condition} ORDER BY 1"  # noqa: S608
    ).fetchall()
    return [([row for (row,) in found], column, "", sentence)] if found else []


def _with_lines(source: Source, wrong: Sequence[_Wrong]) -> list[Finding]:
    lines = source.line_numbers(row for rows, *_rest in wrong for row in rows)
    return [
        Finding(tuple(sorted(lines[row] for row in rows)), column, value, len(rows), sentence)
        for rows, column, value, sentence in wrong
    ]
