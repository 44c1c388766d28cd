"""Ask the team to agree."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.numbers import following
from throughline.core.states import states_before
from throughline.inquiry.enums import MAY_BECOME, ChallengeState
from throughline.inquiry.models import Challenge, ChallengeVersion
from throughline.inquiry.rules import can_propose
from throughline.people.models import Person


@transaction.atomic
def propose_challenge(challenge: Challenge, *, by: Person, now: datetime) -> ChallengeVersion:
    """Put the words before the team as a numbered version.

    Raises
    ------
    NotAllowed
        ``by`` is not in the team, or a kind of evidence is neither cited nor explained.
    WrongState
        The challenge is no draft any more.
    """
    if not (decision := can_propose(by, challenge)):
        if challenge.state != ChallengeState.DRAFT:
            raise WrongState(decision.reason)
        raise NotAllowed(decision.reason)
    moved = Challenge.objects.filter(
        pk=challenge.pk, state__in=states_before(MAY_BECOME, ChallengeState.PROPOSED)
    ).update(state=ChallengeState.PROPOSED)
    if not moved:
        raise WrongState(_("The team has already been asked."))
    challenge.refresh_from_db()
    version = ChallengeVersion.objects.create(
        network_id=challenge.network_id,
        challenge=challenge,
        number=following(challenge.versions.all(), "number"),
        words=challenge.sentence,
        sha256=hashlib.sha256(challenge.sentence.encode()).hexdigest(),
        by=by,
        at=now,
    )
    trail.record(by, "proposed", challenge, now=now)
    return version
