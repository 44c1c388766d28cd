"""The one GROUP BY: students to the finest cells, the same whole numbers on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from throughline.engines.disparity.codebook import Codebook
from throughline.engines.disparity.database import opened, text
from throughline.engines.disparity.encoding import Encoded, crossed
from throughline.engines.disparity.tables import IntArray

ENGINES = ("duckdb", "polars", "pyspark")


@dataclass(frozen=True, slots=True)
class Cells:
    """Occupied cells, in no particular order.

    ``codes`` has shape (C, A), one column per attribute in ``attributes`` (positions in the
    codebook); ``n`` has shape (C,); ``n_valid``, ``total`` and ``squares`` have shape (C, O).
    """

    attributes: tuple[int, ...]
    codes: IntArray
    n: IntArray
    n_valid: IntArray
    total: IntArray
    squares: IntArray


def base_expression(rows: Any, keys: Sequence[str], codebook: Codebook) -> Any:
    """Return the GROUP BY over an Ibis table of encoded rows, as an Ibis table.

    It answers n, and per outcome n_valid, sum and sum of squares.

    Sums are of 64-bit whole numbers. That they fit was made sure when the file was encoded.
    """
    sums: dict[str, Any] = {"n": rows.count().cast("int64")}
    for at, column in enumerate(codebook.outcomes):
        value = rows[f"o{at}"].cast("int64")
        sums[f"v{at}"] = value.count().cast("int64")
        sums[f"s{at}"] = value.sum().cast("int64")
        if not column.outcome.binary:
            sums[f"q{at}"] = (value * value).sum().cast("int64")
    return rows.group_by(list(keys)).aggregate(**sums) if keys else rows.aggregate(**sums)


def count_cells(
    encoded: Encoded,
    attributes: Sequence[int],
    *,
    engine: str = "duckdb",
    packed: bool | None = None,
    threads: int | None = None,
) -> Cells:
    """Count the cells of some attributes of the codebook.

    Parameters
    ----------
    attributes
        Positions in the codebook.
    engine
        ``duckdb``, ``polars`` or ``pyspark``: the same cells.
    packed
        Whether DuckDB groups by the one packed key, which is faster; by itself it does so where
        all crossed attributes are asked for.
    """
    if engine not in ENGINES:
        raise ValueError(f"There is no engine {engine!r}. There are: {', '.join(ENGINES)}.")
    whole = tuple(attributes) == crossed(encoded.codebook) and encoded.packed
    if engine == "duckdb" and (whole if packed is None else packed):
        if not whole:
            raise ValueError("Only all crossed attributes together have a packed key.")
        return _packed(encoded, threads)
    keys = [f"a{at}" for at in attributes]
    run = {"duckdb": _duckdb, "polars": _polars, "pyspark": _pyspark}[engine]
    columns = run(encoded, keys, threads)
    codes = [columns[key] for key in keys]
    return _cells(encoded.codebook, tuple(attributes), codes, columns)


def _cells(
    codebook: Codebook,
    attributes: tuple[int, ...],
    codes: Sequence[IntArray],
    columns: dict[str, IntArray],
) -> Cells:
    n = columns["n"]
    if not attributes and not n.all():
        n = n[:0]

    def stacked(kind: str) -> IntArray:
        found = [
            columns[f"{'s' if kind == 'q' and one.outcome.binary else kind}{at}"]
            for at, one in enumerate(codebook.outcomes)
        ]
        return np.stack(found, axis=1) if found else np.empty((len(n), 0), np.int64)

    by = np.stack(codes, axis=1) if codes else np.empty((len(n), 0), np.int64)
    return Cells(attributes, by, n, stacked("v"), stacked("s"), stacked("q"))


def _packed(encoded: Encoded, threads: int | None) -> Cells:
    """Group by the packed key, in DuckDB's own words: the fast path, equal to the plain one."""
    sums = ["count(*) AS n"]
    for at, column in enumerate(encoded.codebook.outcomes):
        sums += [f"count(o{at}) AS v{at}", f"coalesce(sum(o{at}), 0)::BIGINT AS s{at}"]
        if not column.outcome.binary:
            sums.append(f"coalesce(sum(o{at}::BIGINT * o{at}::BIGINT), 0)::BIGINT AS q{at}")
    with opened(threads) as database:
        found = database.execute(
            f"SELECT key, {', '.join(sums)} FROM read_parquet({text(encoded.path)}) GROUP BY key"  # noqa: S608
        ).fetchnumpy()
    columns = {name: _whole(values) for name, values in found.items()}
    codes = np.unravel_index(columns["key"], encoded.radices) if encoded.radices else ()
    return _cells(encoded.codebook, crossed(encoded.codebook), list(codes), columns)


