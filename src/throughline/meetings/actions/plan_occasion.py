"""Plan a stretch of time."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.meetings.models import Occasion
from throughline.meetings.models.occasion import moment_of
from throughline.meetings.rules import can_plan
from throughline.meetings.zones import known_zone
from throughline.people.models import Person, Scope


@transaction.atomic
def plan_occasion(
    scope: Scope,
    *,
    kind: str,
    day: date,
    starts_local: time,
    zone: str,
    minutes: int,
    place_words: str = "",
    by: Person | None,
    now: datetime,
) -> Occasion:
    """Plan time for people of ``scope``; its truth is the local day and time.

    Raises
    ------
    NotAllowed
        ``by`` is neither in the scope nor on its staff.
    BadInput
        It has no length, or the zone is unknown.
    """
    if not (decision := can_plan(by, scope)):
        raise NotAllowed(decision.reason)
    if minutes <= 0:
        raise BadInput(_("Say how many minutes it takes."), field="minutes")
    occasion = Occasion.objects.create(
        network_id=scope.network_id,
        scope=scope,
        kind=kind,
        day=day,
        starts_local=starts_local,
        zone=known_zone(zone),
        starts_at=moment_of(day, starts_local, zone),
        minutes=minutes,
        place_words=place_words,
    )
    trail.record(by, "planned", occasion, now=now)
    return occasion
