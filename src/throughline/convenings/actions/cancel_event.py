"""Cancel an event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.half_days import drop
from throughline.convenings.actions.tell import tell_canceled
from throughline.convenings.enums import EVENT_MAY_BECOME, EventState
from throughline.convenings.models import Event, SeatBlock
from throughline.convenings.rules import can_staff
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.meetings.actions import cancel_occasion
from throughline.people.models import Person


@transaction.atomic
def cancel_event(event: Event, *, because: str, by: Person | None, now: datetime) -> Event:
    """Cancel an event that has not begun; what was booked for it is free again.

    Whoever was invited hears of it by a letter that waits in the outbox until staff release it.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    BadInput
        No reason is given.
    WrongState
        It has begun, or was canceled before.
    """
    if not (decision := can_staff(by, event.scope)):
        raise NotAllowed(decision.reason)
    if not because.strip():
        raise BadInput(_("Say why, in a sentence that people will read."), field="because")
    moved = Event.objects.filter(
        pk=event.pk, state__in=states_before(EVENT_MAY_BECOME, EventState.CANCELLED)
    ).update(state=EventState.CANCELLED, sequence=F("sequence") + 1)
    if not moved:
        raise WrongState(_("This event has begun, or was canceled before."))
    booked = SeatBlock.objects.filter(seat__event=event, scheduled_entry__isnull=False)
    for half_day in booked.select_related(
        "block__occasion", "scheduled_entry__entitlement__promise"
    ):
        drop(half_day, by=by, now=now)
    for block in event.blocks.select_related("occasion__scope"):
        cancel_occasion(block.occasion, because=because, by=by, now=now)
    event.refresh_from_db()
    tell_canceled(event, because=because, by=by, now=now)
    trail.record(by, "cancelled", event, now=now, reason=because)
    return event
