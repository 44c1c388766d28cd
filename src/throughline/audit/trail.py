"""Write the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db import models

from throughline.audit.models import AccessEvent, AuditEvent, AuditReason
from throughline.core import chance


class HasNetwork(Protocol):
    """Somebody of a network: a person of ``people``, which the trail does not know."""

    pk: int
    network_id: int


class TwoNetworks(ValueError):  # noqa: N818 - says what happened
    """The ids of one event come from two networks."""


def record(
    by: HasNetwork | None,
    verb: str,
    thing: models.Model,
    *,
    now: datetime,
    scope: int | None = None,
    fields: Iterable[str] = (),
    reason: str = "",
    on_behalf_of: object | None = None,
    network: int | None = None,
    kind: str | None = None,
    key: str | None = None,
) -> AuditEvent:
    """Record that ``by`` (None: the system) did ``verb`` to ``thing``.

    ``fields`` are names of columns that changed, never their contents. ``scope`` is a scope's id.

    Raises
    ------
    TwoNetworks
        Actor, principal, thing and ``network`` do not belong to one network.
    """
    networks = {
        found
        for found in (
            network,
            getattr(by, "network_id", None),
            getattr(on_behalf_of, "network_id", None),
            getattr(thing, "network_id", None),
        )
        if found is not None
    }
    if len(networks) > 1:
        raise TwoNetworks(f"{verb}: ids of networks {sorted(networks)} in one event")
    event = AuditEvent(
        network=next(iter(networks), None),
        at=now,
        by=by.pk if by else None,
        on_behalf_of=getattr(on_behalf_of, "pk", None),
        verb=verb,
        kind=kind or thing._meta.label_lower,
        key=key or getattr(thing, "ref", "") or str(thing.pk),
        scope=scope if scope is not None else getattr(thing, "scope_id", None),
        fields=sorted(fields),
    )
    salt = ""
    if reason:
        salt = chance.token_bytes(16).hex()
        event.reason_sha256 = hashlib.sha256((salt + reason).encode()).hexdigest()
    event.save()
    if reason:
        AuditReason.objects.create(event=event, words=reason, salt=salt)
    return event


def record_view(
    viewer: HasNetwork, thing: models.Model, *, about: HasNetwork | None, why: str, now: datetime
) -> None:
    """Record that ``viewer`` opened something restricted or sealed about ``about``."""
    AccessEvent.objects.create(
        network=viewer.network_id,
        at=now,
        viewer=viewer.pk,
        about=about.pk if about else None,
        kind=thing._meta.label_lower,
        key=getattr(thing, "ref", "") or str(thing.pk),
        why=why,
    )
