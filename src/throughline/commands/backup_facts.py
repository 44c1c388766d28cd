"""What a copy of the database holds: its steps, its rows, the names of the keys it needs.

Read with plain SQL on whichever database it is. Loads no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

NEVER_COPIED = "django_session"
"""Its keys are the cookies of people who are signed in. Whoever finds a backup is not signed in."""

SEALING_KEYS = "people_sealingkey"


class Asks(Protocol):
    """A connection of ``sqlite3`` or ``psycopg``."""

    def execute(self, query: str, /) -> Any:
        """Run a query; the answer can be iterated."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one state of a database from another.

    ``steps`` are the migrations of each app, ``rows`` the count of each table, ``keys`` the names
    of the master keys under which private texts are sealed (a name opens nothing).
    """

    database_version: str
    steps: Mapping[str, list[str]]
    rows: Mapping[str, int]
    keys: list[str]

    def same_rows(self, other: Facts) -> bool:
        return (self.steps, self.rows, self.keys) == (other.steps, other.rows, other.keys)


def read_facts(database: Asks, version: str, tables: Iterable[str]) -> Facts:
    """Read the facts over one connection, in whatever snapshot it stands."""
    names = sorted(set(tables) - {NEVER_COPIED})
    steps: dict[str, list[str]] = {}
    for app, name in database.execute("SELECT app, name FROM django_migrations ORDER BY app, name"):
        steps.setdefault(app, []).append(name)
    rows = {name: _first(database, f'SELECT count(*) FROM "{name}"') for name in names}  # noqa: S608
    keys: list[str] = []
    if SEALING_KEYS in names:
        query = f"SELECT DISTINCT master FROM {SEALING_KEYS} WHERE destroyed_at IS NULL ORDER BY 1"  # noqa: S608
        keys = [str(master) for (master,) in database.execute(query)]
    return Facts(version, steps, rows, keys)


def _first(database: Asks, query: str) -> int:
    return int(next(iter(database.execute(query)))[0])
