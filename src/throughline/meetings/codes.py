"""Secret codes of calendar feeds: only their HMAC is stored."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def code_hmac(code: str) -> str:
    """Return what is stored of a feed's code."""
    key = f"{settings.SECRET_KEY}:calendar-feed".encode()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()
