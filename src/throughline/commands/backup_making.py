"""Make one backup of a data folder. Loads no Django."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from throughline import cli
from throughline.commands import backup_file, folders
from throughline.commands.backup_databases import Database
from throughline.commands.backup_file import Manifest
from throughline.commands.backup_sqlite import Sqlite
from throughline.commands.speaking import Stop


def make(database: Database, folder: Path, target: Path) -> Manifest:
    """Copy what a restore needs into ``target``, which must not be there yet.

    Raises
    ------
    Stop
        It cannot be done; nothing is left behind.
    """
    if target.exists():
        raise Stop(f"{target} is already there and is left as it is. Choose another name.")
    with (
        writing(target.parent),
        tempfile.TemporaryDirectory(prefix=".throughline-backup-", dir=target.parent) as drafts,
    ):
        facts = database.copy(Path(drafts))
        sources = {database.part: Path(drafts) / database.part}
        if database.kind == Sqlite.kind and folders.demo_of(folder):
            sources[backup_file.DEMO] = folder / folders.DEMO_MARK
        manifest = Manifest(
            format=backup_file.FORMAT,
            version=cli.version(),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            database=database.kind,
            facts=facts,
            parts={name: backup_file.part_of(path) for name, path in sources.items()},
        )
        draft = Path(drafts) / "whole"
        backup_file.write(draft, manifest, sources)
        backup_file.put_in_place(draft, target)
    return manifest


def moment() -> str:
    """Return this second in a form that sorts, for names of files."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn what keeps us from writing in a folder into a sentence."""
    try:
        yield
    except OSError as error:
        if not place.is_dir():
            raise Stop(
                f"There is no folder {place}. Make it, or mount the disk that it is on."
            ) from None
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise Stop(
                f"There is no room in {place} ({error.strerror}). Nothing was left there."
            ) from None
        raise Stop(f"Nothing can be written in {place} ({error.strerror}).") from None
