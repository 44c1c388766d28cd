"""The file of a backup: a zip of the database and ``manifest.json``, which names all that is in it.

It appears whole, with mode 600, or not at all. Only what the manifest names is taken out again,
and only if it has the size and the SHA-256 that the manifest says. Loads no Django.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from throughline.commands.backup_facts import Facts
from throughline.commands.speaking import Stop

FORMAT = 1
"""Raise it when an older Throughline could no longer read the file."""

MANIFEST = "manifest.json"
DEMO = "demo.json"
MOST_OF_A_MANIFEST = 16_000_000
NOTICE = (
    "The key file of private texts (keys/sealing_key) is not in this backup and never is: without "
    "it private texts stay sealed. Keep a copy of the folder keys where no backup goes. Everything "
    "else can be read by whoever has this file."
)
CHUNK = 1 << 20
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError)
"""What reading a damaged zip raises."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself."""

    format: int
    version: str
    made_at: str
    database: str
    facts: Facts
    parts: Mapping[str, Part]
    notice: str = NOTICE

    @property
    def total(self) -> int:
        return sum(self.facts.rows.values())

    @property
    def named(self) -> str:
        return f"made {self.made_at[:16].replace('T', ' ')} UTC by version {self.version}"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def part_of(path: Path) -> Part:
    """Describe a file that goes into a backup."""
    return Part(path.stat().st_size, digest(path))


def write(draft: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write the zip, for its owner alone, down to the disk."""
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
            for name, source in sources.items():
                archive.write(source, name)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(draft: Path, target: Path) -> None:
    """Give the finished file its name, in one step.

    Raises
    ------
    Stop
        There is a file of that name; it is left as it is.
    """
    try:
        os.link(draft, target)
    except FileExistsError:
        raise Stop(
            f"{target} is already there and is left as it is. Choose another name."
        ) from None
    except OSError:  # a file system without hard links, such as that of many USB sticks
        draft.rename(target)


class Backup:
    """A backup that was opened: its manifest, and what can be taken out of it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self.archive = archive
        try:
            self.manifest = _read(archive)
        except (*DAMAGED, ValueError, TypeError):
            raise Stop(f"{path} is no backup of Throughline.") from None

    def take_out(self, name: str, into: Path) -> Path:
        """Unpack one part, for its owner alone.

        Raises
        ------
        Stop
            It is not what the manifest says.
        """
        wanted = self.manifest.parts[name]
        target = into / name
        seen, size = hashlib.sha256(), 0
        try:
            with self.archive.open(name) as source, _private(target) as file:
                while chunk := source.read(CHUNK):
                    size += len(chunk)
                    seen.update(chunk)
                    file.write(chunk)
        except DAMAGED:
            size = -1
        if (size, seen.hexdigest()) != (wanted.bytes, wanted.sha256):
            raise Stop(f"{self.path} is damaged: {name} in it is not what was written. {INSTEAD}")
        return target


INSTEAD = "Use another backup."


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup.

    Raises
    ------
    Stop
        There is none, it may not be read, or it is something else.
    """
    try:
        if path.is_dir():
            raise Stop(f"{path} is a folder. Name the file of a backup.")
        with path.open("rb") as file:
            begins = file.read(4)
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Stop(f"There is no file {path}.") from None
    except OSError as error:
        raise Stop(f"{path} cannot be read ({error.strerror}).") from None
    except zipfile.BadZipFile:
        if begins == b"PK\x03\x04":
            raise Stop(f"{path} is cut short: its end is missing. {INSTEAD}") from None
        raise Stop(f"{path} is no backup of Throughline.") from None
    with archive:
        yield Backup(path, archive)


def _read(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > MOST_OF_A_MANIFEST:
        raise ValueError(MANIFEST)
    found = json.loads(archive.read(MANIFEST))
    if int(found["format"]) > FORMAT:
        raise Stop(
            f"This backup was made by a newer Throughline ({found['version']}). Install that "
            "version first."
        )
    manifest = Manifest(
        **{
            **found,
            "facts": Facts(**found["facts"]),
            "parts": {name: Part(**part) for name, part in found["parts"].items()},
        }
    )
    if {*manifest.parts, MANIFEST} != set(archive.namelist()) or any(
        "/" in name or name.startswith(".") for name in manifest.parts
    ):
        raise ValueError("parts")
    return manifest


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
