"""Cancel an occasion."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.meetings.enums import OCCASION_MAY_BECOME, OccasionState
from throughline.meetings.models import Occasion
from throughline.meetings.rules import can_change
from throughline.people.models import Person


@transaction.atomic
def cancel_occasion(
    occasion: Occasion, *, because: str, by: Person | None, now: datetime
) -> Occasion:
    """Cancel a planned occasion; calendars keep it as canceled for thirty days.

    Raises
    ------
    NotAllowed
        ``by`` is not one of those who plan it.
    WrongState
        It is not planned any more.
    """
    if not (decision := can_change(by, occasion)):
        raise NotAllowed(decision.reason)
    moved = Occasion.objects.filter(
        pk=occasion.pk,
        state__in=states_before(OCCASION_MAY_BECOME, OccasionState.CANCELLED),
    ).update(state=OccasionState.CANCELLED, because=because[:300], sequence=F("sequence") + 1)
    if not moved:
        raise WrongState(_("Only what is still planned can be canceled."))
    occasion.refresh_from_db()
    trail.record(
        by, "cancelled", occasion, now=now, reason=because, on_behalf_of=decision.on_behalf_of
    )
    return occasion
