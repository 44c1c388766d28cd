"""Close a commitment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.meetings.enums import COMMITMENT_MAY_BECOME, CommitmentState
from throughline.meetings.models import Commitment
from throughline.meetings.rules import can_close
from throughline.people.models import Person


@transaction.atomic
def close_commitment(
    commitment: Commitment,
    *,
    state: str = CommitmentState.DONE,
    outcome: str = "",
    by: Person | None,
    now: datetime,
) -> Commitment:
    """Say that it was done, or dropped, and what came of it.

    Raises
    ------
    NotAllowed
        ``by`` is neither its owner nor of its group or staff.
    WrongState
        It is closed already.
    """
    if not (decision := can_close(by, commitment)):
        raise NotAllowed(decision.reason)
    moved = Commitment.objects.filter(
        pk=commitment.pk, state__in=states_before(COMMITMENT_MAY_BECOME, CommitmentState(state))
    ).update(state=state, closed_at=now, outcome=outcome[:300])
    if not moved:
        raise WrongState(_("This is closed already."))
    commitment.refresh_from_db()
    trail.record(by, "closed", commitment, now=now, fields=["state", "outcome"])
    return commitment
