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
from throughline.meetings.rules import can_change
from throughline.people.models import Person


@transaction.atomic
def move_occasion(
    occasion: Occasion,
    *,
    day: date,
    starts_local: time,
    place_words: str | None = None,
    seen: int | None = None,
    by: Person | None,
    now: datetime,
) -> Occasion:
    """Move a planned occasion; the row stays and ``sequence`` rises, so calendars follow.

    Moving it to where it already is changes nothing. ``seen`` is the ``sequence`` at which a form
    was opened.

    Raises
    ------
    NotAllowed
        ``by`` is not one of those who plan it.
    WrongState
        It was held, skipped or canceled, or somebody moved it since ``seen``.
    """
    if not (decision := can_change(by, occasion)):
        raise NotAllowed(decision.reason)
    place = occasion.place_words if place_words is None else place_words
    wanted = (day, starts_local, place)
    if wanted == (occasion.day, occasion.starts_local, occasion.place_words):
        return occasion
    planned = Occasion.objects.filter(pk=occasion.pk, state=OccasionState.PLANNED)
    if seen is not None:
        planned = planned.filter(sequence=seen)
    moved = planned.update(
        day=day,
        starts_local=starts_local,
        starts_at=moment_of(day, starts_local, occasion.zone),
        place_words=place,
        sequence=F("sequence") + 1,
    )
    if not moved:
        raise WrongState(
            _("This is not planned as you saw it: somebody changed it meanwhile. Open it again.")
            if seen is not None
            else _("Only what is still planned can be moved.")
        )
    occasion.refresh_from_db()
    trail.record(
        by, "moved", occasion, now=now, fields=["day", "starts_local", "place_words"],
        on_behalf_of=decision.on_behalf_of,
    )  # fmt: skip
    return occasion
