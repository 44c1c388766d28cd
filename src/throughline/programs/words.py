"""What a program calls things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from throughline.people.models import Network
from throughline.programs.blueprint import TERMS
from throughline.programs.models import BlueprintVersion

DEFAULTS = dict(TERMS)

KEPT = 100

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
    """Return the terms of a parsed blueprint in the reader's language, over the defaults.

    A term that the file does not give in her language stays in the file's own.
    """
    language = parsed.get("blueprint", {}).get("language", "en")
    own = parsed.get("words", {})
    terms = {**own.get(language, {}), **own.get(reading(), {})}
    plain = {key: (gettext(one), gettext(other)) for key, (one, other) in DEFAULTS.items()}
    return Words({**plain, **{key: (term["one"], term["other"]) for key, term in terms.items()}})


_kept: dict[tuple[str, str], Words] = {}


def reading() -> str:
    """Return the language that the page is read in, without its region: "es"."""
    return (get_language() or "en").partition("-")[0]


def words_of(version: BlueprintVersion) -> Words:
    """Return the terms of this version in the reader's language. Put together once a process."""
    place = (version.sha256, get_language() or "")
    found = _kept.get(place)
    if found is None:
        found = words_in(version.parsed)
        if len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[place] = found
    return found


def words_of_network(network: Network) -> Words:
    """Return the terms of the program that the network made public last. No query.

    For menus and lists, which stand outside any one program.
    """
    own = network.settings.get("words", {})
    parsed = {"blueprint": {"language": own.get("language", "en")}, "words": own.get("terms", {})}
    return words_in(parsed)


def kept_words(version: BlueprintVersion) -> dict[str, Any]:
    """Return what a network keeps of a version's terms."""
    parsed = version.parsed
    return {"language": parsed["blueprint"].get("language", "en"), "terms": parsed.get("words", {})}


PARTS = frozenset({"teams", "coaching", "challenges"})
"""What a program may have, and a menu a place for."""


def parts_of(version: BlueprintVersion) -> set[str]:
    """Return which of these parts a program has: a challenge is a team's."""
    parsed = version.parsed
    has_teams = bool(parsed.get("teams", {}).get("rings"))
    has = {
        "teams": has_teams,
        "coaching": bool(parsed.get("coaching")),
        "challenges": has_teams and bool(parsed.get("inquiry")),
    }
    return {part for part, is_there in has.items() if is_there}


def parts_of_network(network: Network) -> frozenset[str]:
    """Return the parts that any program has which the network made public. No query.

    A network that kept nothing of this kind may have them all.
    """
    return frozenset(network.settings.get("parts", PARTS))


PLAIN = Words(DEFAULTS)
"""Terms where no blueprint speaks."""
