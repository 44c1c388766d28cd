"""The data folder: whose it is, and who works in it at this moment. Loads no Django."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from throughline.commands.speaking import Stop
from throughline.core import environment

DEMO_MARK = "demo.json"
BUILDING_MARK = "demo.building"
RESTORING_MARK = "restore.unfinished"
LOCK = ".in-use"
BACKUP_LOCK = ".backing-up"
DATABASE = "throughline.sqlite3"


def home() -> Path:
    """Return the data folder, made on first use for its owner alone.

    Raises
    ------
    Stop
        It cannot be made, or it is somebody else's.
    """
    folder = environment.home()
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"The data folder {folder} cannot be made ({error.strerror}). Name another one in "
            "THROUGHLINE_HOME."
        ) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Stop(
            f"You may not write in the data folder {folder}. Name another one in THROUGHLINE_HOME."
        )
    return folder


def demo_of(folder: Path) -> dict[str, object] | None:
    """Return what the finished demo in this folder was built from; nothing if there is none."""
    if (folder / BUILDING_MARK).exists():
        return None
    try:
        mark = json.loads((folder / DEMO_MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return mark if isinstance(mark, dict) else None


def is_half_built(folder: Path) -> bool:
    """Return whether a demo was begun here and not finished."""
    return (folder / BUILDING_MARK).exists()


def is_half_restored(folder: Path) -> bool:
    """Return whether a restore died between taking the old away and putting the new in its place."""
    return (folder / RESTORING_MARK).exists()


def holds_a_real_network(folder: Path) -> bool:
    """Return whether somebody's data are here that no demo made."""
    mine = (folder / BUILDING_MARK).exists() or (folder / DEMO_MARK).exists()
    return not mine and (folder / DATABASE).exists()


@contextmanager
def in_use(folder: Path, *, by_children: bool = False) -> Iterator[None]:
    """Hold the folder: one process at a time builds there, changes its tables or serves it.

    ``by_children`` holds it for as long as a process lives that this one starts without closing
    its files, so that a builder that outlives us is not disturbed.

    Raises
    ------
    Stop
        Another process serves or builds there.
    """
    sentence = (
        f"Another throughline works in {folder}. End it first, or name another folder in "
        "THROUGHLINE_HOME."
    )
    with _held(folder / LOCK, sentence, by_children=by_children):
        yield


@contextmanager
def backing_up(folder: Path) -> Iterator[None]:
    """Hold the folder for one backup or restore at a time; a server goes on meanwhile.

    Raises
    ------
    Stop
        Another backup or restore is at work.
    """
    sentence = f"Another backup or restore of {folder} is at work. Wait until it has ended."
    with _held(folder / BACKUP_LOCK, sentence):
        yield


@contextmanager
def _held(lock: Path, sentence: str, *, by_children: bool = False) -> Iterator[None]:
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(handle, by_children)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Stop(sentence) from None
    try:
        yield
    finally:
        os.close(handle)
