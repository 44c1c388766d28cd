"""Say that an occasion took place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.meetings.enums import OCCASION_MAY_BECOME, OccasionState
from throughline.meetings.models import Occasion
from throughline.meetings.rules import can_mark
from throughline.people.models import Person


@transaction.atomic
def hold_occasion(
    occasion: Occasion, *, minutes: int | None = None, by: Person | None, now: datetime
) -> Occasion:
    """Record that it was held, with its real length if given; again corrects the length.

    Raises
    ------
    NotAllowed
        ``by`` neither leads it nor is on its staff.
    BadInput
        It has no length.
    WrongState
        It was skipped or canceled.
    """
    if not (decision := can_mark(by, occasion)):
        raise NotAllowed(decision.reason)
    length = occasion.minutes if minutes is None else minutes
    if length <= 0:
        raise BadInput(_("Say how many minutes it took."), field="minutes")
    if occasion.state == OccasionState.HELD and occasion.minutes == length:
        return occasion
    moved = Occasion.objects.filter(
        pk=occasion.pk, state__in=states_before(OCCASION_MAY_BECOME, OccasionState.HELD)
    ).update(state=OccasionState.HELD, minutes=length)
    if not moved:
        raise WrongState(_("This was skipped or canceled; it cannot be held."))
    was_held = occasion.state == OccasionState.HELD
    occasion.refresh_from_db()
    trail.record(by, "corrected" if was_held else "held", occasion, now=now, fields=["minutes"])
    return occasion
