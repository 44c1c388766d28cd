"""Numbers that count up within something: versions, positions, ranks."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet


def following(rows: QuerySet[Any], column: str) -> int:
    """Return the number after the highest in ``column``; 1 where there is none.

    Take the row that the numbers belong to first, or two people get the same one.
    """
    return int(rows.aggregate(last=Max(column))["last"] or 0) + 1
