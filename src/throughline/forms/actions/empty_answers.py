"""Empty answers: the question, its wording and the day stay; what was written goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from throughline.forms.models import Answer, AnswerHistory
from throughline.people.models import Person


def empty_answers(submissions: Collection[int]) -> None:
    """Empty every answer of these submissions, at all its revisions. Call inside an action."""
    _empty(Q(submission__in=submissions))


def empty_personal_answers(person: Person, _now: datetime) -> None:
    """Empty what somebody answered to questions that are marked personal."""
    _empty(Q(written_by__in=person.ids, field_version__is_personal=True))


def _empty(which: Q) -> None:
    answers = Answer.objects.filter(which)
    AnswerHistory.objects.filter(answer__in=answers.values("pk")).update(value=None, sealed=None)
    answers.update(value=None, sealed=None)
