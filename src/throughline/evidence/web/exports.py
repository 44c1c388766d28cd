"""What a page shows, as rows of a file: the same figures, never more."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from throughline.evidence.answers import GraduationPage, Row
from throughline.evidence.sentences import HIDDEN

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def rows(page: GraduationPage) -> Iterator[list[str]]:
    """Yield a heading, the groups, everyone, and the school rows that the page shows, with sources."""
    yield [
        _("District"), _("NCES id"), _("School year"), _("School"), _("Group"),
        _("Graduated in four years, as a range of percent"), _("Lowest percent"),
        _("Highest percent"), _("Students"), _("Schools counted"),
        _("Difference in percentage points"), _("Compared with"), _("Source"),
    ]  # fmt: skip
    if page.source is None:
        return
    words = f"{page.source.source}, {page.source.table}, {page.source.retrieved_on}"
    start = [page.place.name, page.place.code, page.year_words]
    shown = [*page.rows, *([page.everyone] if page.everyone else [])]
    for row in shown:
        line = [*start, "", *_group(row), page.comparator_label, words]
        yield [cell(text) for text in line]
    for school in page.schools:
        line = [*start, school.name, page.look_label, school.rate, "", "", school.students]
        yield [cell(text) for text in [*line, "", "", "", words]]


def _group(row: Row) -> list[str]:
    ends = ["" if end is None else str(end) for end in (row.low, row.high)]
    rate = str(HIDDEN) if row.is_hidden else row.rate
    return [row.label, rate, *ends, row.students, row.schools, row.gap]
