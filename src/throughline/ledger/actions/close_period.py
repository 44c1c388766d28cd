"""Let lapse what a period left over, and carry on what the program carries."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from throughline.core.blueprint.amounts import parse_amount
from throughline.core.locks import take
from throughline.ledger.actions.book import book
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entitlement, Entry
from throughline.ledger.rules import Sums, sums_of
from throughline.people.models import Person

LOGGED_WITHIN = timedelta(days=14)
"""How long after its last day a period stays open, so that what it held can still be logged."""


def close_periods(*, now: datetime) -> int:
    """Close every period that ended long enough ago; return how many had something left."""
    ended = now.date() - LOGGED_WITHIN
    over = Entitlement.objects.filter(valid_to__lt=ended, promise__quantity__isnull=False)
    sums = sums_of(over.values_list("pk", flat=True))
    left = over.filter(pk__in=[key for key, found in sums.items() if found.free > 0])
    return sum(
        close_period(one, by=None, now=now) is not None
        for one in left.select_related("promise__cohort", "engagement").order_by("pk")
    )


@transaction.atomic
def close_period(entitlement: Entitlement, *, by: Person | None, now: datetime) -> Entry | None:
    """Let what is free lapse, and grant the next period what carries over; again changes nothing.

    What is still booked stays booked: it may yet be logged or released, and is looked at again.
    """
    if entitlement.valid_to + LOGGED_WITHIN >= now.date():
        return None
    take(entitlement)
    left = sums_of([entitlement.pk]).get(entitlement.pk, Sums()).free
    if left <= 0:
        return None
    base = f"ledger.period:{entitlement.pk}"
    number = Entry.objects.filter(
        entitlement=entitlement, kind=EntryKind.EXPIRED, source__startswith=f"{base}#"
    ).count()
    source, on = f"{base}#{number + 1}", entitlement.valid_to
    lapsed = book(
        entitlement, kind=EntryKind.EXPIRED, quantity=left, happened_on=on, source=source, by=by,
        now=now,
    )  # fmt: skip
    following = _following(entitlement, on)
    carried = min(left, most_carried(entitlement.promise.carry, left) - _carried(entitlement, base))
    if following is not None and carried > 0:
        book(
            following, kind=EntryKind.CARRIED, quantity=carried, happened_on=following.valid_from,
            source=source, by=by, now=now,
        )  # fmt: skip
    return lapsed


def most_carried(carry: str, left: int) -> int:
    """Return how much of ``left`` goes on into the next period: nothing, all, or so much at most."""
    if carry == "none":
        return 0
    return left if carry == "all" else parse_amount(carry).high


def _carried(entitlement: Entitlement, base: str) -> int:
    """Return what an earlier closing of the same period carried on already, where that has a limit."""
    if entitlement.promise.carry in ("none", "all"):
        return 0
    entries = Entry.objects.standing().filter(
        kind=EntryKind.CARRIED,
        source__startswith=f"{base}#",
        entitlement__promise=entitlement.promise_id,
    )
    return sum(entries.values_list("quantity", flat=True))


def _following(entitlement: Entitlement, last: date) -> Entitlement | None:
    return (
        Entitlement.objects.filter(
            promise=entitlement.promise_id,
            holder_scope=entitlement.holder_scope_id,
            holder_person=entitlement.holder_person_id,
            valid_from__gt=last,
        )
        .select_related("promise")
        .order_by("valid_from")
        .first()
    )
