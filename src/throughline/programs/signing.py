"""A program's file as it goes to another host: with its hash, who signed it, and a signature.

The signature stands in comments at the end, so the file stays a blueprint like any other. It is
Ed25519 (RFC 8032) over the hash of the canonical form: layout and comments may change, a promise,
a rule or a word may not. A key belongs to one network of an installation; its fingerprint is what
two hosts read to one another.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from throughline.core.environment import key_file
from throughline.people.models import Network

CONTEXT = b"throughline-blueprint-signature-1\n"
HEAD = "# ---- signature ----"
_BLOCK = re.compile(
    rf"\n*{HEAD}\n# by: (?P<by>[^\n]*)\n# key: (?P<key>[^\n]*)\n# signature: (?P<signed>[^\n]*)\n*\Z"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says that she signed a file, with which key, and whether that is true."""

    by: str
    fingerprint: str
    holds: bool


def signed(source: str, sha256: str, network: Network) -> str:
    """Return the file with the network's signature over its hash, in place of any other."""
    key = _key_of(network)
    public = key.public_key().public_bytes_raw()
    signature = key.sign(CONTEXT + sha256.encode())
    name = " ".join(str(network).split())
    return (
        f"{unsigned(source).rstrip()}\n\n{HEAD}\n# by: {name}\n"
        f"# key: {_spelled(public)}\n# signature: {_spelled(signature)}\n"
    )


def unsigned(source: str) -> str:
    """Return the file without its signature."""
    return _BLOCK.sub("\n", source.replace("\r\n", "\n"))


def signature_of(source: str, sha256: str) -> Signature | None:
    """Return the signature of a file, or nothing where it has none.

    Parameters
    ----------
    source
        The file.
    sha256
        The hash of its canonical form, computed from what it says and not read from it.
    """
    found = _BLOCK.search(source.replace("\r\n", "\n"))
    if found is None:
        return None
    try:
        public = base64.b64decode(found["key"], validate=True)
        signature = base64.b64decode(found["signed"], validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, CONTEXT + sha256.encode())
    except (binascii.Error, ValueError, InvalidSignature):
        return Signature(found["by"], "", holds=False)
    return Signature(found["by"], fingerprint(public), holds=True)


def fingerprint_of(network: Network) -> str:
    """Return what the hosts of this network read out, so that others know its key."""
    return fingerprint(_key_of(network).public_key().public_bytes_raw())


def fingerprint(public: bytes) -> str:
    """Return the first 80 bits of the key's SHA-256 in groups of four hex digits."""
    digits = hashlib.sha256(public).hexdigest()[:20]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _key_of(network: Network) -> Ed25519PrivateKey:
    seed = key_file(settings.KEYS / "signing_key") + f":{network.pk}".encode()
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest())


def _spelled(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
