"""Money: an amount in the smallest coin and an ISO 4217 currency."""

from __future__ import annotations

import re
from dataclasses import dataclass

EXPECTED = 'an amount of money with its currency, such as "30500 USD" or "12.50 USD"'
PATTERN = r"(\d{1,9})(?:\.(\d\d))? ([A-Z]{3})"


@dataclass(frozen=True, slots=True)
class Money:
    """So many cents of a currency."""

    cents: int
    currency: str

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02d} {self.currency}"

    def words(self) -> str:
        """Say it with thousands apart, and without cents where there are none."""
        rest = f".{self.cents % 100:02d}" if self.cents % 100 else ""
        return f"{self.cents // 100:,}{rest} {self.currency}"


def parse_money(text: str) -> Money:
    """Read an amount of money.

    Raises
    ------
    ValueError
        It is none; the message says what was expected.
    """
    found = re.fullmatch(PATTERN, text)
    if found is None:
        raise ValueError(EXPECTED)
    return Money(int(found[1]) * 100 + int(found[2] or 0), found[3])
