"""The canonical form of a file and its hash: same meaning, same hash."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

PREFIX = b"throughline-blueprint-1\n"


def canonical(sections: Mapping[str, BaseModel]) -> bytes:
    """Return the file as JSON without defaults, layout, or two spellings of one value.

    Keys are sorted by code point, text is in Unicode NFC and trimmed, and no floats occur, so this
    is RFC 8785 as it stands.
    """
    tree = {
        key: dumped
        for key, section in sections.items()
        if (dumped := _normal(section.model_dump(mode="json", exclude_defaults=True)))
    }
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(sections: Mapping[str, BaseModel]) -> str:
    """Return the SHA-256 of the canonical form, in lower-case hex."""
    return hashlib.sha256(PREFIX + canonical(sections)).hexdigest()


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        return re.sub(r"[ \t]+\n", "\n", text.strip())
    if isinstance(value, dict):
        return {key: _normal(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(entry) for entry in value]
    return value
