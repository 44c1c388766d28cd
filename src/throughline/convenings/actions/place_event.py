"""Say where an event is, and what it is about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.tell import tell_placed
from throughline.convenings.enums import EventState
from throughline.convenings.models import Event
from throughline.convenings.rules import can_staff
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.meetings.actions import move_occasion
from throughline.people.models import Person


@transaction.atomic
def place_event(
    event: Event,
    *,
    place_words: str,
    theme: str | None = None,
    objectives: str | None = None,
    by: Person | None,
    now: datetime,
) -> Event:
    """Set the place of an event that is not over, and its theme and objectives if given.

    Another place of a published event is told by a letter that waits until staff release it.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    BadInput
        A published event would lose its place.
    WrongState
        It has happened, or was canceled.
    """
    if not (decision := can_staff(by, event.scope)):
        raise NotAllowed(decision.reason)
    place = place_words.strip()
    if not place and event.state != EventState.DRAFT:
        raise BadInput(_("Say where people meet: a building and a city."), field="place_words")
    wanted = {"place_words": place, "theme": theme, "objectives": objectives}
    fields = {key: value for key, value in wanted.items() if value is not None}
    if all(getattr(event, key) == value for key, value in fields.items()):
        return event
    is_elsewhere = event.state == EventState.PUBLISHED and event.place_words != place
    moved = Event.objects.filter(
        pk=event.pk, state__in=[EventState.DRAFT, EventState.PUBLISHED]
    ).update(**fields, sequence=F("sequence") + int(is_elsewhere))
    if not moved:
        raise WrongState(_("This event is over or was canceled."))
    event.refresh_from_db()
    for block in event.blocks.select_related("occasion__scope"):
        occasion = block.occasion
        move_occasion(
            occasion, day=occasion.day, starts_local=occasion.starts_local, place_words=place,
            by=by, now=now,
        )  # fmt: skip
    if is_elsewhere:
        tell_placed(event, by=by, now=now)
    trail.record(by, "changed", event, now=now, fields=list(fields))
    return event
