"""Which characters our fonts have. A PDF/UA with any other would not be one."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

UNKNOWN = "□"
"""Stands for each character that no font of ours has."""

UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Categories of what is never drawn: controls, formats, halves of a pair."""

VARIATIONS = range(0xFE00, 0xFE10)
"""Selectors that choose how the character before them is drawn."""


@cache
def known() -> frozenset[str]:
    """Return every character that the fonts of ``fonts/`` have, from the list beside them."""
    found: set[str] = set()
    for line in (Path(__file__).parent / "fonts/characters.txt").read_text("ascii").split():
        first, _dash, last = line.partition("-")
        found.update(chr(code) for code in range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def printable(text: str) -> str:
    """Return the text in characters that we have: what is not seen goes, the rest is marked."""
    return "".join(_drawn(one) for one in unicodedata.normalize("NFC", text))


def _drawn(one: str) -> str:
    if one in known() or one == "\n":
        return one
    if one == "\t":
        return " "
    if unicodedata.category(one) in UNSEEN or ord(one) in VARIATIONS:
        return ""
    return UNKNOWN
