"""An installation of its own: a data folder and a database that commands and tests both see."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from throughline.commands import folders


@dataclass(frozen=True)
class Installation:
    """``home`` is the data folder, ``shelf`` where its backups go."""

    home: Path
    shelf: Path

    @property
    def key_file(self) -> Path:
        return self.home / "keys" / "sealing_key"

    def change(self, statement: str) -> None:
        """Change the database behind everybody's back."""
        with connection.cursor() as cursor:
            cursor.execute(statement)
        leave()


def leave() -> None:
    """Close the test's connection, and wait until a server knows it."""
    connection.close()
    if connection.vendor != "postgresql":
        return
    name = connection.settings_dict["NAME"]
    with beside() as server:
        while server.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name]
        ).fetchone():
            time.sleep(0.05)


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Copy the empty, migrated test database once; each installation begins as a copy of that."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name)) as empty:
            empty.execute("VACUUM INTO ?", (str(folder / "empty.sqlite3"),))
        yield str(folder / "empty.sqlite3")
        return
    with copied(name, f"{name}_empty"):
        yield f"{name}_empty"


@contextmanager
def an_installation(folder: Path, empty: str, patch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """Make an installation; until it ends, the test's connection is one to its database."""
    one = Installation(folder / "home", folder / "shelf")
    one.home.mkdir()
    one.shelf.mkdir()
    patch.setenv("THROUGHLINE_HOME", str(one.home))
    patch.setattr(settings, "HOME", one.home)
    patch.setattr(settings, "KEYS", one.home / "keys")
    patch.setattr(settings, "MASTER_KEY_FILE", one.key_file)
    if connection.vendor == "sqlite":
        shutil.copy(empty, one.home / folders.DATABASE)
        patch.setenv("DATABASE_URL", "")
        with lent(str(one.home / folders.DATABASE)):
            yield one
        return
    name = empty.replace("_empty", "_installation")
    with copied(empty, name), lent(name):
        patch.setenv("DATABASE_URL", url_of(name))
        yield one


@contextmanager
def lent(name: str) -> Iterator[None]:
    """Let everybody who asks for the connection have one to another database."""
    before = connections["default"]
    other = before.copy()
    other.settings_dict["NAME"] = name
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = before


@contextmanager
def copied(name: str, copy: str) -> Iterator[None]:
    """Copy a database on the server, and drop the copy in the end."""
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(copy))
    with beside() as server:
        server.execute(drop)
        server.execute(make.format(sql.Identifier(copy), sql.Identifier(name)))
    try:
        yield
    finally:
        with beside() as server:
            server.execute(drop)


@contextmanager
def beside() -> Iterator[psycopg.Connection]:
    """A connection to the server's own database, from which others are made."""
    given = connection.settings_dict
    names = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    parts = {word: given[name] for name, word in names.items() if given[name]}
    with psycopg.connect(dbname="postgres", autocommit=True, **parts) as one:
        yield one


def url_of(name: str) -> str:
    given = {
        word: quote(str(connection.settings_dict[word]), safe="")
        for word in ("USER", "PASSWORD", "HOST", "PORT")
    }
    who = f"{given['USER']}:{given['PASSWORD']}@" if given["PASSWORD"] else f"{given['USER']}@"
    if given["HOST"].startswith("%2F"):
        return f"postgresql://{who}/{name}?host={given['HOST']}"
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{who}{given['HOST']}{port}/{name}"
