"""District names that a file prints in capitals, as a person would write them."""

from __future__ import annotations

import re

_KEPT = frozenset({
    "ISD", "CISD", "USD", "CUSD", "R-I", "II", "III", "IV", "VI", "BOCES", "SD", "MSAD", "RSU",
    "CSD", "UFSD", "MS", "PS", "JT", "UNIF", "NW", "SW", "NE", "SE", "KIPP", "STEM",
})  # fmt: skip
_SPELLED = {
    "CO": "County", "CNTY": "County", "PBLC": "Public", "SCHS": "Schools", "SCH": "School",
    "SCHOOLS": "Schools", "DIST": "District", "DIST.": "District", "VA": "Virginia",
}  # fmt: skip
_SMALL = frozenset({"OF", "AND", "THE", "FOR", "IN"})


def readable(name: str) -> str:
    """Return a name in capitals with ordinary case and its usual abbreviations spelled out.

    Examples
    --------
    >>> readable("NORFOLK CITY PBLC SCHS")
    'Norfolk City Public Schools'
    >>> readable("ARLINGTON ISD")
    'Arlington ISD'
    """
    words = name.split()
    return " ".join(_word(word, first=place == 0) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word in _SPELLED:
        return _SPELLED[word]
    if word in _KEPT:
        return word
    if word in _SMALL and not first:
        return word.lower()
    return re.sub(r"[A-Z]+", lambda found: found[0].capitalize(), word)
