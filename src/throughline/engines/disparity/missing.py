"""What stands in a file where there is no figure: never zero, and always with its meaning."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CODES = Path(__file__).parent / "codes"

EVERYWHERE = ("blank", "edfacts", "state")
"""Families that cannot be taken for a number, so they hold in every file."""

NEGATIVE = ("crdc", "urban")
"""Families of negative numbers. The same number means different things in them."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell without a figure: the text that stands there, whose code it is, what it means."""

    text: str
    family: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Family:
    """The codes of one source."""

    id: str
    name: str
    source: str
    codes: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]

    def find(self, text: str) -> Missing | None:
        """Return what ``text`` means in this family, if anything."""
        if meaning := self.codes.get(text.upper(), self.codes.get(text)):
            return Missing(text, self.id, meaning)
        for pattern, meaning in self.patterns:
            if pattern.fullmatch(text):
                return Missing(text, self.id, meaning)
        return None


@cache
def families() -> dict[str, Family]:
    """Return the families of codes that ship with the engine, by id."""
    with (CODES / "missing.toml").open("rb") as file:
        found = tomllib.load(file)["family"]
    return {
        one["id"]: Family(
            id=one["id"],
            name=one["name"],
            source=one["source"],
            codes=one.get("codes", {}),
            patterns=tuple((re.compile(p), m) for p, m in one.get("patterns", {}).items()),
        )
        for one in found
    }


def find_missing(text: str, among: Iterable[str] = EVERYWHERE) -> Missing | None:
    """Return what ``text`` stands for if it is no figure in one of the families ``among``.

    Examples
    --------
    >>> find_missing("-9", ("crdc",)).meaning
    'not applicable'
    >>> find_missing("0") is None
    True
    """
    known = families()
    found = (known[one].find(text) for one in among)
    return next((one for one in found if one), None)


def guess_families(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the families that hold in a file whose number columns contain ``texts``.

    A family of negative numbers is chosen only when it explains every negative number and the
    other does not: -3 alone means two things and is left to a person.

    Examples
    --------
    >>> guess_families(["12", "-9", "-3"])
    ('blank', 'edfacts', 'state', 'crdc')
    >>> guess_families(["12", "-3"])
    ('blank', 'edfacts', 'state')
    """
    negative = {text for text in set(texts) if re.fullmatch(r"-\d+", text)}
    fitting = [one for one in NEGATIVE if negative and negative <= set(families()[one].codes)]
    return (*EVERYWHERE, *fitting) if len(fitting) == 1 else EVERYWHERE


def why_not(text: str) -> str:
    """Return why ``text`` is neither a figure nor known to be none, and what to do about it."""
    meanings = [
        f"in a file of the {one.name} it means: {one.codes[text]}"
        for one in (families()[name] for name in NEGATIVE)
        if text in one.codes
    ]
    if meanings:
        return f"{text} is not a number of anything; {'; '.join(meanings)}. Say whose file it is."
    if re.fullmatch(r"(LE|LT|GE|GT)\d+|\d+-\d+", text):
        return f"{text!r} is a published range, not a figure. Read the column as a rate."
    if re.fullmatch(r"-\d+(\.\d+)?", text):
        return f"{text} is negative, and no known code for a missing figure."
    return f"{text!r} is neither a number nor a known code for a missing one."
