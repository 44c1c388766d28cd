"""Move an occasion to another day, time or place."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.meetings.enums import OccasionState
from throughline.meetings.models import Occasion
from throughline.meetings.models.occasion import moment_of
from throughline.meetings.rules import can_plan
from throughline.people.models import Person


@transaction.atomic
def move_occasion(
    occasion: Occasion,
    *,
    day: date,
    starts_local: time,
    place_words: str | None = None,
    by: Person | None,
    now: datetime,
) -> Occasion:
    """Move a planned occasion; the row stays and ``sequence`` rises, so calendars follow.

    Moving it to where it already is changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is neither in the scope nor on its staff.
    WrongState
        It was held, skipped or canceled.
    """
    if not (decision := can_plan(by, occasion.scope)):
        raise NotAllowed(decision.reason)
    place = occasion.place_words if place_words is None else place_words
    wanted = (day, starts_local, place)
    if wanted == (occasion.day, occasion.starts_local, occasion.place_words):
        return occasion
    moved = Occasion.objects.filter(pk=occasion.pk, state=OccasionState.PLANNED).update(
        day=day,
        starts_local=starts_local,
        starts_at=moment_of(day, starts_local, occasion.zone),
        place_words=place,
        sequence=F("sequence") + 1,
    )
    if not moved:
        raise WrongState(_("Only what is still planned can be moved."))
    occasion.refresh_from_db()
    trail.record(by, "moved", occasion, now=now, fields=["day", "starts_local", "place_words"])
    return occasion
