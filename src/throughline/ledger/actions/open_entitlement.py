"""Give one holder what a promise grants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from throughline.core.errors import BadInput
from throughline.ledger.actions.book import book
from throughline.ledger.enums import EntryKind
from throughline.ledger.models import Entitlement, Promise
from throughline.people.models import Person, Scope
from throughline.programs.models import DistrictEngagement

MONTHS = {"month": 1, "quarter": 3, "season": 12, "year": 12}


@transaction.atomic
def open_entitlement(
    promise: Promise,
    *,
    scope: Scope | None = None,
    person: Person | None = None,
    engagement: DistrictEngagement | None,
    by: Person | None,
    now: datetime,
    grant: bool = True,
) -> list[Entitlement]:
    """Open an entitlement for each period of the promise and grant its quantity, once.

    Raises
    ------
    BadInput
        Not exactly one holder is named.
    """
    if (scope is None) == (person is None):
        raise BadInput("An entitlement has one holder: a scope or a person.")
    opened = []
    for first, last in _periods(promise):
        entitlement, _is_new = Entitlement.objects.get_or_create(
            promise=promise,
            holder_scope=scope,
            holder_person=person,
            valid_from=first,
            defaults={
                "network_id": promise.network_id, "engagement": engagement, "valid_to": last,
            },
        )  # fmt: skip
        opened.append(entitlement)
        if grant and promise.quantity is not None:
            book(
                entitlement,
                kind=EntryKind.GRANTED,
                quantity=promise.quantity,
                happened_on=now.date(),
                source=f"ledger.entitlement:{entitlement.pk}",
                by=by,
                now=now,
            )
    return opened


def _periods(promise: Promise) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each period of the cohort's time."""
    cohort = promise.cohort
    months = MONTHS.get(promise.period)
    if months is None:
        yield cohort.starts_on, cohort.ends_on
        return
    first, number = cohort.starts_on, 0
    while first <= cohort.ends_on:
        number += 1
        following = add_months(cohort.starts_on, months * number)
        yield first, min(following - timedelta(days=1), cohort.ends_on)
        first = following


def add_months(day: date, months: int) -> date:
    """Return the day ``months`` later; the last day of a shorter month, if it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)
