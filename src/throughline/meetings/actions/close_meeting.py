"""Close a team's meeting: who was there, how long it took, what it draws on a promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.decision import Decision
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.ledger.actions.book import book
from throughline.ledger.actions.reverse import reverse
from throughline.ledger.enums import EntryKind, Unit
from throughline.ledger.models import Entitlement
from throughline.ledger.queries import entitlement_drawing
from throughline.meetings.actions.hold_occasion import hold_occasion
from throughline.meetings.actions.mark_attendance import mark_attendance
from throughline.meetings.enums import MarkSource
from throughline.meetings.models import Occasion
from throughline.meetings.rules import can_change, team_of
from throughline.meetings.turns import MOST_MINUTES, proposal_for
from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class Was:
    """Whether one person was there, and how long if it was not the whole time."""

    person: Person
    status: str
    minutes: int | None = None


@transaction.atomic
def close_meeting(
    occasion: Occasion,
    *,
    minutes: int,
    marks: Sequence[Was],
    decision_maker_present: bool,
    overrun_reason: str = "",
    by: Person | None,
    now: datetime,
    once: UUID | str | None = None,
) -> Occasion:
    """Mark a meeting held with everybody's mark, and deliver what it draws; again corrects it.

    The same ``once`` again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` does not plan this team's meetings, or more would be drawn than is left.
    BadInput
        It has not begun, or a length makes no sense.
    WrongState
        It was called off.
    """
    if not (decision := can_change(by, occasion)):
        raise NotAllowed(decision.reason)
    sent = sent_once.claim(occasion.network_id, once, by.pk if by else None, "close_meeting", now)
    if sent.result:
        return occasion
    take(occasion)
    occasion.refresh_from_db()
    _check(occasion, minutes, marks, now)
    hold_occasion(occasion, minutes=minutes, by=by, now=now)
    Occasion.objects.filter(pk=occasion.pk).update(decision_maker_present=decision_maker_present)
    occasion.refresh_from_db()
    for was in marks:
        mark_attendance(
            occasion, was.person, status=was.status, minutes=was.minutes,
            tap=_tap(once, was.person), by=by, now=now, source=MarkSource.PAPER,
        )  # fmt: skip
    _deliver(occasion, overrun_reason, decision, by=by, now=now)
    trail.record(
        by, "closed", occasion, now=now, fields=["decision_maker_present"],
        on_behalf_of=decision.on_behalf_of,
    )  # fmt: skip
    sent.keep(occasion.ref)
    return occasion


def _check(occasion: Occasion, minutes: int, marks: Sequence[Was], now: datetime) -> None:
    if occasion.starts_at > now:
        raise BadInput(_("A meeting is closed once it has begun."), field="minutes")
    if not 0 < minutes <= MOST_MINUTES:
        raise BadInput(_("Say how many minutes it took, up to 12 hours."), field="minutes")
    for was in marks:
        if was.minutes is not None and not 0 <= was.minutes <= minutes:
            raise BadInput(
                _("Nobody was there for longer than the meeting."),
                field=f"minutes-{was.person.ref}",
            )


def _tap(once: UUID | str | None, person: Person) -> UUID:
    """Return what marks one person: the same for the same form."""
    try:
        return uuid5(UUID(str(once)), person.ref)
    except ValueError:
        return uuid4()


def _deliver(
    occasion: Occasion, reason: str, decision: Decision, *, by: Person | None, now: datetime
) -> None:
    """Book what the meeting draws, where a promise draws on meetings; a new length books anew."""
    wrong, number = occasion.delivered_entry, 1
    entitlement = wrong.entitlement if wrong is not None else _drawn_by(occasion)
    if entitlement is None:
        return
    is_time = entitlement.promise.unit == Unit.MINUTES
    quantity = occasion.minutes if is_time else 1
    if wrong is not None:
        if wrong.quantity == quantity:
            return
        reverse(wrong, reason=_("The meeting took another time."), by=by, now=now)
        number = int(wrong.source.rpartition("#")[2]) + 1
    principal = decision.on_behalf_of
    entry = book(
        entitlement, kind=EntryKind.DELIVERED, quantity=quantity, happened_on=occasion.day,
        source=f"meetings.occasion:{occasion.pk}#{number}", by=by, now=now, overrun_reason=reason,
        on_behalf_of=principal if isinstance(principal, Person) else None,
    )  # fmt: skip
    Occasion.objects.filter(pk=occasion.pk).update(delivered_entry=entry)
    occasion.refresh_from_db()


def _drawn_by(occasion: Occasion) -> Entitlement | None:
    team = team_of(occasion)
    if team is None:
        return None
    return entitlement_drawing(
        f"teams.meetings.{proposal_for(team).key}", cohort=team.engagement.cohort,
        engagement=team.engagement, on=occasion.day,
    )  # fmt: skip
