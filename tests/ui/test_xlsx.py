"""A spreadsheet read back by another library: numbers are numbers, texts are texts."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

from python_calamine import CalamineWorkbook

from throughline.ui.exports.xlsx import Sheet, send_xlsx, xlsx_of

MADE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
SHEET = Sheet(
    "Who: a/b [all] and a name that goes on and on",
    ["Name", "n", "Share", "Day"],
    [
        ["=1+1", 12, Decimal("83.5"), date(2026, 5, 11)],
        ["https://host.example", 0, None, None],
        ["", -3, Decimal(0), date(2027, 1, 2)],
    ],
)


def made() -> bytes:
    return xlsx_of([SHEET], title="Cohort 4", author="Our Network", made_at=MADE)


def test_what_is_written_is_read_back_and_no_text_becomes_a_formula_or_a_link():
    book = CalamineWorkbook.from_filelike(io.BytesIO(made()))

    assert book.sheet_names == ["Who  a b  all  and a name that"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["Name", "n", "Share", "Day"],
        ["=1+1", 12, 83.5, date(2026, 5, 11)],
        ["https://host.example", 0, "", ""],
        ["", -3, 0, date(2027, 1, 2)],
    ]
    assert b"hyperlink" not in made()


def test_the_same_tables_at_the_same_moment_are_the_same_bytes():
    assert made() == made()


def test_it_is_sent_under_its_name_and_kept_by_no_cache():
    sent = send_xlsx([SHEET], "cohort 4.xlsx", title="Cohort 4", author="Us", made_at=MADE)

    assert sent["Content-Disposition"] == 'attachment; filename="cohort 4.xlsx"'
    assert sent["Cache-Control"] == "no-store, private"
    assert sent["Content-Type"].endswith("spreadsheetml.sheet")
