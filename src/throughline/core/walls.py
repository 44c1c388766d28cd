"""Walls in the database: no row points into another network, and the trail is only added to.

Generated from the models, one dialect each for SQLite and PostgreSQL. They hold for ``create``,
``bulk_create``, ``update`` and raw SQL. They are taken down before a migration and put up after
it (SQLite cannot rebuild a table that a trigger of another table names).

A model is networked when it has a foreign key called ``network``; it is append-only when its
class says ``append_only = True``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "wall_"
ANOTHER_NETWORK = "a row may not point into another network"
MOVES = "a row may not move to another network"
ONLY_ADDED = "this table is only added to"


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key between two networked tables."""

    table: str
    column: str
    target: str


def keys() -> Iterator[Key]:
    """Yield every foreign key between two networked tables, in a stable order."""
    for model in _models():
        if not _is_networked(model):
            continue
        for field in model._meta.local_fields:
            target = field.related_model
            if not isinstance(field, models.ForeignKey) or not isinstance(target, type):
                continue
            if field.name != "network" and _is_networked(target):
                yield Key(model._meta.db_table, field.column, target._meta.db_table)


def networked_tables() -> list[str]:
    """Return the tables whose rows belong to a network."""
    return [model._meta.db_table for model in _models() if _is_networked(model)]


def append_only_tables() -> list[str]:
    """Return the tables that are only added to."""
    return [model._meta.db_table for model in _models() if getattr(model, "append_only", False)]


def put_up(connection: BaseDatabaseWrapper, *, with_append_only: bool = True) -> int:
    """Put up every wall of the tables that exist. Returns how many stand."""
    take_down(connection)
    present = set(connection.introspection.table_names())
    dialect = _Postgres if connection.vendor == "postgresql" else _SQLite
    statements = [
        statement
        for key in keys()
        if key.table in present and key.target in present
        for statement in dialect.key(key)
    ]
    statements += [
        s for table in networked_tables() if table in present for s in dialect.moves(table)
    ]
    if with_append_only:
        statements += [
            s for table in append_only_tables() if table in present for s in dialect.added(table)
        ]
    with connection.cursor() as cursor:
        for statement in [*dialect.first, *statements]:
            cursor.execute(statement)
    return len(statements)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take down every wall that stands."""
    with connection.cursor() as cursor:
        for name, table in standing(connection):
            where = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{where}')


def standing(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Return name and table of each wall that stands."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgname LIKE %s ORDER BY 1"
        )
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s ORDER BY 1"
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{PREFIX}%"])
        return [(str(name), str(table)) for name, table in cursor.fetchall()]


def _models() -> list[type[models.Model]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("throughline.")]
    return sorted(ours, key=lambda model: model._meta.db_table)


def _is_networked(model: type[models.Model]) -> bool:
    return any(
        field.name == "network" and isinstance(field, models.ForeignKey)
        for field in model._meta.local_fields
    )


def _name(*parts: str) -> str:
    """Return a trigger name; long ones are cut and told apart by a checksum."""
    name = PREFIX + "_".join(parts)
    if len(name) <= 60:
        return name
    return f"{name[:51]}_{sum(ord(c) * (i + 1) for i, c in enumerate(name)) % 16**8:08x}"


class _SQLite:
    first: tuple[str, ...] = ()

    @staticmethod
    def key(key: Key) -> list[str]:
        points = (
            f'WHEN NEW."{key.column}" IS NOT NULL AND (SELECT network_id FROM "{key.target}" '
            f'WHERE id = NEW."{key.column}") <> NEW.network_id '
            f"BEGIN SELECT RAISE(ABORT, '{ANOTHER_NETWORK}'); END"
        )
        head = f'CREATE TRIGGER "{_name(key.table, key.column, "%s")}" BEFORE %s ON "{key.table}" '
        return [
            head % ("i", "INSERT") + points,
            head % ("u", f'UPDATE OF "{key.column}", network_id') + points,
        ]

    @staticmethod
    def moves(table: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{_name(table, "moves")}" BEFORE UPDATE OF network_id ON "{table}" '
            f"WHEN NEW.network_id <> OLD.network_id BEGIN SELECT RAISE(ABORT, '{MOVES}'); END"
        ]

    @staticmethod
    def added(table: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{_name(table, verb.lower())}" BEFORE {verb} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
            for verb in ("UPDATE", "DELETE")
        ]


class _Postgres:
    first: tuple[str, ...] = (
        f"""CREATE OR REPLACE FUNCTION wall_key() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE theirs bigint;
        BEGIN
          EXECUTE format('SELECT network_id FROM %I WHERE id = ($1).%I', TG_ARGV[0], TG_ARGV[1])
            INTO theirs USING NEW;
          IF theirs <> NEW.network_id THEN
            RAISE EXCEPTION '{ANOTHER_NETWORK}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$""",
        f"""CREATE OR REPLACE FUNCTION wall_moves() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION '{MOVES}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        f"""CREATE OR REPLACE FUNCTION wall_added() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION '{ONLY_ADDED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
    )

    @staticmethod
    def key(key: Key) -> list[str]:
        return [
            f'CREATE TRIGGER "{_name(key.table, key.column, "k")}" '
            f'BEFORE INSERT OR UPDATE OF "{key.column}", network_id ON "{key.table}" '
            f'FOR EACH ROW WHEN (NEW."{key.column}" IS NOT NULL) '
            f"EXECUTE FUNCTION wall_key('{key.target}', '{key.column}')"
        ]

    @staticmethod
    def moves(table: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{_name(table, "moves")}" BEFORE UPDATE OF network_id ON "{table}" '
            "FOR EACH ROW WHEN (NEW.network_id <> OLD.network_id) EXECUTE FUNCTION wall_moves()"
        ]

    @staticmethod
    def added(table: str) -> list[str]:
        return [
            f'CREATE TRIGGER "{_name(table, "added")}" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION wall_added()"
        ]
