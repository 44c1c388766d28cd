"""What waits at an entitlement: an alert that nobody noted, or a question for more."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from throughline.ledger.enums import AddOnState
from throughline.ledger.models import AddOn, Alert
from throughline.ledger.models.entitlement import EntitlementQuerySet


def with_waiting(entitlements: EntitlementQuerySet) -> EntitlementQuerySet:
    """Add ``percent`` and ``raised_at`` of the highest alert, and what is ``asked``, by whom, when."""
    alert = Alert.objects.filter(entitlement=OuterRef("pk"), noted_at__isnull=True)
    highest = alert.order_by("-percent")[:1]
    asked = AddOn.objects.filter(entitlement=OuterRef("pk"), state=AddOnState.ASKED)[:1]
    return entitlements.annotate(
        percent=Subquery(highest.values("percent")),
        raised_at=Subquery(highest.values("at")),
        asked=Subquery(asked.values("quantity")),
        asked_at=Subquery(asked.values("asked_at")),
        asked_by=Subquery(asked.values("asked_by__full_name")),
    )
