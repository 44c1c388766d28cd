"""Amounts: a number, a unit and what the number means, in one phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

OPEN: Final = "?"
"""A number that the host still owes: the file is valid, a cohort cannot open."""

Meaning = Literal["exactly", "up to", "at least", "about", "on request"]

UNITS: dict[str, tuple[str, int]] = {
    "minute": ("minute", 1),
    "hour": ("minute", 60),
    "half-day": ("half-day", 1),
    "day": ("half-day", 2),
} | {
    unit: (unit, 1)
    for unit in (
        "session", "meeting", "visit", "week", "event", "place", "item", "report", "interview",
        "response", "conversation",
    )
}  # fmt: skip
"""What may be counted: the unit it is kept in, and how many of those it is."""

EXPECTED = (
    'an amount, such as "20 hours", "up to 6 sessions", "60 to 90 minutes" or "on request" '
    f"(units: {', '.join(UNITS)})"
)

PATTERN = (
    r"(?:(exactly|up to|at least|about) )?(\d{1,6}(?:\.\d{1,4})?)(?: to (\d{1,6}(?:\.\d{1,4})?))?"
    r" ([a-z-]+?)s?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """So many of a unit, kept in whole base units: minutes, half-days, sessions.

    ``low`` and ``high`` differ only in a range. ``on request`` promises no number: its unit is
    empty and both are 0.
    """

    meaning: Meaning
    low: int
    high: int
    unit: str

    @property
    def is_number(self) -> bool:
        """Whether a number is promised at all."""
        return self.meaning != "on request"

    @property
    def minutes(self) -> int | None:
        """The most minutes, if it is an amount of time."""
        return self.high if self.unit == "minute" else None

    @property
    def half_days(self) -> int | None:
        """The most half-days, if it is counted in days."""
        return self.high if self.unit == "half-day" else None

    def __str__(self) -> str:
        return self._spelled(Decimal(self.low), Decimal(self.high), self.unit)

    def words(self) -> str:
        """Say it the way a person would: hours rather than 120 minutes, days rather than 4 halves."""
        return self._spelled(*self.in_round_units())

    def in_round_units(self) -> tuple[Decimal, Decimal, str]:
        """Return both ends and the unit that a person would count them in."""
        low, high, unit = Decimal(self.low), Decimal(self.high), self.unit
        if unit == "minute" and low >= 90 and low % 30 == 0 and high % 30 == 0:
            low, high, unit = low / 60, high / 60, "hour"
        if unit == "half-day" and low % 2 == 0 and high % 2 == 0:
            low, high, unit = low / 2, high / 2, "day"
        return low, high, unit

    def _spelled(self, low: Decimal, high: Decimal, unit: str) -> str:
        if not self.is_number:
            return self.meaning
        number = (
            f"{low.normalize():f}"
            if low == high
            else f"{low.normalize():f} to {high.normalize():f}"
        )
        prefix = "" if self.meaning == "exactly" else f"{self.meaning} "
        return f"{prefix}{number} {unit}{'' if high == 1 else 's'}"


def parse_amount(text: str) -> Amount:
    """Read an amount.

    Raises
    ------
    ValueError
        It is none; the message says what was expected.

    Examples
    --------
    >>> parse_amount("up to 1.5 hours")
    Amount(meaning='up to', low=90, high=90, unit='minute')
    """
    if text == "on request":
        return Amount("on request", 0, 0, "")
    found = re.fullmatch(PATTERN, text)
    if found is None or found[4] not in UNITS:
        raise ValueError(EXPECTED)
    unit, size = UNITS[found[4]]
    low, high = Decimal(found[2]) * size, Decimal(found[3] or found[2]) * size
    if low != int(low) or high != int(high):
        raise ValueError(f"a whole number of {unit}s")
    if high < low:
        raise ValueError("a range that ends at or above its start")
    meaning: Meaning = found[1] or "exactly"  # type: ignore[assignment]  # the pattern lists them
    return Amount(meaning, int(low), int(high), unit)
