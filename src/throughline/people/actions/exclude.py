"""Close a scope to a person, and open it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from throughline.audit import trail
from throughline.core.locks import take
from throughline.people.models import Exclusion, Person, Scope


@transaction.atomic
def exclude(
    person: Person,
    scope: Scope,
    ground: str,
    *,
    source: str,
    by: Person | None,
    now: datetime,
    until_at: datetime | None = None,
) -> Exclusion:
    """Close ``scope`` and everything below it to ``person``, whatever her roles.

    The same ``source`` excludes once; calling again returns the live row.
    """
    take(person)
    live = Q(until_at=None) | Q(until_at__gt=now)
    found = Exclusion.objects.filter(live, person=person, scope=scope, source=source).first()
    if found:
        return found
    exclusion = Exclusion.objects.create(
        network_id=person.network_id, person=person, scope=scope, ground=ground, source=source,
        from_at=now, until_at=until_at,
    )  # fmt: skip
    trail.record(by, "excluded", person, now=now, scope=scope.pk, fields=[ground])
    return exclusion


@transaction.atomic
def lift_exclusion(exclusion: Exclusion, *, by: Person | None, now: datetime) -> None:
    """Open the scope again. Lifting twice changes nothing."""
    live = Q(until_at=None) | Q(until_at__gt=now)
    if Exclusion.objects.filter(live, pk=exclusion.pk).update(until_at=max(now, exclusion.from_at)):
        trail.record(by, "lifted exclusion", exclusion.person, now=now, scope=exclusion.scope_id)
