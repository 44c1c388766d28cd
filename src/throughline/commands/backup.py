"""``throughline backup``: one file from which a network comes back, made while the server runs."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from throughline.commands import backup_file, folders
from throughline.commands.backup_databases import blank, database_of
from throughline.commands.backup_file import Manifest
from throughline.commands.backup_making import make, moment, writing
from throughline.commands.processes import Ended, supervised
from throughline.commands.restore_versions import refuse_newer
from throughline.commands.speaking import Arguments, Stop, answer, say
from throughline.core import environment


def main(arguments: Sequence[str]) -> int:
    """Write a backup, or look one over."""
    options = read(arguments)
    try:
        with supervised():
            return check(options) if options.check else back_up(options)
    except Ended as ended:
        return ended.halfway


def read(arguments: Sequence[str]) -> Namespace:
    """Read what the person typed."""
    parser = Arguments("throughline backup", description=__doc__, epilog=backup_file.NOTICE)
    add = parser.add_argument
    add(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="a new file, or a folder to make one in (here)",
    )
    add("--check", action="store_true", help="read the backup FILE to its end; change nothing")
    add("--json", action="store_true", help="print the file and what is in it, alone on stdout")
    options: Namespace = parser.parse_args(arguments)
    if options.check and not options.file:
        raise Stop("--check: name the file of a backup.")
    return options


def back_up(options: Namespace) -> int:
    """Write the backup of this data folder."""
    folder = environment.home()
    target = target_of(options.file or Path(), folder)
    database = database_of(folder)
    if folders.is_half_built(folder):
        raise Stop(
            f"{folder} holds a half-finished demo. Run ./throughline demo, which finishes it."
        )
    if folders.is_half_restored(folder):
        raise Stop(f"{folder} holds a half-finished restore. Restore again first.")
    if database.is_empty():
        raise Stop(
            f"There is nothing to back up in {folder}. Name the data folder in THROUGHLINE_HOME."
        )
    with folders.backing_up(folders.home()):
        manifest = make(database, folder, target)
    told(target, manifest, as_json=options.json)
    say(backup_file.NOTICE)
    return 0


def target_of(given: Path, folder: Path) -> Path:
    """Return the file to write: the one that was named, or a new one in the folder that was.

    Raises
    ------
    Stop
        It lies in the data folder, where the key file is.
    """
    target = given / f"throughline-{moment()}.zip" if given.is_dir() else given
    target = target.absolute()
    if target.resolve().is_relative_to(folder.resolve()):
        raise Stop(
            f"{target} lies in the data folder, beside the key file of private texts. Choose a "
            "folder that the key file never reaches, best on another disk."
        )
    return target


def check(options: Namespace) -> int:
    """Read a backup to its end, as a restore would."""
    with backup_file.opened(options.file) as backup:
        manifest = backup.manifest
        refuse_newer(manifest)
        place = Path(tempfile.gettempdir())
        with writing(place), tempfile.TemporaryDirectory(prefix="throughline-check-") as drafts:
            for name in manifest.parts:
                backup.take_out(name, Path(drafts))
            database = blank(manifest.database)
            database.check(Path(drafts) / database.part, manifest.facts)
    told(options.file, manifest, as_json=options.json)
    say("It is whole and can be restored here. Nothing was changed.")
    return 0


def told(path: Path, manifest: Manifest, *, as_json: bool) -> None:
    """Say what the file is and what is in it."""
    facts = manifest.facts
    if as_json:
        answer(
            {
                "file": str(path), "bytes": path.stat().st_size, "sha256": backup_file.digest(path),
                "made_at": manifest.made_at, "version": manifest.version,
                "database": manifest.database, "rows": manifest.total,
                "networks": facts.rows.get("people_network", 0), "keys": facts.keys,
            }
        )  # fmt: skip
        return
    print(path)
    networks = facts.rows.get("people_network", 0)
    size = path.stat().st_size / 1_000_000
    say(
        f"{size:.1f} MB, {manifest.named}; networks: {networks}, rows: {manifest.total}, tables: "
        f"{len(facts.rows)}.\nSHA-256 {backup_file.digest(path)}"
    )
