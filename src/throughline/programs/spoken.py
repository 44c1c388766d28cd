"""What was stored when a cohort opened, in the language of its reader.

An app stores a text that it makes from the version: a title, or a title with a number. The same
making, in the reader's language, is the translation; no table holds it, and no page asks for more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.utils import translation

from throughline.core.told import Told
from throughline.programs.models import BlueprintVersion
from throughline.programs.sections import language_of_file
from throughline.programs.words import reading

Make = Callable[..., str]
"""Takes a version and what is asked for; returns what it says, in the language that is active."""

KEPT = 4000
_made: dict[tuple[str, str, Make, tuple[Hashable, ...]], str] = {}


def told(version: BlueprintVersion, stored: str, make: Make, *about: Any) -> Told:
    """Return a stored text as its reader's language has it.

    Whatever is not what this version says, somebody typed since, or an earlier version said: it
    stays as it is. What the file does not translate stays in the file's language, and says so.
    """
    own, here = language_of_file(version), reading()
    if own == here or not stored or stored != _in(version, own, make, about):
        return Told(stored)
    said = _in(version, here, make, about)
    return Told(said, own if said == stored else here)


def _in(version: BlueprintVersion, language: str, make: Make, about: tuple[Hashable, ...]) -> str:
    place = (version.sha256, language, make, about)
    if place not in _made:
        with translation.override(language):
            said = str(make(version, *about))
        if len(_made) >= KEPT:
            _made.pop(next(iter(_made)), None)
        _made[place] = said
    return _made[place]
