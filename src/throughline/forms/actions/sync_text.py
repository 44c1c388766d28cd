"""Keep a wording that people will sign, as a version that never changes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.locks import take
from throughline.core.numbers import following
from throughline.forms.enums import SignableKind
from throughline.forms.models import SignableText
from throughline.people.models import Network


@transaction.atomic
def sync_text(
    network: Network,
    key: str,
    body: str,
    *,
    kind: SignableKind,
    now: datetime,
    locale: str = "en-us",
) -> SignableText:
    """Return the version of wording ``key`` that says exactly ``body``."""
    words = body.strip()
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    versions = SignableText.objects.filter(network=network, key=key, locale=locale)
    if known := versions.filter(sha256=sha256).first():
        return known
    take(network)
    if known := versions.filter(sha256=sha256).first():
        return known
    text = SignableText.objects.create(
        network=network, key=key, kind=kind, version=following(versions, "version"), locale=locale,
        body=words, sha256=sha256, written_at=now,
    )  # fmt: skip
    trail.record(None, "published", text, now=now, network=network.pk, key=f"{key}/{text.version}")
    return text
