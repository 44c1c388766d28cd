"""What a seat books in the ledger, half-day by half-day or by session. Called inside other actions.

Each half-day is booked under a number of its own (``convenings.half_day:7#1``). Delivering what
was booked ends the booking in the same moment; a correction books again under the next number.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.convenings.enums import SeatState
from throughline.convenings.models import Seat, SeatBlock
from throughline.core.errors import NotAllowed, WrongState
from throughline.ledger.actions.book import book
from throughline.ledger.actions.reverse import reverse
from throughline.ledger.enums import EntryKind, Unit
from throughline.ledger.models import Entitlement, Entry
from throughline.ledger.queries import entitlement_drawing
from throughline.meetings.enums import THERE
from throughline.meetings.models import Attendance
from throughline.people.models import Person


def entitlement_of(seat: Seat) -> Entitlement | None:
    """Return what this person's half-days draw on; nothing for whom none were promised."""
    found = entitlement_drawing(
        f"convenings.series.{seat.event.series_key}",
        cohort=seat.event.scope.cohort,
        person=seat.person,
        on=seat.event.first_day,
    )
    if found is None or found.promise.unit == Unit.HALF_DAYS:
        return found
    is_one = found.promise.unit == Unit.SESSIONS and seat.event.half_days == 1
    return found if is_one else None


def expect(
    half_day: SeatBlock,
    entitlement: Entitlement | None,
    *,
    by: Person | None,
    now: datetime,
    on_behalf_of: Person | None = None,
) -> None:
    """Expect the person, and book the half-day if it is not booked yet."""
    entry = None
    if entitlement is not None and half_day.scheduled_entry_id is None:
        entry = _book(
            half_day, entitlement, EntryKind.SCHEDULED, _next_source(half_day),
            by=by, now=now, on_behalf_of=on_behalf_of,
        )  # fmt: skip
    half_day.is_expected = True
    half_day.scheduled_entry = entry or half_day.scheduled_entry
    half_day.save(update_fields=["is_expected", "scheduled_entry"])


def drop(
    half_day: SeatBlock,
    *,
    by: Person | None,
    now: datetime,
    on_behalf_of: Person | None = None,
    is_expected: bool = False,
) -> None:
    """Release what is booked for a half-day on which nobody comes."""
    entry = half_day.scheduled_entry
    if entry is not None:
        book(
            entry.entitlement,
            kind=EntryKind.UNSCHEDULED,
            quantity=entry.quantity,
            happened_on=now.date(),
            source=entry.source,
            by=by,
            now=now,
            on_behalf_of=on_behalf_of,
        )
    half_day.is_expected = is_expected
    half_day.scheduled_entry = None
    half_day.save(update_fields=["is_expected", "scheduled_entry"])


def settle(half_day: SeatBlock, mark: Attendance, *, by: Person | None, now: datetime) -> None:
    """Let the ledger follow the mark that stands: deliver, take back, or leave it."""
    entry = mark.entry
    if mark.status in THERE:
        if entry is None:
            _deliver(half_day, mark, by=by, now=now)
    elif entry is not None:
        reverse(entry, reason=_("The mark was corrected."), by=by, now=now)
        _point(mark, None)
        if half_day.is_expected and half_day.seat.state != SeatState.RELEASED:
            expect(half_day, entry.entitlement, by=by, now=now)


def _deliver(half_day: SeatBlock, mark: Attendance, *, by: Person | None, now: datetime) -> None:
    booked = half_day.scheduled_entry
    entitlement = booked.entitlement if booked else entitlement_of(half_day.seat)
    if entitlement is None:
        return
    source = booked.source if booked else _next_source(half_day)
    entry = _book(half_day, entitlement, EntryKind.DELIVERED, source, by=by, now=now)
    if entry is None:
        return
    _point(mark, entry)
    half_day.scheduled_entry = None
    half_day.save(update_fields=["scheduled_entry"])


def _book(
    half_day: SeatBlock,
    entitlement: Entitlement,
    kind: str,
    source: str,
    *,
    by: Person | None,
    now: datetime,
    on_behalf_of: Person | None = None,
) -> Entry | None:
    """Book a half-day. Who was there is marked even if no more was promised: then nothing is."""
    try:
        with transaction.atomic():
            return book(
                entitlement,
                kind=kind,
                quantity=_counts(half_day, entitlement),
                happened_on=half_day.block.occasion.day,
                source=source,
                by=by,
                now=now,
                overrun_reason=_("Came to more than was promised."),
                on_behalf_of=on_behalf_of,
            )
    except NotAllowed:
        return None


def _counts(half_day: SeatBlock, entitlement: Entitlement) -> int:
    """Return how much of a promise it is to be there: half-days, or the one session that it is."""
    is_session = entitlement.promise.unit == Unit.SESSIONS
    return 1 if is_session else half_day.block.counts_half_days


def _next_source(half_day: SeatBlock) -> str:
    """Take the next number under which this half-day is booked."""
    seen = half_day.bookings
    if not SeatBlock.objects.filter(pk=half_day.pk, bookings=seen).update(bookings=seen + 1):
        raise WrongState(_("Somebody changed this seat a moment ago. Look again."))
    half_day.bookings = seen + 1
    return f"convenings.half_day:{half_day.pk}#{half_day.bookings}"


def _point(mark: Attendance, entry: Entry | None) -> None:
    """Point the mark at the delivery that rests on it."""
    if not Attendance.objects.filter(pk=mark.pk, entry=mark.entry_id).update(entry=entry):
        raise WrongState(_("Somebody marked this person a moment ago. Look again."))
    mark.entry = entry
