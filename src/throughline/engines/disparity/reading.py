"""Open a file of students or of counts: CSV, XLSX or Parquet, read whole or not at all.

Every cell is kept as the text that stands in it; what it means is the codebook's affair.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from throughline.engines.disparity.database import (
    Aside,
    database_error,
    listed,
    opened,
    parquet,
    quoted,
    text,
)
from throughline.engines.disparity.guessing import Layout, first_lines, guess_format, guess_text
from throughline.engines.disparity.identifying import identifying, refusal
from throughline.engines.disparity.snapshots import sha256_of
from throughline.engines.disparity.unreadable import Refused, Unreadable
from throughline.engines.disparity.workbooks import workbook_as_text

SAMPLED = 1000
"""So many rows are looked at to see whether a column points at a child."""

_ROW = "file_row_number"
"""The database's own name for the number of a row."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read whole: its layout, its columns, and its cells in a Parquet file.

    ``lines`` are the lines of the rows where they cannot be found again in the file: of a workbook,
    and of students who were put together from events.
    """

    path: Path
    layout: Layout
    columns: tuple[str, ...]
    rows: int
    sha256: str
    cells: Path
    lines: tuple[int, ...] = ()
    aside: Aside | None = field(default=None, compare=False, repr=False)

    def need(self, names: Iterable[str]) -> None:
        """Refuse if the file lacks one of these columns.

        Raises
        ------
        Unreadable
            A column is not there; the sentence lists those that are.
        """
        for name in names:
            if name not in self.columns:
                there = ", ".join(self.columns)
                line = self.layout.header if self.layout.format != "parquet" else None
                raise Unreadable(
                    self.path, line, f"there is no column {name!r}. The columns are: {there}."
                )

    def trimmed(self, columns: Sequence[str]) -> str:
        """Return the SQL of these columns as texts without spaces around, with the row's number."""
        parts = [f"coalesce(trim({quoted(one)}::VARCHAR), '') AS {quoted(one)}" for one in columns]
        return f"SELECT {', '.join([*parts, _ROW])} FROM {parquet(self.cells)}"  # noqa: S608 - quoted

    def line_numbers(self, rows: Iterable[int]) -> dict[int, int]:
        """Return the line of each of these rows, which are counted from 0."""
        wanted = set(rows)
        if self.lines:
            return {row: self.lines[row] for row in wanted}
        if self.layout.format == "parquet":
            return {row: row + 1 for row in wanted}
        return _lines_of_text(self.path, self.layout, wanted)


def read(
    path: Path | str,
    *,
    header: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    without: Sequence[str] = (),
) -> Source:
    """Read a file. What is not given is guessed; ``layout`` of the answer says what was taken.

    Parameters
    ----------
    header
        The line of the column names, counted from 1.
    without
        Columns to leave out. They are never kept.

    Raises
    ------
    Unreadable
        The file cannot be read; the sentence says where and what was expected.
    Refused
        A column holds a name, a birth date or a Social Security number.
    """
    path = Path(path)
    kind = guess_format(path)
    aside = Aside("reading")
    lines: tuple[int, ...] = ()
    if kind == "parquet":
        layout, cells = Layout("parquet"), path
        columns = _columns_of_parquet(path)
    elif kind == "xlsx":
        as_text, layout, lines = workbook_as_text(path, aside.path, sheet, header)
        columns, cells = _keep(path, as_text, replace(layout, header=1), aside.path, without)
    else:
        layout = guess_text(path, encoding, delimiter, header)
        plain = _as_utf8(path, layout, aside.path)
        columns, cells = _keep(path, plain, layout, aside.path, without)
    columns = tuple(name for name in columns if name not in without)
    if _ROW in (name.casefold() for name in columns):
        raise Unreadable(path, layout.header, f"the column name {_ROW!r} is taken. Rename it.")
    _refuse_identifying(path, cells, columns)
    with opened() as database:
        counted = database.execute(f"SELECT count(*) FROM {parquet(cells)}").fetchone()  # noqa: S608
    rows = counted[0] if counted else 0
    if not rows:
        raise Unreadable(path, layout.header, "there is no row below the column names.")
    return Source(path, layout, columns, rows, sha256_of(path), cells, lines, aside)


