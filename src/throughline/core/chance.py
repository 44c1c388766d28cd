"""Randomness in one place, so that a rehearsal can be repeated to the byte.

Everything that must not be guessed comes from the operating system. ``repeatable`` replaces it
for references, codes and keys while a demo network is built; it refuses to nest.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

_source: ContextVar[random.Random | None] = ContextVar("chance", default=None)


def pick(alphabet: Sequence[str]) -> str:
    """Return one element, each equally likely."""
    source = _source.get()
    return source.choice(alphabet) if source else secrets.choice(alphabet)


def token_bytes(length: int) -> bytes:
    """Return ``length`` random bytes."""
    source = _source.get()
    return source.randbytes(length) if source else secrets.token_bytes(length)


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Draw from a seeded source inside the block. For made-up data only.

    Raises
    ------
    RuntimeError
        A repeatable block is already open.
    """
    if _source.get() is not None:
        raise RuntimeError("Randomness is already repeatable.")
    token = _source.set(random.Random(seed))  # noqa: S311 - made-up data, not secrets
    try:
        yield
    finally:
        _source.reset(token)
