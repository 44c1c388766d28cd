"""Say whether somebody comes to an event."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.convenings.actions.half_days import drop, entitlement_of, expect
from throughline.convenings.enums import SEAT_MAY_BECOME, TAKEN, Coming, SeatState
from throughline.convenings.models import Event, Seat, SeatBlock
from throughline.convenings.rules import can_answer
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.states import states_before
from throughline.meetings.actions import reply
from throughline.meetings.enums import Answer
from throughline.people.models import Person


@transaction.atomic
def confirm_seat(
    seat: Seat, *, coming: str, day: date | None = None, by: Person | None, now: datetime
) -> Seat:
    """Answer for the seat's person: all of it, one day, or not at all. The last answer counts.

    Replies stand at each half-day, the ledger keeps booked what is still to come, and a seat that
    is given up is free for others.

    Raises
    ------
    NotAllowed
        ``by`` is neither she nor somebody she named, nor on the staff; or it has begun.
    BadInput
        One day was chosen, but none of this event.
    WrongState
        Seats ran out meanwhile, the event was moved or canceled, or somebody answered a moment ago.
    """
    _hold(seat.event)
    half_days = _half_days(seat)
    if not half_days:
        raise WrongState(_("This event has no half-days yet."))
    if not (decision := can_answer(by, seat, half_days[0].block)):
        raise NotAllowed(decision.reason)
    wanted = _wanted(half_days, coming, day)
    on_behalf_of = decision.on_behalf_of if isinstance(decision.on_behalf_of, Person) else None
    state = SeatState.CONFIRMED if any(wanted.values()) else SeatState.RELEASED
    _move(seat, state, now)
    half_days = _half_days(seat)  # as they are now that nobody else changes them
    entitlement = entitlement_of(seat) if state == SeatState.CONFIRMED else None
    for half_day in half_days:
        comes = wanted[half_day.pk]
        answer = Answer.YES if comes else Answer.NO
        reply(half_day.block.occasion, person=seat.person, answer=answer, by=by, now=now)
        if comes:
            expect(half_day, entitlement, by=by, now=now, on_behalf_of=on_behalf_of)
        else:
            drop(half_day, by=by, now=now, on_behalf_of=on_behalf_of)
    trail.record(by, "answered", seat, now=now, fields=["state"], on_behalf_of=on_behalf_of)
    return seat


def _hold(event: Event) -> None:
    """Let nobody move or cancel the event meanwhile; refuse if somebody just did."""
    take(event)
    if not Event.objects.filter(pk=event.pk, sequence=event.sequence, state=event.state).exists():
        raise WrongState(_("This event was moved or canceled a moment ago. Look again."))


def _half_days(seat: Seat) -> list[SeatBlock]:
    return list(
        seat.half_days.select_related(
            "block__occasion__scope", "scheduled_entry__entitlement__promise__cohort"
        )
    )


def _wanted(half_days: list[SeatBlock], coming: str, day: date | None) -> dict[int, bool]:
    if coming not in Coming.values:
        raise BadInput(_("Choose one of the answers."), field="coming")
    if coming != Coming.ONE_DAY:
        return {half_day.pk: coming == Coming.YES for half_day in half_days}
    wanted = {half_day.pk: half_day.block.occasion.day == day for half_day in half_days}
    if not any(wanted.values()):
        raise BadInput(_("Choose one of the days of this event."), field="coming")
    return wanted


def _move(seat: Seat, state: SeatState, now: datetime) -> None:
    """Move the seat; a seat given up is free, one taken back must still be there."""
    was_taken, is_taken = seat.state in TAKEN, state in TAKEN
    moved = Seat.objects.filter(
        pk=seat.pk,
        state=seat.state,
        state__in=[*states_before(SEAT_MAY_BECOME, state), state],
    ).update(state=state, answered_at=now)
    if not moved:
        raise WrongState(_("Somebody answered a moment ago. Look again."))
    if was_taken != is_taken:
        step = 1 if is_taken else -1
        fits = Q(capacity__isnull=True) | Q(capacity__gte=F("seats_taken") + step)
        if not Event.objects.filter(fits, pk=seat.event_id).update(
            seats_taken=F("seats_taken") + step
        ):
            raise WrongState(_("This seat was given to somebody else. Ask for another."))
    seat.state, seat.answered_at = state, now
