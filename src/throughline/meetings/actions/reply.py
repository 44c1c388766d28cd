"""Answer an invitation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.meetings.enums import OccasionState
from throughline.meetings.models import Occasion, Reply
from throughline.meetings.rules import can_reply
from throughline.people.models import Person


@transaction.atomic
def reply(
    occasion: Occasion, *, person: Person, answer: str, by: Person | None, now: datetime
) -> Reply:
    """Answer for ``person``; the last answer counts, and the same one again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` is neither the person nor somebody she named, nor on the staff.
    WrongState
        It is over, or was canceled.
    """
    if not (decision := can_reply(by, occasion, person)):
        raise NotAllowed(decision.reason)
    if occasion.state != OccasionState.PLANNED:
        raise WrongState(_("This is no longer planned; there is nothing to answer."))
    said = Reply.objects.filter(occasion=occasion, person=person).first()
    if said is not None and said.answer == answer:
        return said
    said, _is_new = Reply.objects.update_or_create(
        network_id=occasion.network_id,
        occasion=occasion,
        person=person,
        defaults={"answer": answer, "at": now, "by": by},
    )
    trail.record(
        by, "replied", occasion, now=now, fields=["answer"], on_behalf_of=decision.on_behalf_of
    )
    return said
