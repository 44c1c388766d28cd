"""What a program calls things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from throughline.programs.blueprint import TERMS
from throughline.programs.models import BlueprintVersion

DEFAULTS = dict(TERMS)

PLACE = re.compile(r"\{(word|words|Word|Words)\.([a-z0-9-]+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """Terms of one blueprint, singular and plural."""

    terms: Mapping[str, tuple[str, str]]

    def one(self, key: str) -> str:
        """Return the singular; a key without a term stands for itself."""
        return self.terms.get(key, (key.replace("-", " "), ""))[0]

    def other(self, key: str) -> str:
        """Return the plural."""
        return self.terms.get(key, ("", key.replace("-", " ")))[1]

    def count(self, key: str, n: int) -> str:
        """Return the form that goes with ``n``."""
        return self.one(key) if n == 1 else self.other(key)

    def fill(self, text: str) -> str:
        """Put terms in place of {word.KEY}, {words.KEY}, {Word.KEY} and {Words.KEY}."""
        return PLACE.sub(self._term, text)

    def _term(self, found: re.Match[str]) -> str:
        which, key = found.groups()
        term = self.other(key) if which.lower() == "words" else self.one(key)
        return term[:1].upper() + term[1:] if which[0] == "W" else term


def words_in(parsed: Mapping[str, Any]) -> Words:
    """Return the terms of a parsed blueprint over the defaults."""
    language = parsed.get("blueprint", {}).get("language", "en")
    own = parsed.get("words", {}).get(language, {})
    terms = {key: (term["one"], term["other"]) for key, term in own.items()}
    return Words({**DEFAULTS, **terms})


def words_of(version: BlueprintVersion) -> Words:
    """Return the terms of this version."""
    return words_in(version.parsed)


PLAIN = Words(DEFAULTS)
"""Terms where no blueprint speaks."""
