"""Found a network."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.people.models import Network, Scope


@transaction.atomic
def create_network(
    *, key: str, name: str, zone: str = "America/New_York", domain: str = "", now: datetime
) -> Network:
    """Create a network with the root of its scope tree."""
    network = Network.objects.create(key=key, name=name, zone=zone, domain=domain)
    root = Scope.objects.root(network)
    trail.record(None, "founded", network, now=now, network=network.pk, scope=root.pk)
    return network
