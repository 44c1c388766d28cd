"""How somebody describes herself: what she is asked, what she gave, and what cannot be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.people.code_sets import NOT_SAID, CodeSet

MOST_WORDS = 300
"""Characters of an answer in one's own words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One code set as it is asked of a person, in the language that she reads."""

    key: str
    """What her answer is kept under: the set's own key; of a program's own set, after the program's."""
    words: CodeSet

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Answers with what people read; the last is that she prefers not to say."""
        return [*self.words.options, (NOT_SAID, _("I prefer not to say"))]

    def said(self, given: Given) -> list[str]:
        """Return what she chose, as she read it."""
        return [label for key, label in self.choices if key in given.chosen]


@dataclass(frozen=True, slots=True)
class Given:
    """What she gave as an answer to one set."""

    chosen: Sequence[str] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.chosen or self.words)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: what she chose of which edition of the set, and what she read then."""

    title: str
    version: str
    given: Given
    said: Sequence[str]


def problem_of(asked: Asked, given: Given) -> str:
    """Say what is wrong with an answer; nothing if it can be kept."""
    chosen = set(given.chosen)
    if chosen - {key for key, _label in asked.choices}:
        return _("Choose an answer of the list.")
    if len(chosen) > 1 and not asked.words.several:
        return _("Choose one answer.")
    if given.words and not asked.words.own_words:
        return _("Choose an answer of the list.")
    if len(given.words) > MOST_WORDS:
        return _("Use at most %(most)d characters.") % {"most": MOST_WORDS}
    if NOT_SAID in chosen and (len(chosen) > 1 or given.words):
        return _("You prefer not to say, and answered too. Keep one of the two.")
    alone = chosen & set(asked.words.alone)
    if alone and len(chosen) > 1:
        [label] = [said for key, said in asked.choices if key == min(alone)]
        return _("“%(answer)s” stands alone. Keep it, or the others.") % {"answer": label}
    return ""
