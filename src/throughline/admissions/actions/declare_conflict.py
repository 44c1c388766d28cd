"""A reader says whether she has a tie, before she can read."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.admissions.actions.assign_reviewers import fill_readers
from throughline.admissions.actions.keep_ties import keep_tie
from throughline.admissions.enums import AssignmentState, Found, TieGround
from throughline.admissions.models import Conflict, ReviewAssignment
from throughline.admissions.rules import can_declare
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.people.models import Person


class TieAnswer(models.TextChoices):
    """What a reader can say."""

    NONE = "none", gettext_lazy("No tie")
    WORK = "work", gettext_lazy("I work there, or did in the last years")
    PERSON = "person", gettext_lazy("I am close to one of these people")
    UNSURE = "unsure", gettext_lazy("I am not sure")


GROUNDS = {
    TieAnswer.WORK: TieGround.DISTRICT,
    TieAnswer.PERSON: TieGround.FAMILY,
    TieAnswer.UNSURE: TieGround.DECLARED,
}


@transaction.atomic
def declare_conflict(
    assignment: ReviewAssignment, *, answer: str, by: Person, now: datetime
) -> Conflict | None:
    """Keep the answer. A tie takes the application away and gives it to somebody else.

    Raises
    ------
    NotAllowed
        ``by`` is not the reader.
    BadInput
        Nothing was chosen.
    WrongState
        The application is no longer hers to read.
    """
    if answer not in TieAnswer.values:
        raise BadInput(_("Choose what fits."), field="tie")
    if not (decision := can_declare(by, assignment)):
        raise NotAllowed(decision.reason)
    take(assignment.phase.call)  # two readers with a tie are not both replaced by the same one
    live = ReviewAssignment.objects.filter(pk=assignment.pk, state=AssignmentState.PUBLISHED)
    if answer == TieAnswer.NONE:
        if not live.update(no_tie_at=now):
            raise WrongState(_("This application is no longer yours to read."))
        assignment.refresh_from_db()
        trail.record(by, "declared no tie", assignment.review, now=now)
        return None
    if not live.update(no_tie_at=None):
        raise WrongState(_("This application is no longer yours to read."))
    conflict = keep_tie(
        assignment.application,
        by,
        ground=GROUNDS[TieAnswer(answer)],
        found=Found.DECLARED,
        reason=str(TieAnswer(answer).label),
        by=by,
        now=now,
    )
    fill_readers(assignment.phase, [assignment.application], now=now)
    return conflict
