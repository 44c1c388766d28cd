"""Ask that one's own record be emptied, take it back, refuse it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core import clock
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.people.enums import RequestState
from throughline.people.models import Person, PrivacyRequest
from throughline.people.models.privacy import WORDS_MAX
from throughline.people.privacy_rules import can_answer_requests

ANSWER_WITHIN = timedelta(days=30)
"""When a host answers at the latest, as the GDPR asks in article 12(3): a month."""


@transaction.atomic
def ask_for_deletion(person: Person, words: str, *, by: Person, now: datetime) -> PrivacyRequest:
    """Ask the host to empty one's own record; again returns the request that is open.

    Raises
    ------
    NotAllowed
        ``by`` is somebody else.
    """
    if by.pk not in person.ids:
        raise NotAllowed(_("Only they can ask for this themselves."))
    take(person)
    standing = PrivacyRequest.objects.open().filter(person__in=person.ids).first()
    if standing is not None:
        return standing
    with clock.at(now):
        due_on = clock.today() + ANSWER_WITHIN
    made = PrivacyRequest.objects.create(
        network_id=person.network_id, person=person, words=words.strip()[:WORDS_MAX],
        asked_at=now, due_on=due_on,
    )  # fmt: skip
    trail.record(by, "asked for deletion", person, now=now)
    return made


@transaction.atomic
def withdraw_request(request: PrivacyRequest, *, by: Person, now: datetime) -> None:
    """Take a request back; again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` did not ask.
    WrongState
        It has been answered.
    """
    if request.person_id not in by.ids:
        raise NotAllowed(_("Only whoever asked takes it back."))
    _answer(request, RequestState.WITHDRAWN, "", by=by, now=now, verb="took back a request")


@transaction.atomic
def refuse_request(request: PrivacyRequest, reason: str, *, by: Person, now: datetime) -> None:
    """Answer that the record stays, and why; the person reads it. Again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is no director of the whole network, or has no second factor.
    BadInput
        No reason is given.
    WrongState
        It has been answered otherwise.
    """
    if not (decision := can_answer_requests(by)):
        raise NotAllowed(decision.reason)
    if not reason.strip():
        raise BadInput(_("Say why it stays; whoever asked reads this."), field="reason")
    answer = reason.strip()[:WORDS_MAX]
    _answer(request, RequestState.REFUSED, answer, by=by, now=now, verb="refused deletion")


def _answer(
    request: PrivacyRequest, to: RequestState, answer: str, *, by: Person, now: datetime, verb: str
) -> None:
    moved = PrivacyRequest.objects.filter(pk=request.pk, state=RequestState.OPEN).update(
        state=to, answer=answer, answered_at=now, answered_by=by
    )
    if moved:
        trail.record(by, verb, request.person, now=now)
    elif not PrivacyRequest.objects.filter(pk=request.pk, state=to).exists():
        raise WrongState(_("This was answered a moment ago. Look again."))
