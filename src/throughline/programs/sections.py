"""Sections of a published blueprint, built once."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils import translation
from pydantic import BaseModel

from throughline.programs.blueprint import AboutSection
from throughline.programs.models import BlueprintVersion
from throughline.programs.order import in_order_of_file
from throughline.programs.words import reading

Section = TypeVar("Section", bound=BaseModel)

KEPT = 200
_built: dict[tuple[str, str, str, type[BaseModel]], BaseModel] = {}


def section(version: BlueprintVersion, key: str, model: type[Section]) -> Section:
    """Return the table ``key`` of this version as ``model``; an absent table has its defaults.

    Its texts are in the reader's language where the file translates them.

    Built once per hash and process: equal hashes mean equal promises.

    Raises
    ------
    pydantic.ValidationError
        The table does not fit; impossible for a version that was checked on import.
    """
    return _built_in(version, key, model, reading())


def as_written(version: BlueprintVersion, key: str, model: type[Section]) -> Section:
    """Return the table as the file says it, whoever reads: for what is kept beyond the page."""
    return _built_in(version, key, model, "")


def in_own_language(version: BlueprintVersion) -> translation.override:
    """Speak the file's language inside this block: for what is kept, whoever sets it off."""
    return translation.override(language_of_file(version))


def language_of_file(version: BlueprintVersion) -> str:
    """Return the language in which the file is written, without its region."""
    return as_written(version, "blueprint", AboutSection).language.partition("-")[0]


def in_languages(version: BlueprintVersion, key: str, model: type[Section]) -> dict[str, Section]:
    """Return the table in each language that the file translates texts into."""
    languages = version.parsed.get("translations", {})
    return {language: _built_in(version, key, model, language) for language in sorted(languages)}


def _built_in(version: BlueprintVersion, key: str, model: type[Section], language: str) -> Section:
    place = (version.sha256, key, language, model)
    found = _built.get(place)
    if found is None:
        found = model.model_validate(translated(in_order_of_file(version, key), key, language))
        if len(_built) >= KEPT:
            _built.pop(next(iter(_built)))
        _built[place] = found
    assert isinstance(found, model)  # noqa: S101 - tells the type checker what the key says
    return found


def translated(parsed: Mapping[str, Any], key: str, language: str) -> Any:
    """Return a table of a file with its texts in a language, as far as the file has them.

    ``translations.LANGUAGE`` gives them by path, spelled as errors spell it.
    """
    table = parsed.get(key, {})
    texts = parsed.get("translations", {}).get(language, {})
    own = {path: text for path, text in texts.items() if re.match(rf"{key}[.\[]", path)}
    if not own:
        return table
    copied = {key: copy.deepcopy(table)}
    for path, text in own.items():
        _put(copied, _STEP.findall(path), text)
    return copied[key]


_STEP = re.compile(r"[^.\[\]]+")


def _put(here: Any, steps: list[str], text: str) -> None:
    """Put a text where the steps lead; a path that leads nowhere is not used.

    Entries of lists are found by their key, those that have none by their place, from 0.
    """
    for step in steps[:-1]:
        here = _below(here, step)
    last = steps[-1]
    if isinstance(here, dict) and isinstance(here.get(last), str):
        here[last] = text
    elif isinstance(here, list):
        for entry in here:
            if isinstance(entry, list) and entry[:1] == [last]:
                entry[1] = text
        if last.isdigit() and int(last) < len(here) and isinstance(here[int(last)], str):
            here[int(last)] = text


def _below(here: Any, step: str) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list):
        found = [one for one in here if isinstance(one, dict) and str(one.get("key")) == step]
        if found or not step.isdigit():
            return found[0] if found else None
        return here[int(step)] if int(step) < len(here) else None
    return None
