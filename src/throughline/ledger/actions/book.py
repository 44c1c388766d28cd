"""Book, deliver, grant and let lapse: every entry of the ledger is written here."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.ledger.enums import EntryKind, Overrun
from throughline.ledger.models import Alert, Entitlement, Entry
from throughline.ledger.rules import Sums, can_overdraw, in_words, sums_of
from throughline.people.models import Person


class OverrunAsked(NotAllowed):
    """More would be drawn than was promised. A reason of the staff opens it, or an add-on."""

    def __init__(self, message: str, entitlement: Entitlement, beyond: int) -> None:
        super().__init__(message, field="overrun_reason")
        self.entitlement = entitlement
        self.beyond = beyond
        """How much is missing, in the unit of the promise."""


TRIES = 50
"""How often a booking reads again when others book on the same entitlement at the same moment."""


@transaction.atomic
def book(
    entitlement: Entitlement,
    *,
    kind: str,
    quantity: int,
    happened_on: date,
    source: str,
    by: Person | None,
    now: datetime,
    overrun_reason: str = "",
    on_behalf_of: Person | None = None,
) -> Entry:
    """Write one entry; the same source and kind again returns the first.

    Delivering what was booked under the same source ends the booking in the same moment. The
    caller has asked its own rule whether ``by`` may; going beyond the promise is asked here.

    Raises
    ------
    NotAllowed
        It would draw more than is left, and neither the promise nor a reason of the staff
        allows that. Where a reason would, it is an ``OverrunAsked``.
    WrongState
        The source belongs to somebody else's entry or to one that was reversed (book again
        under the next number), or nothing is booked that could be released.
    BadInput
        The quantity is not positive, or the kind cannot be booked.
    """
    if quantity <= 0 or kind == EntryKind.REVERSED or kind not in EntryKind.values:
        raise BadInput(_("Enter a quantity above zero."), field="quantity")
    for _try in range(TRIES):
        # Revision first, then everything that the decision rests on: whatever is written after
        # this line moves the revision on, so `bump` fails and the next try sees it.
        seen = Entitlement.objects.values_list("revision", flat=True).get(pk=entitlement.pk)
        if (found := _found(entitlement, kind, source)) is not None:
            return found
        released = _released(entitlement, kind, source)
        reason = _reason(entitlement, kind, quantity, released, by, overrun_reason)
        if bump(entitlement, seen):
            break
    else:
        raise WrongState(_("Others are booking at this moment. Try again."))
    shared = {
        "network_id": entitlement.network_id, "entitlement": entitlement, "source": source,
        "happened_on": happened_on, "by": by, "on_behalf_of": on_behalf_of, "recorded_at": now,
    }  # fmt: skip
    if released and kind == EntryKind.DELIVERED:
        Entry.objects.create(kind=EntryKind.UNSCHEDULED, quantity=released, **shared)
    entry: Entry = Entry.objects.create(
        kind=kind, quantity=quantity, overrun_reason=reason, **shared
    )
    trail.record(
        by, "overrun" if reason else kind, entry, now=now, reason=overrun_reason,
        on_behalf_of=on_behalf_of, scope=entitlement.holder_scope_id,
    )  # fmt: skip
    _raise_alerts(entitlement, now)
    return entry


def bump(entitlement: Entitlement, seen: int) -> bool:
    """Take the next revision of an entitlement, unless somebody took it since ``seen``."""
    return bool(
        Entitlement.objects.filter(pk=entitlement.pk, revision=seen).update(revision=seen + 1)
    )


def _found(entitlement: Entitlement, kind: str, source: str) -> Entry | None:
    found = Entry.objects.filter(source=source, kind=kind).select_related("reversal").first()
    if found is None:
        return None
    if found.entitlement_id != entitlement.pk:
        raise WrongState(_("This was already booked for somebody else."))
    if getattr(found, "reversal", None) is not None:
        raise WrongState(_("This booking was corrected. Book again under the next number."))
    return found


def _released(entitlement: Entitlement, kind: str, source: str) -> int:
    """Return how much a delivery or release frees of what was booked under ``source``."""
    if kind not in (EntryKind.DELIVERED, EntryKind.UNSCHEDULED):
        return 0
    standing = Entry.objects.standing().filter(entitlement=entitlement, source=source)
    quantities = dict(standing.values_list("kind", "quantity"))
    if EntryKind.UNSCHEDULED in quantities:
        return 0
    return int(quantities.get(EntryKind.SCHEDULED, 0))


def _reason(
    entitlement: Entitlement,
    kind: str,
    quantity: int,
    released: int,
    by: Person | None,
    overrun_reason: str,
) -> str:
    """Return the reason to store for an entry that overdraws, or nothing; refuse what may not."""
    if kind == EntryKind.UNSCHEDULED:
        if quantity != released:
            raise WrongState(_("Nothing is booked under this number that could be released."))
        return ""
    if kind in (EntryKind.GRANTED, EntryKind.CARRIED) or entitlement.promise.is_on_request:
        return ""
    free = sums_of([entitlement.pk]).get(entitlement.pk, Sums()).free + released
    if quantity <= free:
        return ""
    if kind == EntryKind.EXPIRED:
        raise NotAllowed(_("No more can lapse than is left."))
    if not (decision := can_overdraw(by, entitlement, overrun_reason)):
        raise _refusal(entitlement, free, quantity, decision.reason)
    if entitlement.promise.overrun == Overrun.ALLOW:
        return overrun_reason.strip()[:500] or _("The program allows more than it promised.")
    return overrun_reason.strip()[:500]


def _refusal(entitlement: Entitlement, free: int, quantity: int, reason: str) -> NotAllowed:
    promise = entitlement.promise
    left = {"left": in_words(max(free, 0), promise.unit), "promise": promise.label}
    said = _("Only %(left)s of “%(promise)s” can still be booked.") % left + " " + reason
    if promise.overrun == Overrun.REFUSE:
        return NotAllowed(said)
    return OverrunAsked(said, entitlement, quantity - max(free, 0))


def _raise_alerts(entitlement: Entitlement, now: datetime) -> None:
    promise = entitlement.promise
    if promise.is_on_request or not promise.alert_at:
        return
    sums = sums_of([entitlement.pk]).get(entitlement.pk, Sums())
    if sums.granted <= 0:
        return
    for percent in promise.alert_at:
        if sums.used_percent >= percent:
            Alert.objects.get_or_create(
                entitlement=entitlement,
                percent=percent,
                defaults={"network_id": entitlement.network_id, "at": now},
            )
