"""Say that an alert was seen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.errors import NotAllowed
from throughline.ledger.models import Alert, Entitlement
from throughline.ledger.rules import can_correct
from throughline.people.models import Person


@transaction.atomic
def note_alerts(entitlement: Entitlement, *, by: Person, now: datetime) -> int:
    """Take the alerts of an entitlement off the list of staff; a later percent raises its own.

    Raises
    ------
    NotAllowed
        ``by`` is not on the host's staff.
    """
    if not (decision := can_correct(by, entitlement)):
        raise NotAllowed(decision.reason)
    waiting = Alert.objects.filter(entitlement=entitlement, noted_at__isnull=True)
    noted = waiting.update(noted_at=now, noted_by=by)
    if noted:
        trail.record(by, "noted", entitlement, now=now, scope=entitlement.holder_scope_id)
    return noted