def _as_utf8(path: Path, layout: Layout, aside: Path) -> Path:
    """Return the file itself if it is UTF-8, else a copy of it in UTF-8."""
    first_lines(path, layout.encoding)
    if layout.encoding in {"utf-8", "utf-8-sig"}:
        return path
    copy = aside / "text.csv"
    try:
        with (
            path.open(encoding=layout.encoding, newline="") as file,
            copy.open("w", encoding="utf-8", newline="") as into,
        ):
            while chunk := file.read(1 << 20):
                into.write(chunk.removeprefix("\ufeff"))
    except UnicodeError as error:
        raise Unreadable(path, None, f"the text is not in {layout.encoding}.") from error
    return copy


def _keep(
    path: Path, plain: Path, layout: Layout, aside: Path, without: Sequence[str]
) -> tuple[tuple[str, ...], Path]:
    """Read all lines below the header into a Parquet file of texts."""
    names = _header_names(path, plain, layout)
    columns = ", ".join(f"{text(name)}: 'VARCHAR'" for name in names)
    kept = [name for name in names if name not in without]
    if not kept:
        raise Unreadable(path, layout.header, "no column is left to read.")
    cells = aside / "cells.parquet"
    reading = f"""read_csv({text(plain)}, columns = {{{columns}}}, delim = {text(layout.delimiter)},
        skip = {layout.header}, header = false, auto_detect = false, quote = '"', escape = '"',
        nullstr = '', null_padding = false, strict_mode = true, max_line_size = 10000000)"""
    with opened() as database:
        try:
            database.execute(
                f"COPY (SELECT {listed(kept)} FROM {reading}) TO {text(cells)} (FORMAT parquet)"  # noqa: S608
            )
        except database_error() as error:
            raise _explained(path, plain, layout, len(names), str(error)) from error
    return tuple(kept), cells


def _header_names(path: Path, plain: Path, layout: Layout) -> list[str]:
    with plain.open(encoding="utf-8-sig", newline="") as file:
        for _line in range(layout.header - 1):
            file.readline()
        names = [cell.strip() for cell in next(csv.reader(file, delimiter=layout.delimiter), [])]
    named = [name or f"column {place}" for place, name in enumerate(names, 1)]
    if not any(names):
        raise Unreadable(path, layout.header, "there are no column names in this line.")
    lower = [name.casefold() for name in named]
    if twice := next((name for name in named if lower.count(name.casefold()) > 1), None):
        raise Unreadable(path, layout.header, f"the column name {twice!r} stands twice.")
    return named


def _explained(path: Path, plain: Path, layout: Layout, width: int, said: str) -> Unreadable:
    """Return the refusal of a text that cannot be cut into rows, with the line at fault."""
    with plain.open(encoding="utf-8-sig", newline="") as file:
        for _line in range(layout.header):
            file.readline()
        reader = csv.reader(file, delimiter=layout.delimiter, strict=True)
        before = 0
        try:
            for row in reader:
                if row and len(row) != width:
                    line = layout.header + before + 1
                    return Unreadable(
                        path,
                        line,
                        f"expected {width} cells as in the column names, not {len(row)}.",
                    )
                before = reader.line_num
        except csv.Error:
            pass
    found = re.search(r"CSV Error on Line: (\d+)", said)
    line_said = int(found[1]) if found else layout.header + before + 1
    return Unreadable(path, line_said, 'expected quotation marks in pairs: "like this".')


def _lines_of_text(path: Path, layout: Layout, wanted: set[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    with path.open(encoding=layout.encoding, newline="") as file:
        for _line in range(layout.header):
            file.readline()
        reader = csv.reader(file, delimiter=layout.delimiter)
        row, before, last = 0, 0, max(wanted, default=-1)
        for cells in reader:
            if cells:
                if row in wanted:
                    found[row] = layout.header + before + 1
                row += 1
            before = reader.line_num
            if row > last:
                break
    return found


def _columns_of_parquet(path: Path) -> tuple[str, ...]:
    with opened() as database:
        try:
            described = database.execute(f"DESCRIBE SELECT * FROM read_parquet({text(path)})")  # noqa: S608
        except database_error() as error:
            raise Unreadable(path, None, "the Parquet file is damaged or cut short.") from error
        return tuple(name for name, *_rest in described.fetchall())


def _refuse_identifying(path: Path, cells: Path, columns: Sequence[str]) -> None:
    with opened() as database:
        rows = database.execute(
            f"SELECT {listed(columns)} FROM read_parquet({text(cells)}) LIMIT {SAMPLED}"  # noqa: S608
        ).fetchall()
    findings = []
    for place, column in enumerate(columns):
        samples = [str(row[place]).strip() for row in rows if row[place] is not None]
        if kind := identifying(column, samples):
            findings.append(refusal(column, kind))
    if findings:
        raise Refused(path, findings)
