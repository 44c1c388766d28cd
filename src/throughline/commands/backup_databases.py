"""The database of an installation, as backup and restore see it. Loads no Django."""

from __future__ import annotations

from pathlib import Path

from throughline.commands.backup_postgres import Postgres
from throughline.commands.backup_sqlite import Sqlite
from throughline.commands.folders import DATABASE
from throughline.commands.speaking import Stop
from throughline.core import environment

Database = Sqlite | Postgres
"""Both have ``kind``, ``part``, ``spoken``; ``is_empty``, ``copy``, ``check``, ``refuse_company``."""


def database_of(folder: Path) -> Database:
    """Return the database of this data folder: the one that DATABASE_URL names, else SQLite."""
    found = environment.database(environment.text("DATABASE_URL"), folder / DATABASE)
    if found["ENGINE"].endswith("postgresql"):
        return Postgres(
            {name: str(found[name]) for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
        )
    return Sqlite(Path(found["NAME"]))


def blank(kind: str) -> Database:
    """Return a database of this kind that stands nowhere, to look a copy over.

    Raises
    ------
    Stop
        There is no such kind.
    """
    if kind not in {Sqlite.kind, Postgres.kind}:
        raise Stop(f"This is a backup of a database that is not known here: {kind}.")
    return Postgres({}) if kind == Postgres.kind else Sqlite(Path())
