"""Mark who was there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.meetings.enums import THERE, Mark, MarkSource, OccasionState
from throughline.meetings.models import Attendance, AttendanceHistory, Occasion
from throughline.meetings.rules import can_mark
from throughline.people.models import Person


@transaction.atomic
def mark_attendance(
    occasion: Occasion,
    person: Person,
    *,
    status: str,
    minutes: int | None = None,
    tap: UUID,
    by: Person | None,
    now: datetime,
    source: str = MarkSource.TAP,
) -> Attendance:
    """Mark ``person``, at the moment ``now`` at which the mark was made, and return what stands.

    A tap that arrives again changes nothing. Of two different marks the later one stands; the
    other is kept in history. ``minutes`` default to the whole length for those who were there.

    Raises
    ------
    NotAllowed
        ``by`` neither leads the occasion nor is on its staff.
    BadInput
        The mark is unknown, minutes are given for somebody who was not there, or the tap belongs
        to another mark.
    WrongState
        The occasion was skipped or canceled.
    """
    if not (decision := can_mark(by, occasion)):
        raise NotAllowed(decision.reason)
    take(occasion)  # of two devices that mark one person, the second sees the first
    occasion.refresh_from_db(fields=["state", "minutes"])
    if occasion.state not in {OccasionState.PLANNED, OccasionState.HELD}:
        raise WrongState(_("This was skipped or canceled; nobody can be marked."))
    length = _minutes(occasion, status, minutes)
    new = Attendance(
        network_id=occasion.network_id,
        occasion=occasion,
        person=person,
        status=status,
        minutes=length,
        tap=tap,
        marked_at=now,
        marked_by=by,
        source=source,
    )
    standing = Attendance.objects.filter(occasion=occasion, person=person).first()
    if Attendance.objects.filter(tap=tap).exclude(occasion=occasion, person=person).exists():
        raise BadInput(_("This tap belongs to another mark. Open the list again."), field="status")
    if standing is None:
        new.save()
        trail.record(by, "marked", occasion, now=now, fields=[status])
        return new
    if standing.tap == tap or standing.history.filter(tap=tap).exists():
        return standing
    if (standing.marked_at, str(standing.tap)) > (now, str(tap)):
        _keep(standing, lost=new, won=standing)
        return standing
    return _replace(standing, new)


def _replace(standing: Attendance, new: Attendance) -> Attendance:
    """Let ``new`` stand instead, in the same row."""
    moved = Attendance.objects.filter(pk=standing.pk, tap=standing.tap).update(
        status=new.status,
        minutes=new.minutes,
        tap=new.tap,
        marked_at=new.marked_at,
        marked_by=new.marked_by,
        source=new.source,
    )
    if not moved:
        raise WrongState(_("Somebody marked this person a moment ago. Look again."))
    _keep(standing, lost=standing, won=new)
    verb = "undone" if new.status == Mark.ABSENT else "marked"
    trail.record(new.marked_by, verb, new.occasion, now=new.marked_at, fields=[new.status])
    standing.refresh_from_db()
    return standing


def _keep(attendance: Attendance, *, lost: Attendance, won: Attendance) -> None:
    AttendanceHistory.objects.create(
        network_id=attendance.network_id,
        attendance=attendance,
        before=lost.status,
        after=won.status,
        by=lost.marked_by,
        at=lost.marked_at,
        tap=lost.tap,
    )


def _minutes(occasion: Occasion, status: str, minutes: int | None) -> int:
    if status not in Mark.values:
        raise BadInput(_("Choose one of the marks."), field="status")
    if status not in THERE:
        if minutes:
            raise BadInput(_("Only those who were there have minutes."), field="minutes")
        return 0
    return occasion.minutes if minutes is None else minutes
