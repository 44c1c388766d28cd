"""Say things in the words of a program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from throughline.core.blueprint.amounts import OPEN

PLACE = re.compile(r"\{(word|words|Word|Words)\.([a-z0-9-]+)\}")


class Speech:
    """The name of one program and its terms: singular and plural by key.

    ``called`` gives the term of a role that has one of its own.
    """

    def __init__(
        self,
        terms: Mapping[str, tuple[str, str]],
        called: Mapping[str, str] | None = None,
        name: str = "The program",
    ) -> None:
        self.name = name
        self._terms = terms
        self._called = called or {}

    def one(self, key: str) -> str:
        """Return the singular; a key without a term stands for itself."""
        key = self._called.get(key, key)
        return self._terms[key][0] if key in self._terms else key.replace("-", " ")

    def other(self, key: str) -> str:
        """Return the plural."""
        key = self._called.get(key, key)
        return self._terms[key][1] if key in self._terms else f"{key.replace('-', ' ')}s"

    def others(self, keys: Iterable[str]) -> str:
        """Return plurals, joined by commas."""
        return ", ".join(self.other(key) for key in keys)

    def fill(self, text: str) -> str:
        """Put terms in place of {word.KEY}, {words.KEY}, {Word.KEY} and {Words.KEY}."""
        return PLACE.sub(self._term, text)

    def _term(self, found: re.Match[str]) -> str:
        term = self.other(found[2]) if found[1].lower() == "words" else self.one(found[2])
        return capital(term) if found[1][0] == "W" else term


def capital(text: str) -> str:
    """Begin with a capital letter and leave the rest."""
    return text[:1].upper() + text[1:]


def with_article(noun: str) -> str:
    """Return "a" or "an" and the noun, by its spelling."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def said(value: Any) -> str:
    """Say a number, an amount, a span or that it is still open."""
    if value == OPEN:
        return "a number still open"
    words = getattr(value, "words", None)
    return str(words()) if callable(words) else str(value)


def between(low: Any, high: Any, otherwise: str) -> str:
    """Say a size that may have a lower and an upper end."""
    if low is None and high is None:
        return otherwise
    if low is None:
        return f"at most {said(high)}"
    if high is None:
        return f"at least {said(low)}"
    return said(low) if low == high else f"{said(low)} to {said(high)}"
