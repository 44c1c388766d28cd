"""Tables as a spreadsheet: numbers stay numbers, and no text of a person becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

from django.http import HttpResponse
from django.utils.http import content_disposition_header

Cell: TypeAlias = str | int | Decimal | date | None

NAME_MOST = 31
"""What a spreadsheet allows for the name of a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its headings, and its rows."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def xlsx_of(sheets: Sequence[Sheet], *, title: str, author: str, made_at: datetime) -> bytes:
    """Return a workbook; the same tables at the same moment give the same bytes."""
    import xlsxwriter  # noqa: PLC0415 - slow import

    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, plain)
    made = made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    book.set_properties({"title": title, "author": author, "created": made})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name))
        page.freeze_panes(1, 0)
        page.write_row(0, 0, sheet.headings, bold)
        for place, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(
                        place, column, datetime.combine(cell, datetime.min.time()), day
                    )
                elif isinstance(cell, int | Decimal):
                    page.write_number(place, column, float(cell))
                elif cell:
                    page.write_string(place, column, str(cell))
        page.set_column(0, 0, 36)
        page.set_column(1, max(len(sheet.headings) - 1, 1), 16)
    book.close()
    return out.getvalue()


def send_xlsx(
    sheets: Sequence[Sheet], name: str, *, title: str, author: str, made_at: datetime
) -> HttpResponse:
    """Send the tables to be saved under ``name``; no cache on the way keeps them."""
    response = HttpResponse(
        xlsx_of(sheets, title=title, author=author, made_at=made_at),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _sheet_name(name: str) -> str:
    """Return a name that every spreadsheet program takes."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:NAME_MOST].strip()
