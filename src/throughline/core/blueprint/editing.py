"""Change single values of a file and leave its comments, order and layout as they were."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from throughline.core.blueprint.faults import Place
from throughline.core.blueprint.reading import plain

GONE: Final = None
"""Stands for "take the key out"; TOML has no null."""


def put(text: str, values: Mapping[Place, Any]) -> str:
    """Return the file with these values at these places; a value of ``None`` takes the key out.

    Tables on the way are made. What the file says afterwards is read back and compared, so a
    change is either exactly what was asked for or refused.

    Parameters
    ----------
    text
        Valid TOML.
    values
        By place: keys of tables, and indexes of lists, from the outermost in.

    Raises
    ------
    ValueError
        A place does not exist, or the change cannot be written.
    """
    if not values:
        return text
    wanted = tomllib.loads(text)
    try:
        document = tomlkit.parse(text)
        for place, value in values.items():
            _set(wanted, place, copy.deepcopy(value))
            _write(document, place, value)
        changed = tomlkit.dumps(document)
        same = plain(tomllib.loads(changed)) == plain(wanted)
    except (TOMLKitError, KeyError, IndexError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ValueError("this change cannot be written into the file") from error
    if not same:
        raise ValueError("this change cannot be written into the file")
    return changed


def _set(tables: Any, place: Place, value: Any) -> None:
    for step in place[:-1]:
        if isinstance(tables, dict) and step not in tables:
            tables[step] = {}
        tables = tables[step]
    if value is GONE:
        tables.pop(place[-1], GONE)
    else:
        tables[place[-1]] = value


def _write(document: Any, place: Place, value: Any) -> None:
    for number, step in enumerate(place[:-1], 1):
        if not isinstance(step, int) and step not in document:
            if value is GONE:
                return
            is_last = number == len(place) - 1
            document[step] = tomlkit.table(is_super_table=not is_last)
        document = document[step]
    last = place[-1]
    if value is GONE:
        if last in document:
            del document[last]
    elif isinstance(document, Mapping) and last in document and document[last] == value:
        return
    else:
        document[last] = _item(value)


def _item(value: Any) -> Any:
    """Write long text on several lines, and a list of short things on one."""
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    if isinstance(value, Sequence) and not isinstance(value, str):
        written = tomlkit.array()
        for entry in value:
            written.append(_item(entry))
        return written
    return tomlkit.item(value)
