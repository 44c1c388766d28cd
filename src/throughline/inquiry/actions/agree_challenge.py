"""Record that the team has agreed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.inquiry.enums import MAY_BECOME, ChallengeState
from throughline.inquiry.models import Challenge, ChallengeVersion
from throughline.inquiry.rules import can_agree
from throughline.people.models import Person


@transaction.atomic
def agree_challenge(
    challenge: Challenge, *, version: int, by: Person, now: datetime
) -> ChallengeVersion:
    """Record who says that the team agreed to ``version``. Its words stay from now on.

    Raises
    ------
    NotAllowed
        ``by`` does not lead the team.
    WrongState
        The team has not been asked, has agreed already, or was asked about other words since.
    """
    if not (decision := can_agree(by, challenge)):
        if challenge.state != ChallengeState.PROPOSED:
            raise WrongState(decision.reason)
        raise NotAllowed(decision.reason)
    moved = Challenge.objects.filter(
        pk=challenge.pk, state__in=states_before(MAY_BECOME, ChallengeState.AGREED)
    ).update(state=ChallengeState.AGREED)
    if not moved:
        raise WrongState(_("Somebody changed this challenge a moment ago. Open it again."))
    challenge.refresh_from_db()
    last = challenge.versions.order_by("number").last()
    if last is None:
        raise WrongState(_("Ask the team first."))
    if last.number != version:
        raise WrongState(_("The words were changed since you opened the page. Read them again."))
    ChallengeVersion.objects.filter(pk=last.pk, agreed_at__isnull=True).update(
        agreed_by=by, agreed_at=now
    )
    last.refresh_from_db()
    trail.record(by, "agreed", challenge, now=now)
    return last
