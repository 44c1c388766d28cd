"""Empty the applications of somebody whose record is emptied and who was never offered a seat."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.admissions.enums import ApplicationState, Outcome
from throughline.admissions.models import (
    Application,
    ApplicationPart,
    DateCommitment,
    Decision,
    EligibilityResult,
    ExceptionCase,
    Review,
    Score,
)
from throughline.core.errors import WrongState
from throughline.forms.actions.empty_answers import empty_answers
from throughline.people.models import Person
from throughline.teams.actions.empty_members import empty_members

EMPTIED = "Emptied at the person's request."
"""Stands where a text must not be blank."""


def empty_applications(person: Person, _now: datetime) -> None:
    """Empty what was written for, in and about her applications. States, dates and points stay.

    The application of a district that was offered a seat stays with the district.

    Raises
    ------
    WrongState
        One of them is neither decided nor withdrawn.
    """
    hers = Application.objects.filter(lead__in=person.ids)
    waiting = hers.exclude(state__in=[ApplicationState.DECIDED, ApplicationState.WITHDRAWN]).first()
    if waiting is not None:
        raise WrongState(
            _("Application %(number)s is neither decided nor withdrawn. Settle that first.")
            % {"number": waiting.number}
        )
    gone = hers.filter(Q(decision__isnull=True) | ~Q(decision__outcome=Outcome.OFFER))
    keys = list(gone.values_list("pk", flat=True))
    parts = ApplicationPart.objects.filter(application__in=keys)
    empty_answers(list(parts.values_list("submission", flat=True)))
    empty_members(list(gone.values_list("team", flat=True)))
    DateCommitment.objects.filter(application__in=keys).update(why_not="")
    EligibilityResult.objects.filter(application__in=keys).update(facts={}, reason="")
    cases = ExceptionCase.objects.filter(application__in=keys)
    cases.update(asked_because=EMPTIED)
    cases.exclude(decided_because="").update(decided_because=EMPTIED)
    Decision.objects.filter(application__in=keys).update(because=EMPTIED, feedback="")
    Review.objects.filter(assignment__application__in=keys).update(comment="", for_applicant="")
    Score.objects.filter(review__assignment__application__in=keys).update(comment="")
