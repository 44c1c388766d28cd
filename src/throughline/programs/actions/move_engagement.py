"""Steps in the life of an engagement after it began."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.decision import Decision
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.people.models import Person
from throughline.programs import hooks
from throughline.programs.enums import ENGAGEMENT_MAY_BECOME, EngagementState
from throughline.programs.models import DistrictEngagement
from throughline.programs.rules import can_answer_offer, can_staff


@transaction.atomic
def offer_engagement(
    engagement: DistrictEngagement, *, by: Person | None, now: datetime
) -> DistrictEngagement:
    """Offer the district a place.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    WrongState
        The district is not applying.
    """
    _allow(can_staff(by, engagement.cohort))
    return _move(engagement, EngagementState.OFFERED, "offered", by=by, now=now)


@transaction.atomic
def activate_engagement(
    engagement: DistrictEngagement, *, by: Person | None, now: datetime
) -> DistrictEngagement:
    """Make an offered district part of the cohort from today, or resume a paused one.

    Raises
    ------
    NotAllowed
        ``by`` is neither the district's leader nor on the staff.
    WrongState
        No place was offered.
    """
    _allow(can_answer_offer(by, engagement))
    began: dict[str, Any] = {} if engagement.began_on else {"began_on": now.date()}
    _move(engagement, EngagementState.ACTIVE, "engaged", by=by, now=now, **began)
    for heard in hooks.ENGAGEMENT_BEGAN:
        heard(engagement, by, now)
    return engagement


@transaction.atomic
def pause_engagement(
    engagement: DistrictEngagement, *, by: Person | None, now: datetime, reason: str
) -> DistrictEngagement:
    """Pause an active district; it keeps its place.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff of the cohort.
    WrongState
        The district is not active.
    """
    _allow(can_staff(by, engagement.cohort))
    return _move(engagement, EngagementState.PAUSED, "paused", by=by, now=now, reason=reason)


@transaction.atomic
def decline_engagement(
    engagement: DistrictEngagement, *, by: Person | None, now: datetime, reason: str = ""
) -> DistrictEngagement:
    """End an application or an offer with a no, of either side.

    Raises
    ------
    NotAllowed
        ``by`` is neither the district's leader nor on the staff.
    WrongState
        The district is already in the cohort, or has left it.
    """
    _allow(can_answer_offer(by, engagement))
    return _end(engagement, EngagementState.DECLINED, "declined", by=by, now=now, reason=reason)


@transaction.atomic
def withdraw_engagement(
    engagement: DistrictEngagement, *, by: Person | None, now: datetime, reason: str = ""
) -> DistrictEngagement:
    """Take a district out of the cohort, whatever its state. Its work stays.

    Raises
    ------
    NotAllowed
        ``by`` is neither the district's leader nor on the staff.
    WrongState
        The district has already left.
    """
    _allow(can_answer_offer(by, engagement))
    return _end(engagement, EngagementState.WITHDRAWN, "withdrew", by=by, now=now, reason=reason)


def _allow(decision: Decision) -> None:
    if not decision:
        raise NotAllowed(decision.reason)


def _end(
    engagement: DistrictEngagement,
    state: EngagementState,
    verb: str,
    *,
    by: Person | None,
    now: datetime,
    reason: str,
) -> DistrictEngagement:
    ended = {"ended_on": now.date(), "ended_reason": reason[:300]}
    _move(engagement, state, verb, by=by, now=now, reason=reason, **ended)
    for heard in hooks.ENGAGEMENT_ENDED:
        heard(engagement, by, now)
    return engagement


def _move(
    engagement: DistrictEngagement,
    state: EngagementState,
    verb: str,
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    **fields: object,
) -> DistrictEngagement:
    moved = DistrictEngagement.objects.filter(
        pk=engagement.pk, state__in=states_before(ENGAGEMENT_MAY_BECOME, state)
    ).update(state=state, **fields)
    if not moved:
        now_is = DistrictEngagement.objects.get(pk=engagement.pk).get_state_display()
        raise WrongState(
            _("%(district)s cannot take this step: its state is “%(state)s”.")
            % {"district": engagement, "state": now_is}
        )
    engagement.refresh_from_db()
    trail.record(by, verb, engagement, now=now, fields=["state", *fields], reason=reason)
    return engagement
