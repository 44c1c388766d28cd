"""Leave out one turn of a series."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.meetings.enums import OCCASION_MAY_BECOME, OccasionState
from throughline.meetings.models import Occasion
from throughline.meetings.rules import can_change
from throughline.people.models import Person


@transaction.atomic
def skip_occasion(
    occasion: Occasion, *, because: str, by: Person | None, now: datetime
) -> Occasion:
    """Say why a turn of a series is left out; the others stay, and calendars drop this one.

    Raises
    ------
    NotAllowed
        ``by`` is not one of those who plan it.
    BadInput
        No reason is given.
    WrongState
        It is no turn of a series, or not planned any more.
    """
    if not (decision := can_change(by, occasion)):
        raise NotAllowed(decision.reason)
    if not because.strip():
        raise BadInput(_("Say why this turn is left out."), field="because")
    moved = Occasion.objects.filter(
        pk=occasion.pk,
        series__isnull=False,
        state__in=states_before(OCCASION_MAY_BECOME, OccasionState.SKIPPED),
    ).update(state=OccasionState.SKIPPED, because=because.strip()[:300], sequence=F("sequence") + 1)
    if not moved:
        raise WrongState(_("Only a turn of a series that is still planned can be skipped."))
    occasion.refresh_from_db()
    trail.record(
        by, "skipped", occasion, now=now, reason=because, on_behalf_of=decision.on_behalf_of
    )
    return occasion
