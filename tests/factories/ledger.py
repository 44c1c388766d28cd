"""Promises and what somebody has of them."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from tests.factories.people import NOW
from tests.factories.programs import fellow_of, make_engagement
from throughline.ledger.actions.book import book
from throughline.ledger.actions.make_promises import make_promises
from throughline.ledger.actions.open_engagement import open_engagement
from throughline.ledger.actions.open_entitlement import open_entitlement
from throughline.ledger.enums import EntryKind, Per, Unit
from throughline.ledger.models import Entitlement, Entry, Promise
from throughline.programs.models import Cohort, DistrictEngagement

_numbers = count(1)


def make_promise(cohort: Cohort, **fields: Any) -> Promise:
    """A promise beside those of the blueprint: by default 20 hours of coaching for each district."""
    defaults = {
        "key": f"coaching-{next(_numbers)}",
        "label": "20 hours of coaching",
        "kind": "coaching",
        "unit": Unit.MINUTES,
        "quantity": 1200,
        "per": Per.ENGAGEMENT,
        "alert_at": [75, 90, 100],
    }
    return Promise.objects.create(network=cohort.network, cohort=cohort, **{**defaults, **fields})


def make_entitlement(
    engagement: DistrictEngagement | None = None, *, now: datetime = NOW, **fields: Any
) -> Entitlement:
    """What a district has of a promise (``make_promise``), granted."""
    engagement = engagement or make_engagement()
    promise = make_promise(engagement.cohort, **fields)
    (entitlement,) = open_entitlement(
        promise, scope=engagement.scope, engagement=engagement, by=None, now=now
    )
    return entitlement


def open_promises(engagement: DistrictEngagement, *, now: datetime = NOW) -> list[Entitlement]:
    """Everything that the blueprint promises this district and its fellow, granted."""
    make_promises(engagement.cohort, None, now)
    return open_engagement(engagement, fellows=[fellow_of(engagement)], by=None, now=now)


def make_entry(
    entitlement: Entitlement,
    quantity: int = 90,
    *,
    kind: str = EntryKind.DELIVERED,
    source: str = "",
    now: datetime = NOW,
    **fields: Any,
) -> Entry:
    """A delivery of 90 minutes, unless said otherwise."""
    return book(
        entitlement,
        kind=kind,
        quantity=quantity,
        happened_on=now.date(),
        source=source or f"tests.thing:{next(_numbers)}",
        by=fields.pop("by", None),
        now=now,
        **fields,
    )
