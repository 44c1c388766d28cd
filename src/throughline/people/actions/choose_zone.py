"""Keep the time zone that a person reads times in, also in letters to her."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.people.models import Person
from throughline.people.rules import can_choose_for


@transaction.atomic
def choose_zone(person: Person, zone: str, *, by: Person | None, now: datetime) -> None:
    """Let this person read times in a zone, or (empty) in her network's; again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    BadInput
        There is no such zone.
    """
    if not (decision := can_choose_for(by, person)):
        raise NotAllowed(decision.reason)
    if zone and zone not in available_timezones():
        raise BadInput(_("Choose a time zone of the list."), field="zone")
    moved = Person.objects.filter(pk=person.pk).exclude(zone=zone).update(zone=zone)
    person.zone = zone
    if moved:
        trail.record(by, "changed", person, now=now, fields=["zone"])
