"""Problems and plans of the matching engine as JSON: read with the path of whatever is wrong."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from throughline.commands.shipped_files import SHIPPED
from throughline.commands.speaking import Stop
from throughline.engines.matching import InvalidProblem

T = TypeVar("T")
Path_ = tuple[int | str, ...]

STRICT = ConfigDict(extra="forbid", strict=True)
MOST_COMPLAINTS = 10
"""How many mistakes of one file are named; the rest are counted."""


def text_of(name: str) -> tuple[str, bytes]:
    """Return the name and the content of a file, or of the shipped problem of this name.

    Raises
    ------
    Stop
        There is no such file.
    """
    own, shipped = Path(name), SHIPPED / f"match-{name}.json"
    path = shipped if not own.exists() and name.isidentifier() and shipped.exists() else own
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be read"
        raise Stop(
            f"{name}: {why}. Give a JSON file, or a shipped one: {shipped_names()}."
        ) from error


def shipped_names() -> str:
    """Return the names of the problems that are shipped."""
    names = (path.stem.removeprefix("match-") for path in SHIPPED.glob("match-*.json"))
    return ", ".join(sorted(names))


def read_as(wanted: type[T], name: str, content: bytes, within: str = "") -> T:
    """Return what the JSON says.

    Raises
    ------
    Stop
        It is not what was wanted; each mistake is named with its path.
    """
    try:
        return adapter(wanted).validate_json(content)
    except ValidationError as error:
        lines = [f"{name}: {within}{line}" for line in _complaints(error, wanted)]
        more = len(lines) - MOST_COMPLAINTS
        rest = [f"{name}: and {more} more"] if more > 0 else []
        raise Stop("\n".join([*lines[:MOST_COMPLAINTS], *rest])) from error


def adapter(wanted: type[T]) -> TypeAdapter[T]:
    """Return a reader that takes nothing beside what a type has, and no text for a number."""
    for one in _dataclasses_in(wanted, set()):
        one.__pydantic_config__ = STRICT
    return TypeAdapter(wanted)


def _dataclasses_in(hint: Any, seen: set[Any]) -> Iterator[Any]:
    if isinstance(hint, type) and is_dataclass(hint) and hint not in seen:
        seen.add(hint)
        yield hint
        hints = typing.get_type_hints(hint)
        for one in fields(hint):
            yield from _dataclasses_in(hints[one.name], seen)
    for inner in typing.get_args(hint):
        yield from _dataclasses_in(inner, seen)


def _complaints(error: ValidationError, wanted: object) -> Iterator[str]:
    for one in error.errors(include_url=False):
        where = ".".join(str(step) for step in one["loc"])
        cause = one.get("ctx", {}).get("error")
        if isinstance(cause, InvalidProblem):
            path = ".".join(part for part in (where, cause.path) if part)
            yield f"{path}: expected {cause.expected}, got {shown(cause.got)}"
        elif one["type"] == "json_invalid":
            yield f"this is not JSON: {cause}"
        elif one["type"] == "missing":
            yield f"{where}: expected a value, got nothing"
        elif one["type"] == "unexpected_keyword_argument":
            yield f"{where}: expected {_known_names(wanted, one['loc'])}, got this"
        else:
            expected = one["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
            yield f"{where or 'the file'}: expected {expected}, got {shown(one['input'])}"


def shown(value: object, most: int = 60) -> str:
    """Return a value as a sentence may quote it."""
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _known_names(wanted: object, path: Path_) -> str:
    """Return the names that an object of this place may have."""
    hint: Any = wanted
    for step in path[:-1]:
        hint = _inner(hint, step)
    while hint is not None and not is_dataclass(hint):
        hint = next((one for one in typing.get_args(hint) if one is not types.NoneType), None)
    names = [one.name for one in fields(hint)] if hint is not None else []
    return "one of " + ", ".join(names) if names else "nothing of this name"


def _inner(hint: Any, step: int | str) -> Any:
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(step, str):
        return typing.get_type_hints(hint).get(step)
    return next((one for one in typing.get_args(hint) if one is not types.NoneType), None)


def plain(value: object) -> Any:
    """Return plans and problems as objects, arrays, texts and numbers of JSON."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, frozenset):
        return sorted(plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, date | datetime | time) else value
