"""Build the demo of a data folder, so that a half-finished one is never served.

It is built in a folder inside the data folder and moved into place when it is whole; a mark stands
from the first step to the last. Whoever finds the mark clears the folder and builds again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from throughline.commands import folders
from throughline.commands.demo_steps import play
from throughline.commands.processes import url_of
from throughline.commands.speaking import Stop, say

ASIDE = "building"
DEFAULT_SEED = 1


def build(folder: Path, options: Namespace) -> None:
    """Make sure that the folder holds the demo that was asked for.

    Raises
    ------
    Stop
        The folder holds a real network, or a demo built from something else.
    """
    if folders.holds_a_real_network(folder):
        raise Stop(
            f"{folder} holds a network that is no demo. Name another folder in THROUGHLINE_HOME."
        )
    if is_there(folder, options):
        return
    with folders.in_use(folder, by_children=True):
        if is_there(folder, options):  # another one has just finished it
            return
        if folders.is_half_built(folder):
            say("A demo was begun here and not finished; building it again.")
        (folder / folders.BUILDING_MARK).touch()
        clear(folder)
        make(folder, options)


def is_there(folder: Path, options: Namespace) -> bool:
    """Return whether the demo that was asked for is there and is to be kept.

    Raises
    ------
    Stop
        Another demo is there.
    """
    have = folders.demo_of(folder)
    if not have or options.reset:
        return False
    refuse_another(have, options)
    return True


def wanted(options: Namespace) -> dict[str, object]:
    """Return everything that fixes the bytes of a demo."""
    text = options.blueprint.read_bytes() if options.blueprint else b""
    return {
        "today": (options.today or datetime.now(UTC).date()).isoformat(),
        "today_was_chosen": options.today is not None,
        "seed": DEFAULT_SEED if options.seed is None else options.seed,
        "blueprint": hashlib.sha256(text).hexdigest() if text else "",
    }


def refuse_another(have: dict[str, object], options: Namespace) -> None:
    """Refuse to serve something else than what was asked for, or to throw it away unasked.

    Raises
    ------
    Stop
        The demo was built for another day, seed or program.
    """
    asked = wanted(options)
    given = {
        "today": options.today is not None,
        "seed": options.seed is not None,
        "blueprint": options.blueprint is not None,
    }
    for name, was_given in given.items():
        if was_given and have.get(name) != asked[name]:
            raise Stop(
                f"This data folder holds a demo built with another --{name}. Add --reset to build "
                "it anew (what was changed in it is lost), or name another folder in THROUGHLINE_HOME."
            )


def make(folder: Path, options: Namespace) -> None:
    """Play the program aside, then move the result into place; the mark of the demo comes last."""
    aside = folder / ASIDE
    aside.mkdir(mode=0o700)
    mark = wanted(options)
    people = play(aside, url_of(options.port), mark, options.blueprint)
    for one in sorted(aside.iterdir()):
        one.rename(folder / one.name)
    aside.rmdir()
    draft = folder / f"{folders.DEMO_MARK}.draft"
    draft.write_text(json.dumps({**mark, "people": people}, indent=1) + "\n", encoding="utf-8")
    draft.replace(folder / folders.DEMO_MARK)
    (folder / folders.BUILDING_MARK).unlink()


def clear(folder: Path) -> None:
    """Remove what an earlier demo left; the mark and the lock stay."""
    for one in folder.iterdir():
        if one.name in {folders.BUILDING_MARK, folders.LOCK}:
            continue
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()
