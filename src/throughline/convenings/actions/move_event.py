"""Move an event to other days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.tell import tell_moved
from throughline.convenings.enums import EventState, SeatState
from throughline.convenings.models import Event, Seat
from throughline.convenings.rules import can_staff
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.meetings.actions import move_occasion
from throughline.meetings.models import Reply
from throughline.people.models import Person
from throughline.programs.models import CalendarItem


@transaction.atomic
def move_event(
    event: Event,
    *,
    first_day: date,
    by: Person | None,
    now: datetime,
    reason: str = "",
    pins: bool = True,
) -> Event:
    """Move an event that has not begun; calendars follow and everybody is asked again.

    A letter that says so waits in the outbox until staff release it. Moving it to where it is
    changes nothing. A day that a person chose is pinned: when the cohort's dates are computed
    again it stays. ``pins=False`` follows the computed day instead.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    BadInput
        The day has passed.
    WrongState
        It has begun, or was canceled.
    """
    if not (decision := can_staff(by, event.scope)):
        raise NotAllowed(decision.reason)
    if first_day <= now.date():
        raise BadInput(_("Choose a day that is still to come."), field="first_day")
    if event.first_day is None or event.last_day is None or event.first_day == first_day:
        return event
    shift, before = first_day - event.first_day, (event.first_day, event.last_day)
    moved = Event.objects.filter(
        pk=event.pk,
        sequence=event.sequence,
        state__in=[EventState.DRAFT, EventState.PUBLISHED],
    ).update(first_day=first_day, last_day=event.last_day + shift, sequence=F("sequence") + 1)
    if not moved:
        raise WrongState(_("This event has begun, was canceled, or was moved a moment ago."))
    for block in event.blocks.select_related("occasion__scope"):
        occasion = block.occasion
        move_occasion(
            occasion, day=occasion.day + shift, starts_local=occasion.starts_local, by=by, now=now
        )
    _ask_again(event)
    event.refresh_from_db()
    if pins:
        CalendarItem.objects.filter(
            cohort__scope=event.scope_id, series=event.series_key, number=event.number
        ).update(pinned_on=first_day)
    tell_moved(event, before=before, reason=reason, by=by, now=now)
    trail.record(by, "moved", event, now=now, fields=["first_day"], reason=reason)
    return event


def _ask_again(event: Event) -> None:
    """An answer was given for other days; it does not hold for these."""
    Reply.objects.filter(occasion__block__event=event).delete()
    Seat.objects.filter(event=event, state=SeatState.CONFIRMED).update(
        state=SeatState.HELD, answered_at=None
    )
