"""How a file is laid out: encoding, delimiter, line of the header. Guessed, shown, overridable."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from throughline.engines.disparity.unreadable import Unreadable
from throughline.engines.disparity.values import exact

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a mark at its start", "cp1252": "Windows-1252",
             "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}  # fmt: skip
FORMATS = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}

LOOKED_AT = 40
"""So many first lines are enough to tell how a file is laid out."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read a file. ``header`` is the line of the column names, counted from 1."""

    format: str
    header: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        if self.format == "parquet":
            return "Parquet; its columns have names of their own."
        if self.format == "xlsx":
            return f"Sheet {self.sheet!r} of a workbook; column names in line {self.header}."
        kind = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        encoding = ENCODINGS.get(self.encoding, self.encoding)
        return f"Text in {encoding}, parted by {kind}; column names in line {self.header}."


def guess_format(path: Path) -> str:
    """Return ``csv``, ``xlsx`` or ``parquet``, by what the file begins with, then by its name.

    Raises
    ------
    Unreadable
        There is no such file, it is empty, or it is of another kind.
    """
    if not path.is_file():
        raise Unreadable(path, None, "there is no such file.")
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Unreadable(path, None, "the file is empty.")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(
            path, None, "expected CSV, XLSX or Parquet. Save it from its program as one of these."
        )
    return "csv"


def guess_encoding(path: Path) -> str:
    """Return the encoding in which every byte of the file makes sense.

    Raises
    ------
    Unreadable
        None of those that district systems write.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        if _decodes(path, encoding):
            return encoding
    raise Unreadable(
        path, None, "expected text in UTF-8, UTF-16 or Windows-1252. Save it as UTF-8."
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def first_lines(path: Path, encoding: str) -> str:
    """Return the beginning of a text file.

    Raises
    ------
    Unreadable
        The text is not in this encoding.
    """
    try:
        with path.open(encoding=encoding, newline="") as file:
            return "".join(line for line, _number in zip(file, range(LOOKED_AT), strict=False))
    except (UnicodeError, LookupError) as error:
        raise Unreadable(path, None, f"the text is not in {encoding}.") from error


def guess_delimiter(text: str) -> str:
    r"""Return the delimiter that cuts most lines into the same number of cells, more than one.

    Examples
    --------
    >>> guess_delimiter("race;n;rate\nBlack;120;74,6\nWhite;300;87,6\n")
    ';'
    """

    def fit(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _rows(text, delimiter) if row)
        width, lines = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
        return (lines, width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=fit)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def guess_header(rows: Sequence[Sequence[str]]) -> int:
    """Return the position of the first row that looks like column names.

    That is: as wide as most rows, with a name in most cells, no name twice, and no number.
    Titles and notes above it are passed over. Where no row looks so, it is the first one.

    Examples
    --------
    >>> guess_header([["Graduation report", "", ""], ["race", "n", "events"], ["Black", "9", "4"]])
    1
    """
    widths = Counter(len(row) for row in rows if any(row))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    for position, row in enumerate(rows):
        names = [cell.strip() for cell in row if cell.strip()]
        if len(row) != usual or 2 * len(names) <= usual:
            continue
        if len(set(names)) == len(names) and not any(exact(name) is not None for name in names):
            return position
        break
    return next((position for position, row in enumerate(rows) if any(row)), 0)


def guess_text(
    path: Path, encoding: str | None, delimiter: str | None, header: int | None
) -> Layout:
    """Return the layout of a text file; what is given is taken as it is."""
    encoding = encoding or guess_encoding(path)
    text = first_lines(path, encoding)
    delimiter = delimiter or guess_delimiter(text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise Unreadable(path, None, f"{delimiter!r} parts no columns. Give one sign, such as ;.")
    if header is None:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows, lines = [], []
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num - sum(cell.count("\n") for cell in row))
        header = lines[guess_header(rows)] if rows else 1
    return Layout("csv", header, encoding, delimiter)
