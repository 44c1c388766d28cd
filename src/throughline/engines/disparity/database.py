"""The embedded database. Imported late: loading it takes a fifth of a second."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PERFECT_BITS = 16
"""A whole number of so many bits that is grouped by is its own place in memory: no hashing."""

INTERRUPTED = "Query interrupted"
"""What the database makes of Ctrl-C."""

_STARTING = Lock()


@contextmanager
def opened(threads: int | None = None) -> Iterator[DuckDBPyConnection]:
    """Open an empty session. What it makes has to be temporary: nobody else sees that.

    Sessions share one database of the process, since starting one takes as long as counting a
    district. With ``threads`` a database of its own has so many.

    Raises
    ------
    KeyboardInterrupt
        Ctrl-C came during a query.
    """
    if threads is not None:
        session = _started(threads)
    else:
        with _STARTING:
            session = _shared(os.getpid()).cursor()
    try:
        yield session
    except RuntimeError as error:
        if str(error) == INTERRUPTED:
            raise KeyboardInterrupt from error
        raise
    finally:
        session.close()


@cache
def _shared(process: int) -> DuckDBPyConnection:
    """Return the database of a process; one that was forked off starts its own."""
    del process
    return _started(None)


def _started(threads: int | None) -> DuckDBPyConnection:
    """Start a database in memory that never fetches anything from elsewhere."""
    import duckdb  # noqa: PLC0415 - slow import

    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "perfect_ht_threshold": PERFECT_BITS,
    }
    return duckdb.connect(config=settings if threads is None else {**settings, "threads": threads})


def database_error() -> type[Exception]:
    """Return what the database raises where a file is not what it should be."""
    import duckdb  # noqa: PLC0415 - slow import

    return duckdb.Error


class Aside:
    """A folder of our own that goes when nobody holds it any longer."""

    def __init__(self, what: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=f"throughline-{what}-"))
        self._goes = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def quoted(name: str) -> str:
    """Return a name as SQL writes it.

    Examples
    --------
    >>> quoted('the "best" column')
    '"the ""best"" column"'
    """
    return '"' + name.replace('"', '""') + '"'


def text(value: str | Path) -> str:
    """Return a text as SQL writes it.

    Examples
    --------
    >>> text("O'Neil High School")
    "'O''Neil High School'"
    """
    return "'" + str(value).replace("'", "''") + "'"


def listed(names: Sequence[str]) -> str:
    """Return names as SQL lists them."""
    return ", ".join(quoted(name) for name in names)


def parquet(path: Path) -> str:
    """Return the expression that reads a Parquet file with the number of each row, from 0."""
    return f"read_parquet({text(path)}, file_row_number = true)"
