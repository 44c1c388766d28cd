"""Put an opened backup in the place of what is there. Loads no Django itself.

Everything is unpacked, read over and brought to this version aside first (SQLite), or goes in as
one transaction (PostgreSQL). What was there is kept; nothing is lost when any step fails.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from throughline.commands import backup_file, folders
from throughline.commands.backup_databases import Database
from throughline.commands.backup_facts import Facts
from throughline.commands.backup_file import Backup
from throughline.commands.backup_making import make, moment, writing
from throughline.commands.backup_postgres import Postgres
from throughline.commands.backup_sqlite import Sqlite
from throughline.commands.restore_versions import has_all_steps
from throughline.commands.serve import MODULE
from throughline.commands.speaking import Stop

DRAFTS = ".throughline-restore-"
ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def place(backup: Backup, database: Database, folder: Path, *, is_empty: bool) -> Path | None:
    """Replace what is there. Returns where it is kept, or nothing if nothing was there.

    Raises
    ------
    Stop
        It could not be done; what was there is there.
    """
    root = database.path.parent if isinstance(database, Sqlite) else folder
    with writing(root):
        for stale in root.glob(f"{DRAFTS}*"):  # of a restore that was killed; we hold the lock
            shutil.rmtree(stale)
        with tempfile.TemporaryDirectory(prefix=DRAFTS, dir=root) as name:
            drafts = Path(name)
            for part in backup.manifest.parts:
                backup.take_out(part, drafts)
            database.check(drafts / database.part, backup.manifest.facts)
            if isinstance(database, Sqlite):
                bring_forward(backup.manifest.facts, f"sqlite://{drafts / database.part}")
                database.finish(drafts / database.part)
                return swap(database, folder, drafts, is_empty=is_empty)
            kept = None if is_empty else backup.path.parent / f"before-restore-{moment()}.zip"
            if kept:
                make(database, folder, kept)
            fill(database, drafts, backup.manifest.facts, kept)
            return kept


def bring_forward(facts: Facts, address: str = "") -> None:
    """Take the steps that the backup has not taken yet, in a process that loads Django.

    Raises
    ------
    Stop
        One of them failed.
    """
    if has_all_steps(facts):
        return
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "throughline.settings"}
    if address:
        variables.pop("DATABASE_URL_FILE", None)
        variables["DATABASE_URL"] = address
    done = subprocess.run(
        [*MODULE, "manage", "migrate", "--verbosity", "0", "--no-input"], env=variables,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise Stop(f"The backup could not be brought to this version: {why}", 1)


def swap(database: Sqlite, folder: Path, drafts: Path, *, is_empty: bool) -> Path | None:
    """Move the files of the present aside and those of the backup in."""
    path = database.path
    files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
    aside = Path(tempfile.mkdtemp(prefix=f"before-restore-{moment()}-", dir=path.parent))
    with uninterrupted():
        (folder / folders.RESTORING_MARK).touch()
        if is_empty:
            for file in files:
                file.unlink(missing_ok=True)
        present = [one for one in (*files, folder / folders.DEMO_MARK) if one.exists()]
        for one in present:
            shutil.move(one, aside / one.name)
        (drafts / database.part).rename(path)
        if (drafts / backup_file.DEMO).exists():
            shutil.move(drafts / backup_file.DEMO, folder / folders.DEMO_MARK)
        (folder / folders.RESTORING_MARK).unlink()
    if present:
        return aside
    aside.rmdir()
    return None


def fill(database: Postgres, drafts: Path, wanted: Facts, kept: Path | None) -> None:
    """Fill the database from the backup, count, bring it forward; put back what was there if not.

    Raises
    ------
    Stop
        It could not be done.
    """
    database.put(drafts / database.part, drafts)
    try:
        if not database.facts().same_rows(wanted):
            raise Stop("The database does not hold what the backup held.", 1)
        bring_forward(wanted)
    except BaseException as error:
        before = None
        if kept:
            (drafts / database.part).unlink()
            with backup_file.opened(kept) as earlier:
                before = earlier.take_out(database.part, drafts)
        database.put(before, drafts)
        if isinstance(error, Stop):
            raise Stop(f"{error.sentence} What was there before is back.", error.code) from None
        raise


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let whoever ends us wait for the moment in which names change."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
