"""Take a waiver back: the rule binds again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.errors import NotAllowed
from throughline.ledger.models import Waiver
from throughline.ledger.rules import can_waive
from throughline.people.models import Person


@transaction.atomic
def end_waiver(waiver: Waiver, *, by: Person | None, now: datetime) -> Waiver:
    """End a waiver; the row stays, and a second press changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is neither a director nor named for it by the program.
    """
    if not (decision := can_waive(by, waiver.cohort)):
        raise NotAllowed(decision.reason)
    if Waiver.objects.filter(pk=waiver.pk).live().update(ended_at=now):
        trail.record(by, "took back", waiver, now=now, scope=waiver.cohort.scope_id)
    waiver.refresh_from_db()
    return waiver
