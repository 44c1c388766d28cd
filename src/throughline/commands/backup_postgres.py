"""Copy a PostgreSQL database with its own tools, and put a copy in its place. Loads no Django."""

from __future__ import annotations

import logging
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.commands.backup_facts import NEVER_COPIED, Facts, read_facts
from throughline.commands.speaking import Stop

if TYPE_CHECKING:
    import psycopg

PATIENCE = 3
"""Seconds that those who have just left take to be gone."""

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
COMPANY = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend' HAVING count(*) > 0"
)
CLEAR = """DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE one.kind WHEN 'v' THEN 'VIEW'
      WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, one.name);
  END LOOP;
  FOR one IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.name);
  END LOOP;
END $$;
"""
"""Drops what Throughline made and leaves what extensions made."""

TOOLS_MISSING = (
    "PostgreSQL's own tools (pg_dump, pg_restore, psql) are missing here. On Debian or Ubuntu: "
    "apt-get install postgresql-client, not older than the server."
)


class Postgres:
    """The database of a larger installation."""

    kind = "postgresql"
    part = "database.pgdump"
    spoken = "PostgreSQL"

    def __init__(self, settings: Mapping[str, str]) -> None:
        """Take Django's settings of the database: NAME, USER, PASSWORD, HOST, PORT."""
        names = {
            "NAME": "PGDATABASE",
            "USER": "PGUSER",
            "PASSWORD": "PGPASSWORD",
            "HOST": "PGHOST",
            "PORT": "PGPORT",
        }
        ours = {variable: settings[name] for name, variable in names.items() if settings.get(name)}
        self.variables = {**os.environ, **ours}
        self.database = settings.get("NAME", "")

    def is_empty(self) -> bool:
        """Return whether there is no table."""
        with self._connected() as live:
            return not live.execute(TABLES).fetchall()

    def copy(self, folder: Path) -> Facts:
        """Copy one snapshot without sessions; facts are read in that snapshot.

        Raises
        ------
        Stop
            The database cannot be reached, or its tools are missing or fail.
        """
        with self._connected() as live:
            live.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            [snapshot] = live.execute("SELECT pg_export_snapshot()").fetchone() or [""]
            tables = [name for (name,) in live.execute(TABLES)]
            facts = read_facts(live, str(live.info.server_version // 10000), tables)
            self._run(
                "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                f"--snapshot={snapshot}", f"--exclude-table-data=*.{NEVER_COPIED}",
                f"--file={folder / self.part}",
            )  # fmt: skip
        (folder / self.part).chmod(0o600)
        return facts

    def check(self, copied: Path, wanted: Facts) -> None:
        """Read all of a copy.

        Raises
        ------
        Stop
            It cannot be read.
        """
        self._run("pg_restore", "--file=/dev/null", str(copied))

    def refuse_company(self) -> None:
        """Refuse to go on while others are connected: servers, workers, on any machine.

        Raises
        ------
        Stop
            Somebody is.
        """
        last = time.monotonic() + PATIENCE
        with self._connected() as live:
            while (others := live.execute(COMPANY).fetchone()) and time.monotonic() < last:
                time.sleep(0.1)
        if others:
            raise Stop(
                f"The database {self.database} is in use ({others[0]} connections). End every server "
                "and worker, on every machine, first."
            )

    def put(self, copied: Path | None, folder: Path) -> None:
        """Replace everything by a copy (by nothing, without one): all of it or nothing of it.

        ``folder`` is for scripts that are thrown away.

        Raises
        ------
        Stop
            It could not be done; the database is as it was.
        """
        clear = folder / "clear.sql"
        clear.write_text(CLEAR, encoding="utf-8")
        scripts = [clear]
        if copied:
            scripts.append(folder / "fill.sql")
            with self._connected() as live:
                [schema] = live.execute("SELECT current_schema()").fetchone() or ["public"]
            self._run(
                "pg_restore", "--no-owner", "--no-privileges", f"--schema={schema}",
                f"--file={scripts[-1]}", str(copied),
            )  # fmt: skip
        self._run(
            "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
            "--output=/dev/null", *(f"--file={script}" for script in scripts),
        )  # fmt: skip

    def facts(self) -> Facts:
        """Read what is in the database now."""
        with self._connected() as live:
            tables = [name for (name,) in live.execute(TABLES)]
            return read_facts(live, str(live.info.server_version // 10000), tables)

    def _run(self, tool: str, *arguments: str) -> None:
        try:
            done = subprocess.run(
                [tool, *arguments], env=self.variables, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
                check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise Stop(TOOLS_MISSING) from None
        if not done.returncode:
            return
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        why = next((line for line in lines if "error:" in line.lower()), lines[-1] if lines else "")
        raise Stop(f"{why.strip() or f'{tool} failed'}.")

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        import psycopg
        from psycopg.conninfo import make_conninfo

        logging.getLogger("psycopg").setLevel(logging.ERROR)  # Ctrl-C is no news to who pressed it
        names = {"PGDATABASE": "dbname", "PGUSER": "user", "PGPASSWORD": "password"}
        names |= {"PGHOST": "host", "PGPORT": "port"}
        given = {word: self.variables.get(name) or None for name, word in names.items()}
        try:
            with psycopg.connect(make_conninfo("", **given), autocommit=True) as connection:
                yield connection
        except psycopg.Error as error:
            why = str(error).strip().splitlines()[0]
            raise Stop(f"The database {self.database} could not be used: {why}.") from None
