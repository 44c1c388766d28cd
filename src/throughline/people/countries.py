"""Countries by their two-letter ISO code, named in the reader's language.

``countries.csv`` holds the codes of the zone database (ISO 3166-1) with the names that Unicode's
locale data gives them; a test compares it with both.
"""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

_TABLE = Path(__file__).with_name("countries.csv")


@cache
def _names() -> dict[str, dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("code"): row for row in csv.DictReader(file)}


def country_name(code: str) -> str:
    """Return what the reader calls a country: "Kenya"; an unknown code stays as it is."""
    names = _names().get(code)
    if names is None:
        return code
    return names.get((get_language() or "en").partition("-")[0]) or names["en"]


def countries() -> list[tuple[str, str]]:
    """Return code and name of every country, by name; accents do not change the order."""
    named = [(code, country_name(code)) for code in _names()]
    return sorted(named, key=lambda one: _without_accents(one[1]))


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()
