"""Check somebody in at a half-day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.half_days import settle
from throughline.convenings.enums import EVENT_MAY_BECOME, EventState
from throughline.convenings.models import Block, Event, Seat, SeatBlock
from throughline.convenings.rules import can_check_in
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.states import states_before
from throughline.meetings.actions import hold_occasion, mark_attendance
from throughline.meetings.enums import MarkSource
from throughline.meetings.models import Attendance
from throughline.people.models import Person


@transaction.atomic
def check_in(
    block: Block,
    person: Person,
    *,
    status: str,
    minutes: int | None = None,
    tap: UUID,
    by: Person | None,
    now: datetime,
    source: str = MarkSource.TAP,
) -> Attendance:
    """Mark a person at a half-day and deliver, or take back, what she was promised for it.

    A tap that arrives twice counts once; of two different marks the later one stands. The first
    mark says that the half-day was held.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or it is too early or too late.
    BadInput
        The person has no seat here; register her first.
    """
    if not (decision := can_check_in(by, block, now)):
        raise NotAllowed(decision.reason)
    # The seat's row first: whoever answers for it takes it too.
    Seat.objects.filter(event=block.event_id, person=person).update(state=F("state"))
    half_day = (
        SeatBlock.objects.filter(block=block, seat__person=person)
        .select_related(
            "seat__person", "seat__event__scope__cohort", "block__occasion",
            "scheduled_entry__entitlement__promise__cohort",
        )
        .first()
    )  # fmt: skip
    if half_day is None:
        raise BadInput(_("%(name)s is not on the list. Register her first.") % {"name": person})
    hold_occasion(block.occasion, by=by, now=now)
    _begin(block.event, by=by, now=now)
    mark = mark_attendance(
        block.occasion, person, status=status, minutes=minutes, tap=tap, by=by, now=now,
        source=source,
    )  # fmt: skip
    settle(half_day, mark, by=by, now=now)
    return mark


def _begin(event: Event, *, by: Person | None, now: datetime) -> None:
    begun = Event.objects.filter(
        pk=event.pk, state__in=states_before(EVENT_MAY_BECOME, EventState.HAPPENED)
    ).update(state=EventState.HAPPENED)
    if begun:
        event.state = EventState.HAPPENED
        trail.record(by, "began", event, now=now)
