"""Public references: what an address, a file name or an e-mail may carry instead of a counter."""

from __future__ import annotations

from typing import Any

from django.db import models

from throughline.core import chance

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so a reference can be read aloud."""

LENGTH = 10


def new_ref() -> str:
    """Return ten random base-32 characters (50 bits). Not a secret: ``visible_to`` still decides."""
    return "".join(chance.pick(ALPHABET) for _ in range(LENGTH))


def PublicRef() -> models.CharField[Any, Any]:  # noqa: N802 - a field, named like one
    """Return the column that addresses use: unique, never changed, not editable."""
    return models.CharField(max_length=LENGTH, unique=True, default=new_ref, editable=False)
