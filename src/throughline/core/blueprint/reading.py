"""Read a file: TOML, then the shape of each section. Whoever wrote it is not trusted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from throughline.core.blueprint.faults import (
    BrokenBlueprint,
    Fault,
    Place,
    nearest,
    quoted,
    spell,
)
from throughline.core.blueprint.lines import Lines, lines_of

LARGEST = 1024 * 1024
"""Bytes of a file. The five programs take 15 to 30 thousand."""
DEEPEST = 12
"""Tables and lists inside one another. The five programs need 7."""
LONGEST_KEY = 8

MOST_ENTRIES = 500
"""Entries of one table, or tables in one list."""
MOST_VALUES = 20_000
"""Values in all. The five programs have about 1,000."""

_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*',
    re.DOTALL,
)
_PART = r"""(?>[\w-]++|"")[ \t]*+\.[ \t]*+"""
_DOTTED = re.compile(rf"""(?<![\w"-])(?:{_PART}){{{LONGEST_KEY},}}""")

_SHAPES = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "string_type": "text in quotes",
    "tuple_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


@dataclass(frozen=True)
class Reading:
    """A file that has the right shape: its plain tables, its sections, and where each thing is."""

    tables: dict[str, Any]
    sections: Mapping[str, BaseModel]
    lines: Lines


def read(text: str, models: Mapping[str, type[BaseModel]], needed: tuple[str, ...]) -> Reading:
    """Read a file into its sections. An absent section has its defaults.

    Raises
    ------
    BrokenBlueprint
        With every fault of form and shape, sorted by line.
    """
    tables = plain(parse(text))
    lines = lines_of(text)
    sections: dict[str, BaseModel] = {}
    faults = [_unknown(key, models, lines) for key in tables if key not in models]
    for key, model in models.items():
        if key in needed and key not in tables:
            faults.append(Fault(1, key, f"a table [{key}]", "nothing"))
            continue
        try:
            sections[key] = model.model_validate(tables.get(key, {}))
        except ValidationError as error:
            faults.extend(_faults(error, key, model, tables, lines))
    if faults:
        raise BrokenBlueprint(sorted(set(faults), key=lambda fault: (fault.line, fault.path)))
    return Reading(tables, sections, lines)


def parse(text: str) -> dict[str, Any]:
    """Parse TOML of bounded size and depth.

    Raises
    ------
    BrokenBlueprint
        It is no TOML, too large, or nested deeper than a program needs.
    """
    if len(text.encode()) > LARGEST:
        raise _whole_file(1, f"a file of at most {LARGEST // 1024} KiB", "a larger one")
    bare = _STRING.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    if deep := _DOTTED.search(bare):
        line = bare.count("\n", 0, deep.start()) + 1
        raise _whole_file(line, f"keys of at most {LONGEST_KEY} parts", "a longer one")
    try:
        tables = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise _whole_file(line, "TOML", _reason(error)) from error
    except (RecursionError, ValueError) as error:
        raise _whole_file(1, "TOML", "something that cannot be read as TOML") from error
    if _depth(tables, DEEPEST) > DEEPEST:
        raise _whole_file(1, f"at most {DEEPEST} tables and lists inside one another", "more")
    _count(tables)
    return tables


def _count(tables: dict[str, Any]) -> None:
    """Refuse a file so large that its check would take minutes."""
    waiting: list[Any] = [tables]
    values = 0
    while waiting:
        value = waiting.pop()
        values += 1
        below = list(value.values()) if isinstance(value, dict) else value
        if not isinstance(below, list):
            continue
        if len(below) > MOST_ENTRIES and (value is not below or isinstance(below[0], dict)):
            raise _whole_file(1, f"at most {MOST_ENTRIES} entries in a table", f"{len(below)}")
        waiting.extend(below)
        if values + len(waiting) > MOST_VALUES:
            raise _whole_file(1, f"at most {MOST_VALUES} values in all", "more")


def plain(value: Any) -> Any:
    """Return the tables as JSON knows them: days and times as text."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def _whole_file(line: int, expected: str, got: str) -> BrokenBlueprint:
    return BrokenBlueprint([Fault(line, "file", expected, got)])


def _reason(error: tomllib.TOMLDecodeError) -> str:
    reason = re.sub(r" \(at .*\)$", "", str(error))
    return f"something else ({reason[:1].lower()}{reason[1:]})"


def _depth(value: Any, left: int) -> int:
    below = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    )
    if below is None or left < 0:
        return 0
    return 1 + max((_depth(entry, left - 1) for entry in below), default=0)


def _unknown(key: str, models: Mapping[str, type[BaseModel]], lines: Lines) -> Fault:
    path, line = spell((key,), {}), lines.of((key,))
    return Fault(line, path, "a section of the format", quoted(key), nearest(key, models))


def _faults(
    error: ValidationError, key: str, model: type[BaseModel], tables: dict[str, Any], lines: Lines
) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        place: Place = (key, *(step for step in detail["loc"] if step != "[key]"))
        expected, got, hint = _explained(detail, place, model)
        yield Fault(_line(lines, place, key), spell(place, tables), expected, got, hint)


def _line(lines: Lines, place: Place, key: str) -> int:
    found = lines.of(place)
    if found == 1 and (key,) not in lines:
        return min((line for at, line in lines.items() if at[:1] == (key,)), default=1)
    return found


def _explained(detail: ErrorDetails, place: Place, model: type[BaseModel]) -> tuple[str, str, str]:
    kind, got = detail["type"], quoted(detail["input"])
    match kind:
        case "phrase":
            return str(detail["ctx"]["expected"]), got, ""
        case "extra_forbidden":
            known = fields_at(model, place[1:-1])
            return "a known key", quoted(place[-1]), nearest(str(place[-1]), known)
        case "missing":
            return f"a value for {place[-1]}", "nothing", ""
        case "literal_error":
            return str(detail["ctx"]["expected"]), got, ""
        case "too_short":
            return "at least one entry", got, ""
        case "greater_than_equal":
            return f"at least {detail['ctx']['ge']}", got, ""
        case "less_than_equal":
            return f"at most {detail['ctx']['le']}", got, ""
        case "string_too_long":
            return f"at most {detail['ctx']['max_length']} characters", "more", ""
        case "value_error":
            return str(detail["ctx"]["error"]), got, ""
    return _SHAPES.get(kind, detail["msg"]), got, ""


def fields_at(model: Any, place: Place) -> list[str]:
    """Return the keys that a table at this place may have."""
    from throughline.core.blueprint.whole import below  # noqa: PLC0415 - slow only when wrong

    for step in place:
        model = below(model, step)
    return (
        list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []
    )
