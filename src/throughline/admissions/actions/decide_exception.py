"""Decide a case that the rules leave to a person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.admissions.enums import CASE_MAY_BECOME, CaseState
from throughline.admissions.models import ExceptionCase
from throughline.admissions.rules import can_decide_case
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.people.models import Person


@transaction.atomic
def decide_exception(
    case: ExceptionCase, *, grant: bool, because: str, by: Person, now: datetime
) -> ExceptionCase:
    """Grant or refuse an exception, with the reason in words. A case is decided once.

    Raises
    ------
    NotAllowed
        ``by`` is not on the staff, or has a tie to the district.
    BadInput
        The reason is missing.
    WrongState
        Somebody decided it a moment ago.
    """
    if not because.strip():
        raise BadInput(_("Write down why, in a sentence."), field="because")
    state = CaseState.GRANTED if grant else CaseState.REFUSED
    may = can_decide_case(by, case)
    if not may and case.state == CaseState.OPEN:
        raise NotAllowed(may.reason)
    moved = ExceptionCase.objects.filter(
        pk=case.pk, state__in=states_before(CASE_MAY_BECOME, state)
    ).update(state=state, decided_by=by, decided_because=because.strip(), decided_at=now)
    if not moved:
        raise WrongState(_("This case has been decided."))
    case.refresh_from_db()
    trail.record(
        by, f"{state} exception", case, now=now, scope=case.application.scope_id, fields=["state"]
    )
    return case
