"""Federal holidays of the United States (5 U.S.C. 6103), without loading a library for them.

Most programs need no others, and a check of a file should answer at once. A test compares this
with the ``holidays`` library, which knows the rest of the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

FIXED = (
    (1, 1, "New Year's Day"),
    (6, 19, "Juneteenth National Independence Day"),
    (7, 4, "Independence Day"),
    (11, 11, "Veterans Day"),
    (12, 25, "Christmas Day"),
)
"""Month, day, name. On a Saturday the Friday before is observed, on a Sunday the Monday after."""

FLOATING = (
    (1, 0, 3, "Martin Luther King Jr. Day"),
    (2, 0, 3, "Washington's Birthday"),
    (9, 0, 1, "Labor Day"),
    (10, 0, 2, "Columbus Day"),
    (11, 3, 4, "Thanksgiving Day"),
)
"""Month, weekday (Monday is 0), which one of the month, name."""

SATURDAY, SUNDAY = 5, 6

SINCE = 2021
"""The first year of the present eleven holidays."""


def federal_holidays(year: int) -> dict[date, str]:
    """Return the holidays of a year by day, observed days included."""
    return dict(sorted((day, name) for day, name in _all(year) if day.year == year))


def _all(year: int) -> Iterator[tuple[date, str]]:
    for month, weekday, which, name in FLOATING:
        first = date(year, month, 1)
        yield first + timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1)), name
    last = date(year, 5, 31)
    yield last - timedelta(last.weekday()), "Memorial Day"
    fixed = [(date(year, month, day), name) for month, day, name in FIXED]
    yield from fixed
    for day, name in (*fixed, (date(year + 1, 1, 1), FIXED[0][2])):
        shift = {SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0)
        if shift:
            yield day + timedelta(shift), f"{name} (observed)"
