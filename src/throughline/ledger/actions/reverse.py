"""Correct an entry: it stays, crossed out, and counts as not there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.ledger.actions.book import TRIES, bump
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entitlement, Entry
from throughline.ledger.rules import Sums, can_reverse, sums_of
from throughline.people.models import Person

TAKES_AWAY = frozenset({EntryKind.GRANTED, EntryKind.CARRIED, EntryKind.UNSCHEDULED})
"""Kinds whose reversal leaves less to draw on."""


@transaction.atomic
def reverse(entry: Entry, *, reason: str, by: Person | None, now: datetime) -> Entry:
    """Write the reversal of ``entry``; again returns the first one.

    Raises
    ------
    NotAllowed
        ``by`` is neither on the staff nor who booked it, or less would be left than is used.
    BadInput
        The reason is missing.
    WrongState
        A reversal cannot be reversed.
    """
    if entry.kind == EntryKind.REVERSED:
        raise WrongState(_("A correction cannot be corrected. Book again instead."))
    if not (decision := can_reverse(by, entry)):
        raise NotAllowed(decision.reason)
    if not reason.strip():
        raise BadInput(_("Say what was wrong."), field="reason")
    entitlement = entry.entitlement
    for _try in range(TRIES):
        # Revision first, as in `book`: a reversal that is written after this line moves it on.
        seen = Entitlement.objects.values_list("revision", flat=True).get(pk=entitlement.pk)
        if (found := Entry.objects.filter(reverses=entry).first()) is not None:
            return found
        _check_rest(entry)
        if bump(entitlement, seen):
            break
    else:
        raise WrongState(_("Others are booking at this moment. Try again."))
    reversal: Entry = Entry.objects.create(
        network_id=entry.network_id,
        entitlement=entitlement,
        kind=EntryKind.REVERSED,
        quantity=entry.quantity,
        happened_on=now.date(),
        source=f"ledger.entry:{entry.pk}",
        reverses=entry,
        by=by,
        recorded_at=now,
    )
    trail.record(
        by, "reversed", reversal, now=now, reason=reason, scope=entitlement.holder_scope_id
    )
    return reversal


def _check_rest(entry: Entry) -> None:
    if entry.kind not in TAKES_AWAY or entry.entitlement.promise.is_on_request:
        return
    sums = sums_of([entry.entitlement_id]).get(entry.entitlement_id, Sums())
    if sums.free < entry.quantity:
        raise NotAllowed(
            _("More than that is already used or booked. Correct those entries first.")
        )