def _whole(values: Any) -> IntArray:
    """Return a column as int64; an empty sum is zero because nobody was counted in it."""
    if isinstance(values, np.ma.MaskedArray):
        values = values.filled(0)
    given = np.asarray(values)
    if given.dtype.kind not in "iu":
        raise TypeError(f"the engine answered {given.dtype} where whole numbers were asked for")
    return given.astype(np.int64)


def _fields(encoded: Encoded) -> list[str]:
    codebook = encoded.codebook
    return [f"a{at}" for at in range(len(codebook.attributes))] + [
        f"o{at}" for at in range(len(codebook.outcomes))
    ]


def _answered(encoded: Encoded, keys: Sequence[str]) -> list[str]:
    """Return the names of the columns that the base expression answers."""
    names = [*keys, "n"]
    for at, column in enumerate(encoded.codebook.outcomes):
        names += [f"v{at}", f"s{at}", *([] if column.outcome.binary else [f"q{at}"])]
    return names


def _unbound(encoded: Encoded, keys: Sequence[str], dialect: str) -> str:
    import ibis  # noqa: PLC0415 - takes a second, and the packed path needs none

    narrowest = dict.fromkeys(_fields(encoded), "int8")  # so that every widening is written out
    rows = ibis.table(narrowest, name="encoded")
    return str(ibis.to_sql(base_expression(rows, keys, encoded.codebook), dialect=dialect))


def _duckdb(encoded: Encoded, keys: Sequence[str], threads: int | None) -> dict[str, IntArray]:
    expression = _unbound(encoded, keys, "duckdb")
    # A sum is a HUGEINT here, which NumPy would be handed as a rounded float.
    narrowed = ", ".join(f"{name}::BIGINT AS {name}" for name in _answered(encoded, keys))
    with opened(threads) as database:
        database.execute(
            f"CREATE TEMP VIEW encoded AS SELECT * FROM read_parquet({text(encoded.path)})"  # noqa: S608
        )
        found = database.execute(f"SELECT {narrowed} FROM ({expression})").fetchnumpy()  # noqa: S608
    return {name: _whole(values) for name, values in found.items()}


def _polars(encoded: Encoded, keys: Sequence[str], threads: int | None) -> dict[str, IntArray]:
    """Run the same expression on Polars, which takes its threads from the environment."""
    del threads
    import ibis  # noqa: PLC0415 - takes a second
    import polars as pl  # noqa: PLC0415 - a library of the tests

    backend = ibis.polars.connect()
    rows = backend.create_table("encoded", pl.scan_parquet(encoded.path))
    found = backend.compile(base_expression(rows, keys, encoded.codebook)).collect()
    return {
        name: _whole(found[name].fill_null(0).cast(pl.Int64).to_numpy()) for name in found.columns
    }


def _pyspark(encoded: Encoded, keys: Sequence[str], threads: int | None) -> dict[str, IntArray]:
    """Run the same expression on Spark: in the session there is, or a local one of two workers."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    local = SparkSession.builder.master(f"local[{threads or 2}]").config(
        "spark.ui.enabled", "false"
    )
    for name in ("spark.driver.host", "spark.driver.bindAddress"):
        local = local.config(name, "127.0.0.1")
    session = SparkSession.getActiveSession() or local.getOrCreate()
    session.read.parquet(str(encoded.path)).createOrReplaceTempView("encoded")
    frame = session.sql(_unbound(encoded, keys, "pyspark"))
    rows = frame.collect()
    return {
        name: np.array([row[at] or 0 for row in rows], dtype=np.int64)
        for at, name in enumerate(frame.columns)
    }
