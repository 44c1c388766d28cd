"""What a leader has left goes to who follows her."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.ledger.actions.book import book
from throughline.ledger.actions.open_entitlement import open_entitlement
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entitlement, Entry
from throughline.ledger.rules import Sums, sums_of
from throughline.people.models import Person
from throughline.programs.models import Succession


@transaction.atomic
def hand_over(succession: Succession, by: Person | None, now: datetime) -> None:
    """Carry the rest of each entitlement to the successor (hears ``programs.SUCCEEDED``).

    What the leaver had booked is released: she will not come. What was delivered to her stays
    hers. Without a successor the rest waits where it is.
    """
    if succession.taking_over is None:
        return
    held = Entitlement.objects.filter(
        engagement=succession.engagement_id, holder_person__in=succession.leaving.ids
    ).select_related("promise__cohort", "engagement")
    for entitlement in held:
        _release(entitlement, by, now)
        followers = open_entitlement(
            entitlement.promise,
            person=succession.taking_over,
            engagement=succession.engagement,
            by=by,
            now=now,
            grant=False,
        )
        follower = next(one for one in followers if one.valid_from == entitlement.valid_from)
        rest = sums_of([entitlement.pk]).get(entitlement.pk, Sums()).free
        if rest <= 0:
            continue
        source = f"programs.succession:{succession.pk}:{entitlement.pk}"
        for one, kind in ((entitlement, EntryKind.EXPIRED), (follower, EntryKind.CARRIED)):
            book(
                one, kind=kind, quantity=rest, happened_on=succession.on, source=source, by=by,
                now=now,
            )  # fmt: skip


def _release(entitlement: Entitlement, by: Person | None, now: datetime) -> None:
    standing = Entry.objects.standing().filter(entitlement=entitlement)
    released = set(standing.filter(kind=EntryKind.UNSCHEDULED).values_list("source", flat=True))
    for entry in standing.filter(kind=EntryKind.SCHEDULED):
        if entry.source not in released:
            book(
                entitlement,
                kind=EntryKind.UNSCHEDULED,
                quantity=entry.quantity,
                happened_on=now.date(),
                source=entry.source,
                by=by,
                now=now,
            )
