"""Take a form back: to change it, or for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import WrongState
from throughline.core.states import states_before
from throughline.forms.enums import SUBMISSION_MAY_BECOME, SubmissionState
from throughline.forms.models import Submission
from throughline.people.models import Person


@transaction.atomic
def withdraw_submission(submission: Submission, *, by: Person | None, now: datetime) -> Submission:
    """Withdraw a form for good. Its answers stay until their time to be forgotten.

    Raises
    ------
    WrongState
        It was withdrawn before.
    """
    return _move(
        submission, SubmissionState.WITHDRAWN, "withdrew", by=by, now=now,
        refusal=_("This form has already been withdrawn."),
    )  # fmt: skip


@transaction.atomic
def reopen_submission(submission: Submission, *, by: Person | None, now: datetime) -> Submission:
    """Take a sent form back to change it; it must be sent again.

    Raises
    ------
    WrongState
        It is not sent.
    """
    return _move(
        submission, SubmissionState.DRAFT, "took back", by=by, now=now,
        refusal=_("Only a form that has been sent can be taken back."),
    )  # fmt: skip


def _move(
    submission: Submission,
    state: SubmissionState,
    verb: str,
    *,
    by: Person | None,
    now: datetime,
    refusal: str,
) -> Submission:
    moved = Submission.objects.filter(
        pk=submission.pk, state__in=states_before(SUBMISSION_MAY_BECOME, state)
    ).update(state=state)
    if not moved:
        raise WrongState(refusal)
    submission.refresh_from_db()
    trail.record(by, verb, submission, now=now)
    return submission
