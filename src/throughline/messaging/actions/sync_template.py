"""Bring a template of a blueprint into the database, as a version that never changes."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from throughline.audit import trail
from throughline.messaging.models import Template, TemplateVersion
from throughline.people.models import Network

LANGUAGE = "en"


@transaction.atomic
def sync_template(
    network: Network, key: str, *, kind: str, subject: str, body: str, now: datetime
) -> TemplateVersion:
    """Return the version of template ``key`` that says exactly this."""
    template, _ = Template.objects.get_or_create(network=network, key=key, defaults={"kind": kind})
    words = {"subject": {LANGUAGE: subject}, "body": {LANGUAGE: body}}
    sha256 = hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
    known = TemplateVersion.objects.filter(template=template, sha256=sha256).first()
    if known:
        return known
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    version = TemplateVersion.objects.create(
        network=network, template=template, number=last + 1, sha256=sha256, **words
    )
    trail.record(
        None, "published", version, now=now, network=network.pk, key=f"{key}/{version.number}"
    )
    return version
