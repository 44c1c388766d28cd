"""Sections of a published blueprint, built once."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel

from throughline.programs.models import BlueprintVersion

Section = TypeVar("Section", bound=BaseModel)

KEPT = 200
_built: dict[tuple[str, str, type[BaseModel]], BaseModel] = {}


def section(version: BlueprintVersion, key: str, model: type[Section]) -> Section:
    """Return the table ``key`` of this version as ``model``; an absent table has its defaults.

    Built once per hash and process: equal hashes mean equal promises.

    Raises
    ------
    pydantic.ValidationError
        The table does not fit; impossible for a version that was checked on import.
    """
    place = (version.sha256, key, model)
    found = _built.get(place)
    if found is None:
        found = model.model_validate(version.parsed.get(key, {}))
        if len(_built) >= KEPT:
            _built.pop(next(iter(_built)))
        _built[place] = found
    assert isinstance(found, model)  # noqa: S101 - tells the type checker what the key says
    return found
