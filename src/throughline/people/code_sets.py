"""Code sets: lists of answers that people may describe themselves with, each in neutral words.

Those that ship are files in ``packs``; a program's file may define further ones in
``people.code_sets``. None is asked unless a program names it in ``people.identity``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from throughline.core.blueprint.faults import nearest, quoted
from throughline.core.blueprint.phrases import Key, Vocabulary, YesNo
from throughline.core.blueprint.speech import capital
from throughline.core.blueprint.tables import Complaint, ShownText, Table, Text
from throughline.core.blueprint.whole import Whole
from throughline.people.code_lists import COUNTRIES, LANGUAGES, listed

_FOLDER = Path(__file__).with_name("packs")

NOT_SAID = "not-said"
"""The answer of whoever prefers not to say. Every set offers it; no file defines it."""


class CodeSet(Table):
    """A list of answers that people may describe themselves with, and the question."""

    title: ShownText = Field(description="name of the set")
    ask: ShownText = Field(description="the question, in neutral words")
    about: ShownText = Field("", description="a line of help")
    options: Vocabulary = Field(
        (), description='answers; "prefer not to say" is added to every set'
    )
    several: YesNo = Field(False, description="more than one answer")
    alone: tuple[Key, ...] = Field(
        (), description="answers that stand alone, such as none of these"
    )
    own_words: YesNo = Field(True, description="an answer in one's own words")
    version: Text = Field("1", description="edition of the set; kept with each answer")

    def complaints(self, whole: Whole) -> Iterator[Complaint]:
        """Check that the set offers an answer and that answers which stand alone are in it."""
        keys = [key for key, _label in self.options]
        if not keys and not self.own_words:
            yield Complaint("options, or own_words = true", "neither", ("options",))
        if NOT_SAID in keys:
            hint = '"prefer not to say" is added to every set'
            yield Complaint(
                f"an option other than {NOT_SAID}", quoted(NOT_SAID), ("options",), hint
            )
        for index, key in enumerate(self.alone):
            if key not in keys:
                at, hint = ("alone", index), nearest(key, keys)
                yield Complaint("an option of this set", quoted(key), at, hint)


class Pack(CodeSet):
    """A code set that ships: with the keys that programs name it by, and its translations."""

    key: Key
    also: tuple[Key, ...] = ()
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    """Where alone the set is in use; empty: anywhere."""
    list_of: Literal["", "countries", "languages"] = Field("", alias="from")
    """The list that the options come from."""
    translations: dict[str, dict[str, str]] = {}

    def read_in(self, language: str) -> Pack:
        """Return the set with its texts, and the names of its list, in a language."""
        texts = self.translations.get(language, {})
        plain = {name: texts.get(name, getattr(self, name)) for name in ("title", "ask", "about")}
        options = _listed(self.list_of, language) if self.list_of else self.options
        said = tuple((key, texts.get(f"options.{key}", label)) for key, label in options)
        return self.model_copy(update={**plain, "options": said})


@cache
def packs() -> Mapping[str, Pack]:
    """Return every set that ships, by each key that a program may name it by."""
    found: dict[str, Pack] = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        one = Pack.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        found |= dict.fromkeys((one.key, *one.also), one)
    return found


def _listed(name: str, language: str) -> tuple[tuple[str, str], ...]:
    table = COUNTRIES if name == "countries" else LANGUAGES
    return tuple((code.lower(), capital(said)) for code, said in listed(table, language))
