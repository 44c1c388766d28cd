"""Files that a command reads: the person's own, or a small one that is shipped to try it on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.commands.speaking import Stop, say

if TYPE_CHECKING:
    from throughline.engines.disparity.reading import Source

SHIPPED = Path(__file__).parent / "shipped"
"""Figures that anybody may try a command on; README.md there says where they come from."""


def found(name: str) -> Path:
    """Return the file, or the shipped one of this name."""
    shipped = SHIPPED / f"{name}.csv"
    own = Path(name)
    return shipped if not own.exists() and name.isidentifier() and shipped.exists() else own


def commas(text: str) -> tuple[str, ...]:
    """Read names between commas, each once."""
    names = dict.fromkeys(part.strip() for part in text.split(","))
    if "" in names:
        raise argparse.ArgumentTypeError(f"{text!r} has an empty name between commas")
    return tuple(names)


def add_layout_options(parser: argparse.ArgumentParser) -> None:
    """Let the person say what would else be guessed."""
    layout = parser.add_argument_group("layout of the file (guessed without)")
    layout.add_argument("--header", type=_line, metavar="N", help="line of the column names")
    layout.add_argument("--encoding", metavar="E", help="such as utf-8 or cp1252")
    layout.add_argument("--delimiter", metavar="D", help="such as ; or tab")
    layout.add_argument("--sheet", metavar="S", help="of a workbook")
    layout.add_argument(
        "--without", type=commas, default=(), metavar="COLUMNS", help="leave out; never kept"
    )


def add_counted_options(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Let the person name the columns of a file that somebody else has counted."""
    counted = parser.add_argument_group("where somebody else has counted")
    counted.add_argument("--group", type=commas, metavar="COLUMNS", help="name of the group")
    counted.add_argument("--n", metavar="COLUMN", help="its students")
    counted.add_argument("--events", type=commas, metavar="COLUMNS", help="those with the outcome")
    return counted


def _line(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a line")
    return int(text)


def read_file(asked: argparse.Namespace) -> Source:
    """Read the file and say how it was laid out.

    Raises
    ------
    Stop
        It cannot be read.
    """
    from throughline.engines.disparity.reading import read
    from throughline.engines.disparity.unreadable import Unreadable

    path = found(asked.file)
    if path.is_dir():
        raise Stop(f"{path.name} is a folder; give a file.")
    try:
        source = read(
            path,
            header=asked.header,
            encoding=asked.encoding,
            delimiter={"tab": "\t"}.get(asked.delimiter, asked.delimiter),
            sheet=asked.sheet,
            without=asked.without,
        )
    except Unreadable as unreadable:
        raise Stop(str(unreadable)) from unreadable
    say(f"{source.path.name}: {source.layout}")
    return source
