"""The contract of a file, made from its codebook, and a report of every row that breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from throughline.engines.disparity.codebook import Attribute, Codebook, OutcomeColumn, Texts
from throughline.engines.disparity.database import opened, quoted
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.unreadable import Finding

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

REPORTED = 10_000
"""The lines of so many bad rows are listed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What a contract asks of some columns: ``refuses`` gives the sentence, or nothing if it holds."""

    name: str
    columns: tuple[str, ...]
    refuses: Callable[[Texts], str | None]


def clauses(codebook: Codebook) -> Iterator[Clause]:
    """Yield what the codebook asks of the texts of a row."""
    for attribute in codebook.attributes:
        yield Clause(attribute.name, attribute.columns, _asks_attribute(attribute, codebook.among))
    for outcome in codebook.outcomes:
        yield Clause(
            outcome.outcome.name, (outcome.column,), _asks_outcome(outcome, codebook.among)
        )


def _asks_attribute(attribute: Attribute, among: tuple[str, ...]) -> Callable[[Texts], str | None]:
    return lambda texts: _sentence(attribute.code_of(texts, among))


def _asks_outcome(outcome: OutcomeColumn, among: tuple[str, ...]) -> Callable[[Texts], str | None]:
    return lambda texts: _sentence(outcome.value_of(texts[0], among))


def _sentence(answer: object) -> str | None:
    return answer if isinstance(answer, str) else None


def contract(codebook: Codebook) -> DataFrameSchema:
    """Return the pandera schema of a frame of texts that the codebook can read.

    Every check asks the codebook itself, so the contract and the reading cannot disagree.
    """
    import pandera.pandas as pa  # noqa: PLC0415 - takes seconds, and only a refused file needs it

    checks: dict[tuple[str, ...], list[Any]] = {}
    for clause in clauses(codebook):
        checks.setdefault(clause.columns, []).append(
            pa.Check(_holds(clause), name=clause.name, error=clause.name)
        )
    return pa.DataFrameSchema(
        {name: pa.Column(checks=checks.get((name,), [])) for name in codebook.columns},
        checks=[one for columns, some in checks.items() if len(columns) > 1 for one in some],
    )


def _holds(clause: Clause) -> Callable[[Any], Any]:
    """Return a check of one column, or of a whole frame when the clause looks at several."""

    def one_column(cells: Any) -> Any:
        return cells.map(lambda text: clause.refuses((text,)) is None)

    def whole_frame(frame: Any) -> Any:
        rows = frame[list(clause.columns)].itertuples(index=False, name=None)
        held = [clause.refuses(tuple(row)) is None for row in rows]
        return type(frame[clause.columns[0]])(held, index=frame.index)

    return one_column if len(clause.columns) == 1 else whole_frame


def report(source: Source, codebook: Codebook, rows: Iterable[int]) -> tuple[Finding, ...]:
    """Return every way in which rows of a file break the contract of its codebook, in words.

    ``rows`` are examples, one for each value that is not known; all rows of the same value are
    found and counted.
    """
    import pandas as pd  # noqa: PLC0415 - only a refused file needs it
    from pandera.errors import SchemaErrors  # noqa: PLC0415

    columns = list(codebook.columns)
    numbers = sorted(set(rows))
    with opened() as database:
        found = database.execute(
            f"SELECT * FROM ({source.trimmed(columns)}) WHERE file_row_number IN "  # noqa: S608
            "(SELECT unnest(?::BIGINT[])) ORDER BY file_row_number",
            [numbers],
        ).fetchall()
    frame = pd.DataFrame(
        [row[:-1] for row in found], columns=columns, index=[row[-1] for row in found], dtype=object
    )
    try:
        contract(codebook).validate(frame, lazy=True)
    except SchemaErrors as errors:
        failed = errors.failure_cases[["check", "index"]].itertuples(index=False, name=None)
        return _in_words(source, codebook, frame, sorted(set(failed), key=str))
    return ()


def _in_words(
    source: Source, codebook: Codebook, frame: Any, failed: list[tuple[str, int]]
) -> tuple[Finding, ...]:
    known = {clause.name: clause for clause in clauses(codebook)}
    sentences: dict[tuple[Clause, Texts], str] = {}
    for name, row in failed:
        clause = known[name]
        texts = tuple(frame.loc[row, list(clause.columns)])
        if sentence := clause.refuses(texts):
            sentences[clause, texts] = sentence
    where = {
        (clause, texts): _rows_with(source, clause.columns, texts) for clause, texts in sentences
    }
    lines = source.line_numbers(row for rows, _count in where.values() for row in rows)
    findings = [
        Finding(
            lines=tuple(lines[row] for row in rows),
            column=" + ".join(clause.columns),
            value=" / ".join(texts),
            rows=count,
            sentence=sentences[clause, texts],
        )
        for (clause, texts), (rows, count) in where.items()
    ]
    return tuple(sorted(findings, key=lambda one: (one.lines[:1], one.column)))


def _rows_with(source: Source, columns: tuple[str, ...], texts: Texts) -> tuple[list[int], int]:
    """Return the first rows in which these texts stand, and how many there are."""
    same = " AND ".join(f"{quoted(one)} = ?" for one in columns)
    with opened() as database:
        rows = database.execute(
            f"SELECT file_row_number FROM ({source.trimmed(columns)}) WHERE {same} ORDER BY 1",  # noqa: S608
            list(texts),
        ).fetchall()
    return [row for (row,) in rows[:REPORTED]], len(rows)
