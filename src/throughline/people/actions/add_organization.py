"""Add an organization to a network, or find the one that stands for a place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.locks import take
from throughline.people.models import Network, Organization, Person, Place


@transaction.atomic
def add_organization(
    network: Network,
    *,
    kind: str,
    name: str,
    place: Place | None = None,
    by: Person | None,
    now: datetime,
) -> Organization:
    """Return the organization of this network at ``place``, making it if there is none yet."""
    if place is not None:
        take(network)
        found = Organization.objects.filter(network=network, place=place).first()
        if found:
            return found
    organization = Organization.objects.create(network=network, kind=kind, name=name, place=place)
    trail.record(by, "added", organization, now=now)
    return organization
