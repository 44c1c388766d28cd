"""Send a filled-in form, once it is complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.audit import trail
from throughline.core.errors import BadInput, WrongState
from throughline.core.states import states_before
from throughline.forms.enums import SUBMISSION_MAY_BECOME, SubmissionState
from throughline.forms.models import Submission
from throughline.forms.queries import Missing, missing
from throughline.people.models import Person


class Incomplete(BadInput):
    """Required questions are open. ``missing`` lists them with a sentence each."""

    def __init__(self, lacking: list[Missing]) -> None:
        count = len(lacking)
        super().__init__(
            ngettext(
                "One answer is missing before you can send this.",
                "%(count)d answers are missing before you can send this.",
                count,
            )
            % {"count": count},
            field=lacking[0].key,
        )
        self.missing = lacking


@transaction.atomic
def submit_submission(
    submission: Submission,
    *,
    by: Person | None,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    elsewhere: Mapping[str, str] | None = None,
    on_behalf_of: Person | None = None,
) -> Submission:
    """Send the form. A required question that its condition hides is not required.

    Raises
    ------
    Incomplete
        Required questions that are shown have no answer.
    WrongState
        The form was already sent, or is withdrawn.
    """
    moved = Submission.objects.filter(
        pk=submission.pk, state__in=states_before(SUBMISSION_MAY_BECOME, SubmissionState.SUBMITTED)
    ).update(state=SubmissionState.SUBMITTED, submitted_at=now)
    if not moved:
        raise WrongState(_("This form has already been sent."))
    # After the update took the row, no save can slip an answer in between the check and the state.
    if lacking := missing(submission, facts, elsewhere=elsewhere):
        raise Incomplete(lacking)
    submission.refresh_from_db()
    trail.record(by, "submitted", submission, now=now, on_behalf_of=on_behalf_of)
    return submission
