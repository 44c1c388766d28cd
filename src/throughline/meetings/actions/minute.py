"""Fill a meeting's page: what is on the agenda, and what was decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.meetings.enums import DecidedHow, OccasionState
from throughline.meetings.models import AgendaItem, MeetingDecision, Occasion
from throughline.meetings.rules import can_take_part
from throughline.people.models import Person


@transaction.atomic
def put_on_agenda(
    occasion: Occasion,
    *,
    words: str,
    minutes: int | None = None,
    by: Person | None,
    now: datetime,
    once: UUID | str | None = None,
) -> None:
    """Put something at the end of the agenda; of two people at once, one comes after the other.

    Raises
    ------
    NotAllowed
        ``by`` does not take part.
    BadInput
        It says nothing.
    WrongState
        The meeting is called off.
    """
    _check(occasion, words, "words", by)
    sent = sent_once.claim(occasion.network_id, once, by.pk if by else None, "agenda", now)
    if sent.result:
        return
    take(occasion)
    last = occasion.agenda.aggregate(last=Max("position"))["last"] or 0
    AgendaItem.objects.create(
        network_id=occasion.network_id, occasion=occasion, position=last + 1,
        words=words.strip(), minutes=minutes, author=by,
    )  # fmt: skip
    trail.record(by, "changed", occasion, now=now, fields=["agenda"])
    sent.keep(occasion.ref)


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: Person | None, now: datetime) -> None:
    """Take something off the agenda; what is off already stays off.

    Raises
    ------
    NotAllowed
        ``by`` does not take part.
    """
    if not (decision := can_take_part(by, item.occasion)):
        raise NotAllowed(decision.reason)
    gone, _rows = AgendaItem.objects.filter(pk=item.pk).delete()
    if gone:
        trail.record(by, "changed", item.occasion, now=now, fields=["agenda"])


@transaction.atomic
def decide(
    occasion: Occasion,
    *,
    words: str,
    decided_how: str,
    by: Person | None,
    now: datetime,
    once: UUID | str | None = None,
) -> None:
    """Write down what was decided, and how.

    Raises
    ------
    NotAllowed
        ``by`` does not take part.
    BadInput
        It says nothing, or not how.
    WrongState
        The meeting is called off.
    """
    _check(occasion, words, "decision", by)
    if decided_how not in DecidedHow.values:
        raise BadInput(_("Say how it was decided."), field="decided_how")
    sent = sent_once.claim(occasion.network_id, once, by.pk if by else None, "decide", now)
    if sent.result:
        return
    MeetingDecision.objects.create(
        network_id=occasion.network_id, occasion=occasion, words=words.strip(),
        decided_how=decided_how, author=by, at=now,
    )  # fmt: skip
    trail.record(by, "decided", occasion, now=now)
    sent.keep(occasion.ref)


def _check(occasion: Occasion, words: str, field: str, by: Person | None) -> None:
    if not (decision := can_take_part(by, occasion)):
        raise NotAllowed(decision.reason)
    if occasion.state not in {OccasionState.PLANNED, OccasionState.HELD}:
        raise WrongState(_("This meeting was called off."))
    if not words.strip():
        raise BadInput(_("Say what."), field=field)
