"""Copy an SQLite database while a server writes to it, and look a copy over. Loads no Django."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from throughline.commands.backup_facts import NEVER_COPIED, Facts, read_facts
from throughline.commands.speaking import Stop

PATIENCE = 20
"""Seconds to wait for a writer."""


class Sqlite:
    """The file of a small installation."""

    kind = "sqlite"
    part = "database.sqlite3"
    spoken = "SQLite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def is_empty(self) -> bool:
        """Return whether there is no table; a file that cannot be read is somebody's."""
        if not self.path.exists():
            return True
        try:
            with closing(_open(self.path)) as live:
                return not _tables(live)
        except sqlite3.Error:
            return False

    def copy(self, folder: Path) -> Facts:
        """Copy what is committed at this moment, without freed pages and without sessions.

        Raises
        ------
        Stop
            The database is damaged or busy, or the disk is full.
        """
        target = folder / self.part
        with _said(self.path), closing(_open(self.path)) as live:
            live.execute("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
        with _said(self.path), closing(_open(target)) as copied:
            copied.execute("PRAGMA secure_delete=ON")
            if NEVER_COPIED in _tables(copied):
                copied.execute(f"DELETE FROM {NEVER_COPIED}")  # noqa: S608
            if problem := _problem(copied):
                raise Stop(f"{self.path} is damaged ({problem}). Restore the newest backup.", 1)
            return read_facts(copied, sqlite3.sqlite_version, _tables(copied))

    def check(self, copied: Path, wanted: Facts) -> None:
        """Read all of a copy, and count its rows again.

        Raises
        ------
        Stop
            It is damaged, or is not the one that was described.
        """
        try:
            with closing(_open(copied)) as database:
                problem = _problem(database)
                found = read_facts(database, wanted.database_version, _tables(database))
        except sqlite3.Error as error:
            raise Stop(f"The database in this backup cannot be read: {error}.") from None
        if problem or not found.same_rows(wanted):
            raise Stop(
                f"The database in this backup is not whole: {problem or 'rows are missing'}."
            )

    def refuse_company(self) -> None:
        """Refuse to go on while another process has the file open.

        SQLite lets a database leave the WAL only when nobody else has it open.

        Raises
        ------
        Stop
            Somebody has.
        """
        if not self.path.exists():
            return
        try:
            with closing(_open(self.path, patience=0)) as live:
                live.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Stop(f"Another program has {self.path} open. End it first.") from None
        except sqlite3.DatabaseError:
            pass  # damaged: that is why somebody restores

    def finish(self, copied: Path) -> None:
        """Bring what a migration left beside a copy into it, so that it is one file."""
        with _said(copied), closing(_open(copied)) as database:
            database.execute("PRAGMA journal_mode=DELETE")


def _open(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", patience, uri=True, isolation_level=None
    )


def _tables(database: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [str(name) for (name,) in database.execute(query)]


def _problem(database: sqlite3.Connection) -> str:
    """Return the first thing that is wrong inside the file, or nothing."""
    [found] = database.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if found == "ok" else str(found).splitlines()[-1]


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise Stop(
                f"The disk is full or may not be written ({error}). Make room and try again."
            ) from None
        raise Stop(f"{path} could not be used: {error}. Try again.") from None
    except sqlite3.DatabaseError as error:
        raise Stop(f"{path} is damaged ({error}). Restore the newest backup.", 1) from None
