"""Lists of codes with their names by language, kept as files: ``code,en,es``. Loads no Django."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from pathlib import Path

COUNTRIES = Path(__file__).with_name("countries.csv")
LANGUAGES = Path(__file__).with_name("packs") / "languages.csv"


@cache
def names_in(table: Path) -> dict[str, dict[str, str]]:
    """Return the names of each code by language."""
    with table.open(encoding="utf-8", newline="") as file:
        return {row.pop("code"): row for row in csv.DictReader(file)}


def listed(table: Path, language: str) -> list[tuple[str, str]]:
    """Return code and name of each entry, by name; accents do not change the order."""
    named = [(code, row.get(language) or row["en"]) for code, row in names_in(table).items()]
    return sorted(named, key=lambda one: _without_accents(one[1]))


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()
