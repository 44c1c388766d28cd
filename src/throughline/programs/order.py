"""The order of a blueprint's tables: the file has one, and PostgreSQL sorts the keys of stored JSON."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from throughline.programs.models import BlueprintVersion


def in_order_of_file(version: BlueprintVersion, key: str) -> Mapping[str, Any]:
    """Return what is stored, with the table ``key`` in the order in which its file names things."""
    stored: Mapping[str, Any] = version.parsed
    try:
        written = tomllib.loads(version.source)
    except tomllib.TOMLDecodeError:  # a draft may be anything
        return stored
    if key not in stored or key not in written:
        return stored
    return {**stored, key: ordered(stored[key], written[key])}


def ordered(stored: Any, written: Any) -> Any:
    """Return ``stored`` with its keys in the order of ``written``; keys it lacks come last."""
    if isinstance(stored, dict) and isinstance(written, dict):
        names = [name for name in written if name in stored]
        names += [name for name in stored if name not in written]
        return {name: ordered(stored[name], written.get(name)) for name in names}
    if isinstance(stored, list) and isinstance(written, list) and len(stored) == len(written):
        return [ordered(one, other) for one, other in zip(stored, written, strict=True)]
    return stored
