"""End a coaching engagement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.coaching.enums import COACHING_MAY_BECOME, CoachingState
from throughline.coaching.models import CoachingEngagement
from throughline.coaching.rules import can_staff
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.people.models import Person


@transaction.atomic
def end_coaching(
    coaching: CoachingEngagement, *, by: Person | None, now: datetime
) -> CoachingEngagement:
    """End it today. The coach keeps what she wrote, and logs what she has not logged yet.

    Raises
    ------
    NotAllowed
        ``by`` is not on the host's staff.
    WrongState
        It is not active.
    """
    if not (decision := can_staff(by, coaching.scope)):
        raise NotAllowed(decision.reason)
    moved = CoachingEngagement.objects.filter(
        pk=coaching.pk, state__in=states_before(COACHING_MAY_BECOME, CoachingState.ENDED)
    ).update(state=CoachingState.ENDED, to_on=now.date())
    if not moved:
        raise WrongState(_("This coaching has ended already, or has not begun."))
    coaching.refresh_from_db()
    trail.record(by, "ended", coaching, now=now)
    return coaching
