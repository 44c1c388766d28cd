"""Grant more than was promised."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.errors import NotAllowed
from throughline.ledger.actions.ask_for_more import check_add_on
from throughline.ledger.actions.book import book
from throughline.ledger.enums import AddOnState, EntryKind
from throughline.ledger.models import AddOn, Entitlement
from throughline.ledger.rules import can_correct
from throughline.people.models import Person


@transaction.atomic
def grant_add_on(
    entitlement: Entitlement,
    *,
    quantity: int,
    reason: str,
    clause: str = "",
    by: Person | None,
    now: datetime,
    once: UUID | str | None = None,
) -> AddOn:
    """Grant ``quantity`` more at once; the same ``once`` again grants nothing twice.

    Raises
    ------
    NotAllowed
        ``by`` is not on the host's staff.
    BadInput
        The reason is missing, nothing is granted, or no number was promised.
    """
    if not (decision := can_correct(by, entitlement)):
        raise NotAllowed(decision.reason)
    check_add_on(entitlement, quantity, reason)
    sent = sent_once.claim(entitlement.network_id, once, by.pk if by else None, "add on", now)
    if sent.result:
        return AddOn.objects.get(ref=sent.result)
    added = AddOn(
        network_id=entitlement.network_id,
        entitlement=entitlement,
        quantity=quantity,
        reason=reason.strip()[:500],
        asked_by=by,
        asked_at=now,
    )
    add(added, clause, by=by, now=now)
    sent.keep(added.ref)
    return added


@transaction.atomic
def add(added: AddOn, clause: str, *, by: Person | None, now: datetime) -> None:
    """Grant what was asked for. Call it inside an action that asked its rule."""
    entitlement = added.entitlement
    added.entry = book(
        entitlement,
        kind=EntryKind.GRANTED,
        quantity=added.quantity,
        happened_on=now.date(),
        source=f"ledger.add_on:{added.ref}",
        by=by,
        now=now,
    )
    added.state, added.clause = AddOnState.GRANTED, clause.strip()[:500]
    added.decided_by, added.decided_at = by, now
    added.save()
    trail.record(
        by, "added", added, now=now, reason=added.reason, scope=entitlement.holder_scope_id
    )
