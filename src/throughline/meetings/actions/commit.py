"""Promise work."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import once as sent_once
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.meetings.models import Commitment, Occasion
from throughline.meetings.rules import can_commit
from throughline.people.models import Person, Scope


@transaction.atomic
def commit(
    scope: Scope,
    *,
    words: str,
    owner: Person,
    due_on: date,
    by: Person | None,
    now: datetime,
    occasion: Occasion | None = None,
    once: UUID | str | None = None,
) -> Commitment:
    """Write down who does what by when; the same ``once`` again returns the first.

    Raises
    ------
    NotAllowed
        ``by`` is not part of the scope or the occasion.
    BadInput
        Nothing is promised.
    """
    if not (decision := can_commit(by, scope, occasion)):
        raise NotAllowed(decision.reason)
    if not words.strip():
        raise BadInput(_("Say what will be done."), field="words")
    sent = sent_once.claim(scope.network_id, once, by.pk if by else None, "commit", now)
    if sent.result:
        return Commitment.objects.get(ref=sent.result)
    commitment = Commitment.objects.create(
        network_id=scope.network_id,
        scope=scope,
        words=words.strip(),
        owner=owner,
        due_on=due_on,
        occasion=occasion,
    )
    trail.record(by, "committed", commitment, now=now)
    sent.keep(commitment.ref)
    return commitment
