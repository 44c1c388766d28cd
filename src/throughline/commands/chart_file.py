"""The columns of a file that a chart needs, every cell a number or refused with its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from throughline.commands.speaking import Stop
from throughline.engines.disparity.database import opened
from throughline.engines.disparity.reading import Source, read
from throughline.engines.disparity.unreadable import Unreadable
from throughline.engines.disparity.values import exact, whole

N = TypeVar("N", int, Fraction)


@dataclass(frozen=True, slots=True)
class Columns:
    """Figures in the order of the file. ``events`` and ``sizes`` are empty without sizes."""

    source: Source
    names: dict[str, str | None]
    labels: tuple[str, ...]
    values: tuple[float, ...]
    events: tuple[int, ...]
    sizes: tuple[int, ...]


def read_columns(
    path: Path, value: str, n: str | None, label: str | None, without: Sequence[str] = ()
) -> Columns:
    """Read a file's figures.

    Raises
    ------
    Stop
        The file cannot be read, lacks a column, or a cell holds no number.
    """
    if path.is_dir():
        raise Stop(f"{path} is a folder; give a file.")
    wanted = list(dict.fromkeys(name for name in (value, n, label) if name is not None))
    try:
        source = read(path, without=without)
        return _columns(source, _cells(source, wanted), value, n, label)
    except Unreadable as unreadable:
        raise Stop(str(unreadable)) from unreadable


def _cells(source: Source, wanted: Sequence[str]) -> dict[str, list[str]]:
    source.need(wanted)
    with opened() as database:
        rows = database.execute(
            f"SELECT * FROM ({source.trimmed(wanted)}) ORDER BY file_row_number"  # noqa: S608
        ).fetchall()
    return {name: [str(row[at]) for row in rows] for at, name in enumerate(wanted)}


def _columns(
    source: Source, cells: dict[str, list[str]], value: str, n: str | None, label: str | None
) -> Columns:
    names = {"value": value, "n": n, "label": label}
    rows = len(cells[value])
    labels = tuple(cells[label] if label else (str(at) for at in range(1, rows + 1)))
    if n is None:
        figures = _numbers(source, value, cells[value], exact, "a number")
        return Columns(source, names, labels, tuple(map(float, figures)), (), ())
    events = _numbers(source, value, cells[value], whole, "a count of people")
    sizes = _numbers(source, n, cells[n], whole, "a count of people")
    return Columns(source, names, labels, (), tuple(events), tuple(sizes))


def _numbers(
    source: Source, name: str, cells: Sequence[str], reading: Callable[[str], N | None], what: str
) -> list[N]:
    found = [reading(cell) for cell in cells]
    if None in found:
        at = found.index(None)
        line = source.line_numbers([at])[at]
        there = repr(cells[at]) if cells[at] else "an empty cell"
        raise Unreadable(
            source.path, line, f"column {name!r} needs {what} in every row; here is {there}. "
            "Write decimals with a point, and leave out a row without a figure.",
        )  # fmt: skip
    return [each for each in found if each is not None]
