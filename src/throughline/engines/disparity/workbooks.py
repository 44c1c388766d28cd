"""A sheet of a workbook as text, cell by cell, with the line of every row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.engines.disparity.guessing import LOOKED_AT, Layout, guess_header
from throughline.engines.disparity.unreadable import Unreadable

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Cell = int | float | str | bool | date | datetime | time | timedelta


def workbook_as_text(
    path: Path, aside: Path, sheet: str | None, header: int | None
) -> tuple[Path, Layout, tuple[int, ...]]:
    """Write a sheet as comma-separated text, the header in its first line and no empty lines.

    Returns the text, the layout as the person sees it, and the sheet's line of every row.

    Raises
    ------
    Unreadable
        It is no workbook, it is locked, or it has no such sheet.
    """
    rows, name = _rows_of(path, sheet)
    written = [[as_text(cell) for cell in row] for row in rows]
    at = guess_header(written[:LOOKED_AT]) if header is None else header - 1
    if at >= len(written):
        raise Unreadable(path, header, "there are no column names in this line.")
    width = len(_without_tail(written[at]))
    lines = []
    plain = aside / "sheet.csv"
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(written[at][:width])
        for number, row in enumerate(written[at + 1 :], at + 2):
            if not any(row):
                continue
            if any(row[width:]):
                raise Unreadable(path, number, "there is a cell to the right of the last column.")
            writer.writerow(row[:width])
            lines.append(number)
    return plain, Layout("xlsx", at + 1, "utf-8", ",", name), tuple(lines)


def _rows_of(path: Path, sheet: str | None) -> tuple[Sequence[Sequence[Cell]], str]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - seldom needed

    try:
        with CalamineWorkbook.from_path(path) as workbook:
            name = sheet or _first_filled(workbook)
            if name not in workbook.sheet_names:
                there = ", ".join(workbook.sheet_names)
                raise Unreadable(
                    path, None, f"there is no sheet {name!r}. The sheets are: {there}."
                )
            return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), name
    except CalamineError as error:
        raise Unreadable(
            path, None, "the workbook cannot be opened: it is damaged, or locked with a password."
        ) from error


def _first_filled(workbook: CalamineWorkbook) -> str:
    for name in workbook.sheet_names:
        if workbook.get_sheet_by_name(name).to_python():
            return name
    return workbook.sheet_names[0]


def _without_tail(row: Sequence[str]) -> Sequence[str]:
    end = max((place for place, cell in enumerate(row, 1) if cell), default=0)
    return row[:end]


def as_text(cell: Cell | None) -> str:
    """Return a cell as a person reads it; whole numbers without a decimal point.

    Examples
    --------
    >>> as_text(12.0), as_text(3.27), as_text(True), as_text("x ")
    ('12', '3.27', 'true', 'x')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return str(cell).strip()
