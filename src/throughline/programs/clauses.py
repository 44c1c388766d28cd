"""A blueprint as sentences with blanks: what a host edits, and where each value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from throughline.core.blueprint.faults import Place
from throughline.core.blueprint.leaves import Leaf, leaves
from throughline.core.blueprint.speech import Speech, capital
from throughline.core.blueprint.tables import Named, Table
from throughline.programs.blueprints import Looked, speech_of
from throughline.programs.choices import in_words
from throughline.programs.plain import Plain

_BLANK = re.compile(r"\[\[([\w.-]+)((?:\|[^|\]]+)*)\]\]")
"""A blank: the place of its value, then what the sentence calls each choice."""
HOLD = "\N{WORD JOINER}"
LAST = "words"
"""This section comes last: it is the longest, and the least urgent."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence: pieces of text, and the values that stand between them."""

    pieces: tuple[str | Leaf, ...]
    reading: str = ""
    """What a rule or a moment in it means, in plain words."""

    @property
    def leaves(self) -> list[Leaf]:
        """Return the values of the sentence in order."""
        return [piece for piece in self.pieces if isinstance(piece, Leaf)]

    def sentence(self) -> str:
        """Return the sentence with its values in place."""
        return "".join(map(_said, self.pieces))

    def texts_before(self) -> list[str]:
        """Return what is read before each piece: it names a blank to who cannot see the line."""
        before = accumulate((_said(piece) for piece in self.pieces), initial="")
        return [text.strip() for text in before][:-1]


def _said(piece: str | Leaf) -> str:
    return piece.removeprefix(HOLD) if isinstance(piece, str) else _as_read(piece)


def before_in_words(leaf: Leaf, typed: str) -> str:
    """Say what stood in a blank before, as people read it."""
    return _as_read(replace(leaf, value=leaf.read(typed))) if typed else _("nothing")


def _as_read(leaf: Leaf) -> str:
    if leaf.kind == "yes-no" and not leaf.labels:
        return _("yes") if leaf.typed() == "true" else _("no")
    if leaf.kind in ("choice", "yes-no"):
        return dict(leaf.options()).get(leaf.typed(), leaf.typed())
    return leaf.typed().replace("\n", ", ") or leaf.hint() or "…"


@dataclass(frozen=True, slots=True)
class Part:
    """The sentences of one section."""

    key: str
    title: str
    clauses: list[Clause] = field(default_factory=list)


def parts_of(looked: Looked) -> list[Part]:
    """Return every section that has sentences with blanks, in the order of the format.

    Words come last.
    """
    if looked.whole is None:
        return []
    speech = speech_of(looked.whole)
    found = []
    for key, section in looked.whole.sections.items():
        if isinstance(section, Table | Named) and (
            clauses := list(_clauses(section, key, looked, speech))
        ):
            found.append(Part(key, title_of(key), clauses))
    return sorted(found, key=lambda part: part.key == LAST)


def typed_in(looked: Looked | None) -> dict[str, str]:
    """Return what stands in every blank, by path."""
    return {
        leaf.path: leaf.typed()
        for part in (parts_of(looked) if looked is not None else [])
        for clause in part.clauses
        for leaf in clause.leaves
    }


def title_of(key: str) -> str:
    """Return what hosts call a section of the file."""
    titles = {
        "blueprint": _("Name"),
        "sources": _("Sources"),
        "lists": _("Lists"),
        "words": _("Your words"),
        "program": _("Length and people"),
        "people": _("Roles"),
        "forms": _("Forms"),
        "rubrics": _("Rubrics"),
        "admissions": _("Applying"),
        "teams": _("Teams"),
        "convenings": _("Convenings"),
        "coaching": _("Coaching and services"),
        "learning": _("Courses"),
        "ledger": _("What is promised"),
        "billing": _("Money"),
        "evidence": _("Evidence"),
        "listening": _("Listening"),
        "inquiry": _("Challenge and inquiry"),
        "progress": _("Progress"),
        "commons": _("Commons"),
        "messaging": _("Letters and reminders"),
        "reporting": _("Reports"),
        "translations": _("Translations"),
    }
    return titles.get(key, capital(key))


def leaves_of(looked: Looked, key: str) -> list[Leaf]:
    """Return every value of a section that can be edited by itself, its choices in words."""
    return [in_words(leaf) for leaf in leaves(looked.models[key], looked.tables, key)]


def _clauses(section: Any, key: str, looked: Looked, speech: Speech) -> Iterator[Clause]:
    by_place = {leaf.place: leaf for leaf in leaves_of(looked, key)}
    plain = Plain(looked.whole, speech) if looked.whole is not None else None
    for sentence in section.blanks(speech):
        pieces = tuple(_pieces(speech.fill(sentence), key, looked.tables, by_place))
        if any(isinstance(piece, Leaf) for piece in pieces):
            yield Clause(pieces, plain.reading(pieces) if plain is not None else "")


def _pieces(
    sentence: str, key: str, tables: Mapping[str, Any], by_place: Mapping[Place, Leaf]
) -> Iterator[str | Leaf]:
    end = 0
    for blank in _BLANK.finditer(sentence):
        if text := sentence[end : blank.start()]:
            yield _held(text)
        leaf = by_place.get(_place((key, *blank[1].split(".")), tables))
        if leaf is not None and blank[2]:
            leaf = replace(leaf, labels=tuple(blank[2][1:].split("|")))
        yield leaf if leaf is not None else "…"
        end = blank.end()
    if text := sentence[end:]:
        yield _held(text)


def _held(text: str) -> str:
    """Keep a comma or a full stop on the line of the blank before it."""
    return f"{HOLD}{text}" if text[0] in ",.;:" else text


def _place(steps: tuple[str, ...], tables: Any) -> Place:
    """Turn the steps into a place: a number is an index where a list stands."""
    here, place = tables, ()
    found: list[str | int] = list(place)
    for step in steps:
        at: str | int = int(step) if isinstance(here, list) else step
        found.append(at)
        try:
            here = here[at]
        except (KeyError, IndexError, TypeError):
            here = None
    return tuple(found)
