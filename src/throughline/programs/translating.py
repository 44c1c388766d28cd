"""Which texts of a file people read, and which of them another language lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from throughline.core.blueprint.faults import Place
from throughline.core.blueprint.tables import Shown
from throughline.core.blueprint.whole import Whole
from throughline.programs.blueprint import AboutSection, TranslationsSection, WordsSection

NAMES = {("blueprint", "name"), ("blueprint", "short")}
"""What the program is called: a name stays a name unless the file translates it."""
PRINTED = NAMES | {("blueprint", "summary")}
"""Texts of the file about itself that pages print."""


def shown_paths(whole: Whole, tables: dict[str, Any]) -> Iterator[tuple[str, Shown]]:
    """Yield the path of every text that may be translated, and what it may ask to be filled in.

    A rule or a date never is translated.
    """
    for node in whole.nodes:
        path = _dotted(node.place, tables)
        if path is None:
            continue
        is_printed = node.place in PRINTED or node.marked(Shown) is not None
        if isinstance(node.value, str) and is_printed:
            yield path, node.marked(Shown) or Shown()
        elif isinstance(node.value, tuple) and all(_is_pair(entry) for entry in node.value):
            yield from ((f"{path}.{key}", Shown()) for key, _label in node.value)


def untranslated(whole: Whole, tables: dict[str, Any]) -> dict[str, list[str]]:
    """Return, for each language that the file speaks besides its own, the paths that it lacks.

    Terms stand there as ``words.LANGUAGE.KEY``, texts as ``translations`` spells them.
    """
    about = whole.section("blueprint", AboutSection)
    own = about.language if about else "en"
    words, texts = (
        whole.section("words", WordsSection),
        whole.section("translations", TranslationsSection),
    )
    languages = {*(words.keys() if words else ()), *(texts.keys() if texts else ())} - {own}
    terms = list((words and words.get(own)) or {})
    names = {".".join(place) for place in NAMES}
    paths = [path for path, _shown in shown_paths(whole, tables) if path not in names]
    found = {}
    for language in sorted(languages):
        has = {*((words and words.get(language)) or {})}
        told = {*((texts and texts.get(language)) or {})}
        lacking = [f"words.{language}.{term}" for term in terms if term not in has]
        found[language] = lacking + [path for path in paths if path not in told]
    return found


def _is_pair(entry: Any) -> bool:
    return isinstance(entry, tuple) and len(entry) == 2 and isinstance(entry[0], str)


def _dotted(place: Place, tables: Any) -> str | None:
    """Spell a place with the keys of entries, joined by dots; nothing where the file is silent."""
    steps, here = [], tables
    for step in place:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return None
        own = here.get("key") if isinstance(step, int) and isinstance(here, dict) else None
        steps.append(str(own if own is not None else step))
    return ".".join(steps)
