"""Ask for what repeats when its time has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction

from throughline.jobs.models import Recurring
from throughline.jobs.queue import enqueue
from throughline.jobs.rhythms import Rhythm, next_after


def sync(rhythms: Mapping[str, Rhythm], *, now: datetime) -> None:
    """Make the table say what the code says: new rows, changed rules, none that is gone."""
    Recurring.objects.exclude(name__in=rhythms.keys()).delete()
    known = {row.name: row for row in Recurring.objects.all()}
    for name, rhythm in rhythms.items():
        row = known.get(name)
        if row is None or Rhythm(row.rule, row.zone) != rhythm:
            Recurring.objects.update_or_create(
                name=name,
                defaults={
                    "rule": rhythm.rule, "zone": rhythm.zone, "next_at": next_after(rhythm, now),
                },
            )  # fmt: skip


def tick(*, now: datetime) -> int:
    """Ask once for every job whose next moment has come, however many were missed."""
    asked = 0
    for row in Recurring.objects.filter(next_at__lte=now).order_by("name"):
        with transaction.atomic():
            moved = Recurring.objects.filter(pk=row.pk, next_at=row.next_at).update(
                next_at=next_after(Rhythm(row.rule, row.zone), now)
            )
            if moved:
                enqueue(row.name, key=f"{row.next_at.astimezone(UTC):%Y%m%dT%H%M}", now=now)
                asked += 1
    return asked
