"""What a number was computed from, as one hash: the files, the codebook and the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from throughline.engines.disparity.missing import CODES

RULES = 1
"""Of how cells are read and counted. It changes when the same file would give other numbers."""


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def rules() -> str:
    """Return the hash of the rules: their number, and every code list that ships."""
    digest = hashlib.sha256(f"rules {RULES}\n".encode())
    for path in sorted(CODES.glob("*.toml")):
        digest.update(f"{path.name} {sha256_of(path)}\n".encode())
    return digest.hexdigest()


def snapshot(files: Iterable[str], codebook: str) -> str:
    """Return the hash of a snapshot, from the hashes of its files and the codebook as JSON.

    Names, folders and the order of the files do not matter; one changed byte does.
    """
    digest = hashlib.sha256()
    for part in (*sorted(files), hashlib.sha256(codebook.encode()).hexdigest(), rules()):
        digest.update(f"{part}\n".encode())
    return digest.hexdigest()
