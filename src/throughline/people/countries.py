"""Countries by their two-letter ISO code, named in the reader's language.

``countries.csv`` holds the codes of the zone database (ISO 3166-1) with the names that Unicode's
locale data gives them; a test compares it with both.
"""

from __future__ import annotations

from django.utils.translation import get_language

from throughline.people.code_lists import COUNTRIES, listed, names_in


def country_name(code: str) -> str:
    """Return what the reader calls a country: "Kenya"; an unknown code stays as it is."""
    names = names_in(COUNTRIES).get(code)
    if names is None:
        return code
    return names.get(_reading()) or names["en"]


def countries() -> list[tuple[str, str]]:
    """Return code and name of every country, by name; accents do not change the order."""
    return listed(COUNTRIES, _reading())


def _reading() -> str:
    return (get_language() or "en").partition("-")[0]
