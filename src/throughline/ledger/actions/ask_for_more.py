"""Ask the host's staff for more than was promised."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.ledger.enums import AddOnState
from throughline.ledger.models import AddOn, Entitlement
from throughline.ledger.rules import can_ask_for_more
from throughline.people.models import Person


@transaction.atomic
def ask_for_more(
    entitlement: Entitlement, *, quantity: int, reason: str, by: Person | None, now: datetime
) -> AddOn:
    """Ask for ``quantity`` more; while one question waits, asking again returns it.

    Raises
    ------
    NotAllowed
        ``by`` neither holds the entitlement nor leads or coaches its district.
    BadInput
        The reason is missing, nothing is asked for, or no number was promised.
    """
    if not (decision := can_ask_for_more(by, entitlement)):
        raise NotAllowed(decision.reason)
    check_add_on(entitlement, quantity, reason)
    take(entitlement)
    waiting = AddOn.objects.filter(entitlement=entitlement, state=AddOnState.ASKED).first()
    if waiting is not None:
        return waiting
    asked: AddOn = AddOn.objects.create(
        network_id=entitlement.network_id,
        entitlement=entitlement,
        quantity=quantity,
        reason=reason.strip()[:500],
        asked_by=by,
        asked_at=now,
    )
    trail.record(by, "asked for more", asked, now=now, scope=entitlement.holder_scope_id)
    return asked


def check_add_on(entitlement: Entitlement, quantity: int, reason: str) -> None:
    """Refuse an add-on that adds nothing, says nothing or cannot be counted.

    Raises
    ------
    BadInput
        Which of them.
    """
    if entitlement.promise.is_on_request:
        raise BadInput(_("This is given on request, without a number. Nothing need be added."))
    if quantity <= 0:
        raise BadInput(_("Enter a quantity above zero."), field="quantity")
    if not reason.strip():
        raise BadInput(_("Say why more is needed."), field="reason")
