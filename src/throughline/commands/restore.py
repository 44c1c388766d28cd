"""``throughline restore``: put a backup in the place of what is there, which is kept aside."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from throughline.commands import backup_file, folders
from throughline.commands.backup_databases import blank, database_of
from throughline.commands.backup_file import Backup
from throughline.commands.processes import Ended, supervised
from throughline.commands.restore_placing import place
from throughline.commands.restore_versions import refuse_newer
from throughline.commands.speaking import Arguments, Stop, answer, say


def main(arguments: Sequence[str]) -> int:
    """Restore one backup."""
    parser = Arguments("throughline restore", description=__doc__)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a file that ./throughline backup wrote"
    )
    parser.add_argument(
        "--replace", action="store_true", help="replace what is there; it is kept aside"
    )
    parser.add_argument("--json", action="store_true", help="print what was done, alone on stdout")
    options = parser.parse_args(arguments)
    try:
        with supervised(), backup_file.opened(options.file) as backup:
            folder = folders.home()
            with folders.in_use(folder), folders.backing_up(folder):
                kept = restore(backup, folder, replace=options.replace)
            told(backup, folder, kept, options)
    except Ended as ended:
        return ended.halfway
    return 0


def restore(backup: Backup, folder: Path, *, replace: bool) -> Path | None:
    """Put the backup in place. Returns where what was there before is kept.

    Raises
    ------
    Stop
        It cannot or must not be done; what was there is there.
    """
    database = database_of(folder)
    manifest = backup.manifest
    if manifest.database != database.kind:
        raise Stop(
            f"This is a backup of {blank(manifest.database).spoken}, and DATABASE_URL names "
            f"{database.spoken} here."
        )
    refuse_newer(manifest)
    if folders.is_half_built(folder):
        raise Stop(
            f"{folder} holds a half-finished demo. Run ./throughline demo, which finishes it."
        )
    is_empty = database.is_empty()
    if not is_empty and not replace:
        raise Stop(f"{folder} holds a network already. Add --replace: what is there is kept aside.")
    database.refuse_company()
    return place(backup, database, folder, is_empty=is_empty)


def told(backup: Backup, folder: Path, kept: Path | None, options: Namespace) -> None:
    """Say what is there now, where the rest is, and whether private texts open."""
    manifest = backup.manifest
    sentence, opens = private_texts(manifest.facts.keys, folder / "keys" / "sealing_key")
    if options.json:
        answer(
            {
                "restored": str(options.file), "made_at": manifest.made_at,
                "version": manifest.version, "rows": manifest.total,
                "kept": str(kept) if kept else None, "private_texts_open": opens,
            }
        )  # fmt: skip
        return
    say(f"Restored {options.file} ({manifest.named}): {manifest.total} rows, each counted.")
    if kept:
        say(f"What was there before is in {kept}.")
    say(sentence)
    start = "demo" if backup_file.DEMO in manifest.parts else "serve"
    say(f"Everybody signs in again. Start the server: ./throughline {start}")


def private_texts(needed: list[str], key_file: Path) -> tuple[str, bool]:
    """Say whether the key file that is here opens the private texts of a backup."""
    if not needed:
        return "No private text is in this backup.", True
    have = name_of(key_file.read_bytes()) if key_file.exists() else ""
    if needed == [have]:
        return "The key file that is here opens its private texts.", True
    what = "The key file here is another one" if have else "There is no key file here"
    return (
        f"{what}: private texts stay sealed. Put the one that was kept elsewhere at {key_file} "
        "before you start the server.",
        False,
    )


def name_of(contents: bytes) -> str:
    """Return by which name rows call a master key (``people.sealing``)."""
    master = hashlib.sha256(contents.strip()).digest()
    return hashlib.sha256(master).hexdigest()[:16]
