"""Say where a person works, and since when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from throughline.audit import trail
from throughline.core.locks import take
from throughline.people import hooks
from throughline.people.models import Affiliation, Organization, Person


@transaction.atomic
def add_affiliation(
    person: Person,
    organization: Organization,
    *,
    title: str,
    title_key: str = "",
    is_cabinet: bool = False,
    from_on: date | None = None,
    by: Person | None,
    now: datetime,
) -> Affiliation:
    """Record that ``person`` works at ``organization``; a live entry there is changed, not doubled."""
    take(person)
    affiliation, _ = Affiliation.objects.update_or_create(
        network_id=person.network_id,
        person=person,
        organization=organization,
        to_on=None,
        defaults={"title": title, "title_key": title_key, "is_cabinet": is_cabinet},
        create_defaults={
            "title": title, "title_key": title_key, "is_cabinet": is_cabinet, "from_on": from_on,
        },
    )  # fmt: skip
    trail.record(by, "affiliated", person, now=now, fields=["organization", "title"])
    for heard in hooks.AFFILIATION_CHANGED:
        heard(person, now)
    return affiliation


@transaction.atomic
def end_affiliation(
    affiliation: Affiliation, *, on: date, by: Person | None, now: datetime
) -> None:
    """Record that she no longer works there."""
    Affiliation.objects.filter(pk=affiliation.pk, to_on=None).update(to_on=on)
    trail.record(by, "left organization", affiliation.person, now=now, fields=["to_on"])
    for heard in hooks.AFFILIATION_CHANGED:
        heard(affiliation.person, now)
