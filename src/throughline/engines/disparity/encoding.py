"""From the texts of a file to small whole numbers, once, in a Parquet file of their own.

Python reads every *different* value once; the database then puts its code into every row. What
the codebook does not know refuses the file, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.engines.disparity.codebook import Attribute, Codebook, OutcomeColumn
from throughline.engines.disparity.contracts import report
from throughline.engines.disparity.database import Aside, listed, opened, parquet, quoted, text
from throughline.engines.disparity.reading import Source
from throughline.engines.disparity.snapshots import snapshot
from throughline.engines.disparity.unreadable import Refused, Unreadable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LARGEST = 2**63 - 1
"""Sums of squares stay below this on every engine."""

PACKED = 2**62
"""Codes of all attributes are packed into one whole number while there are fewer combinations."""

_ROW_GROUP = 250_000

_FIRST, _CODE = '"throughline first"', '"throughline code"'
"""Our own columns beside those of the file, which may be called anything."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Students as whole numbers in a Parquet file, one row each.

    Columns ``a0``, ``a1``, ... hold the codes of the attributes, ``o0``, ``o1``, ... the outcomes
    (empty where missing). ``key`` holds the codes of all attributes that are no place as the
    digits of one number, the first the highest; ``radices`` says how many values each digit has.
    """

    path: Path
    codebook: Codebook
    rows: int
    snapshot: str
    radices: tuple[int, ...]
    aside: Aside | None = field(default=None, compare=False, repr=False)

    @property
    def crossed(self) -> tuple[int, ...]:
        """Positions of the attributes that are crossed with one another: all but places."""
        return crossed(self.codebook)

    @property
    def packed(self) -> bool:
        """Whether the file has a ``key``."""
        return prod(self.radices) < PACKED


def crossed(codebook: Codebook) -> tuple[int, ...]:
    """Return the positions of the attributes that are no place."""
    return tuple(at for at, one in enumerate(codebook.attributes) if not one.place)


def encode(source: Source, codebook: Codebook, *, keep: Path | None = None) -> Encoded:
    """Put the codes of the codebook into every row.

    Parameters
    ----------
    keep
        Where the encoded file is to stay; without it, it goes when the answer is forgotten.

    Raises
    ------
    Unreadable
        A column of the codebook is not in the file, or the scores are too large to add up.
    Refused
        Values that the codebook does not know: all of them, with their lines.
    """
    source.need(codebook.columns)
    aside = Aside("encoded")
    path = keep or aside.path / "encoded.parquet"
    with opened() as database:
        database.execute(f"CREATE TEMP VIEW rows AS SELECT * FROM {parquet(source.cells)}")  # noqa: S608
        bad: set[int] = set()
        largest = []
        for place, attribute in enumerate(codebook.attributes):
            code, wrong = _attribute_codes(database, f"a{place}", attribute, codebook)
            largest.append(code)
            bad |= wrong
        radices = tuple(largest[at] + 1 for at in crossed(codebook))
        for place, column in enumerate(codebook.outcomes):
            bad |= _outcome_values(database, f"o{place}", column, codebook, source)
        if bad:
            raise Refused(source.path, report(source, codebook, bad))
        database.execute(
            f"COPY ({_joined(codebook, radices)}) TO {text(path)} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})"
        )
    hashed = snapshot([source.sha256], codebook.to_json())
    return Encoded(path, codebook, source.rows, hashed, radices, aside)


def _different(
    database: DuckDBPyConnection, name: str, columns: Sequence[str]
) -> list[tuple[tuple[str, ...], int]]:
    """Make a table of the different values of columns; return their texts and their first rows."""
    database.execute(
        f"CREATE TEMP TABLE {name} AS SELECT {listed(columns)}, min(file_row_number) AS {_FIRST} "  # noqa: S608
        f"FROM rows GROUP BY {listed(columns)}"
    )
    texts = ", ".join(f"coalesce(trim({quoted(one)}::VARCHAR), '')" for one in columns)
    found = database.execute(f"SELECT {texts}, {_FIRST} FROM {name} ORDER BY rowid").fetchall()  # noqa: S608
    return [(row[:-1], row[-1]) for row in found]


def _attribute_codes(
    database: DuckDBPyConnection, name: str, attribute: Attribute, codebook: Codebook
) -> tuple[int, set[int]]:
    """Write the codes; return the largest that occurs, and rows of values that have none."""
    values = _different(database, name, attribute.columns)
    codes = [attribute.code_of(texts, codebook.among) for texts, _first in values]
    kept = [code if isinstance(code, int) else None for code in codes]
    _write_codes(database, name, kept, attribute.size)
    wrong = {first for (_t, first), code in zip(values, kept, strict=True) if code is None}
    return max((code for code in kept if code is not None), default=0), wrong


def _outcome_values(
    database: DuckDBPyConnection,
    name: str,
    column: OutcomeColumn,
    codebook: Codebook,
    source: Source,
) -> set[int]:
    values = _different(database, name, [column.column])
    read = [column.value_of(texts[0], codebook.among) for texts, _first in values]
    kept = [value if isinstance(value, int) else None for value in read]
    largest = max((abs(value) for value in kept if value is not None), default=0)
    if source.rows * largest**2 > LARGEST:
        raise Unreadable(
            source.path,
            None,
            f"the squares of {column.column} are too large to add up exactly. "
            f"Keep {column.outcome.name} in coarser steps than 1/{column.outcome.scale}.",
        )
    _write_codes(database, name, kept, largest + 1)
    return {
        first for (_t, first), value in zip(values, read, strict=True) if isinstance(value, str)
    }


def _write_codes(
    database: DuckDBPyConnection, name: str, codes: Sequence[int | None], size: int
) -> None:
    small = "TINYINT" if size <= 2**7 else "SMALLINT" if size <= 2**15 else "BIGINT"
    database.execute(f"ALTER TABLE {name} ADD COLUMN {_CODE} {small}")
    database.execute(
        f"UPDATE {name} SET {_CODE} = given.code FROM (SELECT unnest(?::BIGINT[]) AS number, "  # noqa: S608
        f"unnest(?::{small}[]) AS code) AS given WHERE {name}.rowid = given.number",
        [list(range(len(codes))), list(codes)],
    )


def _joined(codebook: Codebook, radices: Sequence[int]) -> str:
    """Return the SQL of every row's codes. Each little table has each value once, so rows stay."""
    named = [(f"a{at}", one.columns) for at, one in enumerate(codebook.attributes)]
    named += [(f"o{at}", (one.column,)) for at, one in enumerate(codebook.outcomes)]
    chosen = [f"{name}.{_CODE} AS {name}" for name, _columns in named]
    joins = [
        f"JOIN {name} ON "
        + " AND ".join(
            f"rows.{quoted(one)} IS NOT DISTINCT FROM {name}.{quoted(one)}" for one in columns
        )
        for name, columns in named
    ]
    if prod(radices) < PACKED:
        chosen.append(f"{_packed_key(codebook, radices)} AS key")
    return f"SELECT {', '.join(chosen)} FROM rows {' '.join(joins)}"  # noqa: S608 - quoted


def _packed_key(codebook: Codebook, radices: Sequence[int]) -> str:
    most = prod(radices)
    kind = "SMALLINT" if most <= 2**15 else "INTEGER" if most <= 2**31 else "BIGINT"
    key = "0"
    for at, radix in zip(crossed(codebook), radices, strict=True):
        key = f"({key} * {radix} + a{at}.{_CODE}::BIGINT)"
    return f"{key}::{kind}"
