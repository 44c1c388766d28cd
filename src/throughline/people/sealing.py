"""Seal private texts: AES-256-GCM, one data key per author, wrapped by the installation's master key.

What it protects: the words of ``mine`` and ``pair`` texts in a stolen database or backup, and for
ever after their author's key is destroyed. What it does not protect: against somebody who
controls the running server, which holds the master key (docs/host/private-texts.md).
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from throughline.core import chance
from throughline.core.environment import key_file
from throughline.core.errors import DomainError
from throughline.people.models import Person, SealingKey

NONCE = 12
KEY = 32


class KeyGone(DomainError):  # noqa: N818 - says what happened
    """The text can no longer be opened: its author's key, or the master key, is not here."""


def seal(author: Person, text: str, *, identity: str) -> bytes:
    """Encrypt ``text`` so that only ``identity`` (``table:ref:column``) opens it again."""
    nonce = chance.token_bytes(NONCE)
    return nonce + AESGCM(_data_key(author)).encrypt(nonce, text.encode(), identity.encode())


def unseal(author: Person, sealed: bytes, *, identity: str) -> str:
    """Decrypt what ``seal`` made for the same author and identity.

    Raises
    ------
    KeyGone
        The author's key was destroyed, or the text was sealed for another place or key.
    """
    raw = bytes(sealed)
    try:
        return (
            AESGCM(_data_key(author)).decrypt(raw[:NONCE], raw[NONCE:], identity.encode()).decode()
        )
    except InvalidTag:
        raise KeyGone(_("This text cannot be opened with the key that is here.")) from None


def hold_key(author: Person) -> None:
    """Keep the key of an author who was fetched with it, for as long as this object of her lives."""
    author.key_at_hand = getattr(author, "sealing_key", None)


def rotate_master_key(old: bytes, new: bytes) -> int:
    """Wrap every data key anew, touching no text. Returns how many keys were wrapped."""
    rewrapped = 0
    for row in SealingKey.objects.filter(destroyed_at=None, master=_name_of(old)):
        data_key = _unwrap(bytes(row.wrapped or b""), old, row.person_id)
        wrapped = _wrap(data_key, new, row.person_id)
        rewrapped += SealingKey.objects.filter(pk=row.pk, master=_name_of(old)).update(
            wrapped=wrapped, master=_name_of(new)
        )
    return rewrapped


def destroy_key(person: Person, *, now: datetime) -> bool:
    """Erase a person's key, and with it her private texts; an older backup still holds it, wrapped."""
    return bool(
        SealingKey.objects.filter(person=person, destroyed_at=None).update(
            wrapped=None, destroyed_at=now
        )
    )


def master_key() -> bytes:
    """Return the installation's master key, making its file (mode 600) on first use.

    Raises
    ------
    KeyGone
        The file is gone, and texts are sealed under it. A new one would strand what is sealed
        between now and its return.
    """
    is_gone = not settings.MASTER_KEY_FILE.exists()
    if is_gone and SealingKey.objects.filter(destroyed_at=None).exists():
        raise KeyGone(
            _(
                "The key of private texts is not on this server. Whoever runs it can put the key "
                "file back."
            )
        )
    return hashlib.sha256(key_file(settings.MASTER_KEY_FILE)).digest()


def _data_key(author: Person) -> bytes:
    row = _row_of(author)
    master = master_key()
    if row is None:
        data_key = chance.token_bytes(KEY)
        row, is_new = SealingKey.objects.get_or_create(
            person=author,
            defaults={
                "network_id": author.network_id,
                "wrapped": _wrap(data_key, master, author.pk),
                "master": _name_of(master),
            },
        )
        if is_new:
            return data_key
    if row.wrapped is None:
        raise KeyGone(_("This text was erased with its author's key."))
    if row.master != _name_of(master):
        raise KeyGone(
            _(
                "This text was sealed under another master key. Whoever runs this server can put "
                "that key back."
            )
        )
    return _unwrap(bytes(row.wrapped), master, row.person_id)


def _row_of(author: Person) -> SealingKey | None:
    """Return the key that a reader of many texts holds ready, or read it."""
    return author.key_at_hand or SealingKey.objects.filter(person=author).first()


def _wrap(data_key: bytes, master: bytes, person: int) -> bytes:
    nonce = chance.token_bytes(NONCE)
    return nonce + AESGCM(master).encrypt(nonce, data_key, f"person:{person}".encode())


def _unwrap(wrapped: bytes, master: bytes, person: int) -> bytes:
    return AESGCM(master).decrypt(wrapped[:NONCE], wrapped[NONCE:], f"person:{person}".encode())


def _name_of(master: bytes) -> str:
    return hashlib.sha256(master).hexdigest()[:16]
