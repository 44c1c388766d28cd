"""An installation of its own: a data folder and a database that commands and tests both see."""

from __future__ import annotations

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
from django.db import connection
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
def an_installation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """Lend the test's connection to a copy of the empty, migrated test database."""
    one = Installation(folder / "home", folder / "shelf")
    one.home.mkdir()
    one.shelf.mkdir()
    monkeypatch.setenv("THROUGHLINE_HOME", str(one.home))
    monkeypatch.setattr(settings, "HOME", one.home)
    monkeypatch.setattr(settings, "KEYS", one.home / "keys")
    monkeypatch.setattr(settings, "MASTER_KEY_FILE", one.key_file)
    lent = on_postgres if connection.vendor == "postgresql" else on_sqlite
    with lent(one.home, monkeypatch):
        try:
            yield one
        finally:
            connection.close()


@contextmanager
def on_sqlite(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    with closing(sqlite3.connect(before)) as empty:
        empty.execute("VACUUM INTO ?", (str(home / folders.DATABASE),))
    monkeypatch.setenv("DATABASE_URL", "")
    connection.settings_dict["NAME"] = str(home / folders.DATABASE)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def on_postgres(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = str(connection.settings_dict["NAME"])
    name = f"{before}_installation"
    connection.close()
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with beside() as server:
        server.execute(drop.format(sql.Identifier(name)))
        server.execute(make.format(sql.Identifier(name), sql.Identifier(before)))
    monkeypatch.setenv("DATABASE_URL", url_of(name))
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        with beside() as server:
            server.execute(drop.format(sql.Identifier(name)))


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
