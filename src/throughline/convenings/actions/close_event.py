"""Close an event: who was expected and not marked was not there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.half_days import drop
from throughline.convenings.enums import EVENT_MAY_BECOME, TAKEN, EventState
from throughline.convenings.models import Event, SeatBlock
from throughline.convenings.rules import can_staff
from throughline.core import chance
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.meetings.actions import hold_occasion, mark_attendance
from throughline.meetings.enums import Mark, MarkSource
from throughline.meetings.models import Attendance
from throughline.people.models import Person


@transaction.atomic
def close_event(event: Event, *, by: Person | None, now: datetime) -> Event:
    """Close an event that took place; half-days that nobody came to are released.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    WrongState
        Nobody was checked in yet, its last half-day is not over, or it is closed already.
    """
    if not (decision := can_staff(by, event.scope)):
        raise NotAllowed(decision.reason)
    blocks = list(event.blocks.select_related("occasion__scope"))
    if any(block.occasion.ends_at > now for block in blocks):
        raise WrongState(_("The last half-day is not over yet."))
    moved = Event.objects.filter(
        pk=event.pk, state__in=states_before(EVENT_MAY_BECOME, EventState.CLOSED)
    ).update(state=EventState.CLOSED)
    if not moved:
        raise WrongState(_("Check people in first. A closed event is not closed again."))
    for block in blocks:
        hold_occasion(block.occasion, by=by, now=now)
    _mark_missing(event, by=by, now=now)
    event.refresh_from_db()
    trail.record(by, "closed", event, now=now)
    return event


def _mark_missing(event: Event, *, by: Person | None, now: datetime) -> None:
    marked = Attendance.objects.filter(
        occasion=OuterRef("block__occasion"), person=OuterRef("seat__person")
    )
    half_days = SeatBlock.objects.filter(seat__event=event, seat__state__in=TAKEN)
    missing = half_days.filter(~Exists(marked), is_expected=True)
    for half_day in missing.select_related("block__occasion__scope", "seat__person"):
        mark_attendance(
            half_day.block.occasion,
            half_day.seat.person,
            status=Mark.ABSENT,
            tap=UUID(bytes=chance.token_bytes(16), version=4),
            by=by,
            now=now,
            source=MarkSource.PAPER,
        )
    left = SeatBlock.objects.filter(seat__event=event, scheduled_entry__isnull=False)
    for half_day in left.select_related("scheduled_entry__entitlement__promise"):
        drop(half_day, by=by, now=now, is_expected=half_day.is_expected)
