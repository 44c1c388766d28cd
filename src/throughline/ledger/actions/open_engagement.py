"""Begin a district's engagement together with everything it was promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from throughline.ledger import hooks
from throughline.ledger.actions.open_entitlement import open_entitlement
from throughline.ledger.enums import Per
from throughline.ledger.models import Entitlement, Promise
from throughline.people.enums import Role
from throughline.people.models import Person
from throughline.programs.actions.move_engagement import activate_engagement
from throughline.programs.enums import SEATED_STATES
from throughline.programs.models import DistrictEngagement


@transaction.atomic
def open_engagement(
    engagement: DistrictEngagement, *, fellows: Sequence[Person], by: Person | None, now: datetime
) -> list[Entitlement]:
    """Activate an offered engagement and grant its entitlements; a second call is harmless.

    Raises
    ------
    NotAllowed
        ``by`` is neither the district's leader nor on the staff.
    WrongState
        No place was offered.
    """
    engagement.refresh_from_db(fields=["state"])
    if engagement.state not in SEATED_STATES:
        activate_engagement(engagement, by=by, now=now)
    opened: list[Entitlement] = []
    for promise in Promise.objects.filter(cohort=engagement.cohort_id).select_related("cohort"):
        if promise.per in (Per.ENGAGEMENT, Per.TEAM):
            opened += open_entitlement(
                promise, scope=engagement.scope, engagement=engagement, by=by, now=now
            )
        elif promise.per == Per.PERSON and promise.role == Role.FELLOW:
            for fellow in fellows:
                opened += open_entitlement(
                    promise, person=fellow, engagement=engagement, by=by, now=now
                )
    for heard in hooks.ENGAGEMENT_OPENED:
        heard(engagement, by, now)
    return opened
