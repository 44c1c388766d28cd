"""Answers as plain values: what is stored, when it counts as empty, how it reads on a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.forms.enums import FieldKind

Options = Sequence[tuple[str, str]]


def stored(value: Any) -> Any:
    """Return a value as JSON keeps it. Nothing typed is ``None``; a date is ISO text."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n") if value.strip() else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (set, frozenset)):
        return [stored(one) for one in sorted(value)] or None
    if isinstance(value, (list, tuple)):
        return [stored(one) for one in value] or None
    if isinstance(value, Mapping):
        return {str(key): stored(one) for key, one in value.items()} or None
    return value


def is_empty(kind: str, value: Any) -> bool:
    """Whether a required question with this answer is still open. An unchecked box is; a "no" is not."""
    if kind == FieldKind.ATTEST:
        return value is not True
    return value is None or value == "" or value == []


def shown(kind: str, value: Any, *, options: Options = ()) -> str:
    """Return an answer as readers see it; empty if there is none."""
    if value is None or value == []:
        return ""
    labels = dict(options)
    if kind in {FieldKind.YES_OR_NO, FieldKind.ATTEST}:
        return _("Yes") if value else _("No")
    if kind == FieldKind.DATE:
        return date_format(date.fromisoformat(value))
    if isinstance(value, list):
        return "; ".join(labels.get(str(one), str(one)) for one in value)
    return labels.get(str(value), str(value))


def count_words(text: str | None) -> int:
    """Count words as a reader would."""
    return len((text or "").split())


def fingerprint(content: Any) -> str:
    """Return the SHA-256 of plain values, independent of the order of keys."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
