"""Bring a template of a blueprint into the database, as a version that never changes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.locks import take
from throughline.core.numbers import following
from throughline.messaging.models import Template, TemplateVersion
from throughline.people.models import Network

LANGUAGE = "en"


@transaction.atomic
def sync_template(
    network: Network, key: str, *, kind: str, subject: str, body: str, now: datetime
) -> TemplateVersion:
    """Return the version of template ``key`` that says exactly this."""
    template, _ = Template.objects.get_or_create(network=network, key=key, defaults={"kind": kind})
    take(template)
    words = {"subject": {LANGUAGE: subject}, "body": {LANGUAGE: body}}
    sha256 = hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
    known = TemplateVersion.objects.filter(template=template, sha256=sha256).first()
    if known:
        return known
    version = TemplateVersion.objects.create(
        network=network,
        template=template,
        number=following(template.versions.all(), "number"),
        sha256=sha256,
        **words,
    )
    trail.record(
        None, "published", version, now=now, network=network.pk, key=f"{key}/{version.number}"
    )
    return version
