"""Reads of forms: what was answered, what is still missing, what was parked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from throughline.forms.enums import NOT_ASKED_HERE, FieldKind
from throughline.forms.models import (
    Answer,
    Draft,
    FieldVersion,
    FormField,
    FormVersion,
    Submission,
)
from throughline.forms.rules import is_shown
from throughline.forms.values import is_empty
from throughline.people.models import Person
from throughline.people.sealing import KeyGone, unseal

PARKED = "forms.answer"
"""The page under which answers of a stale tab are kept in ``Draft``."""


@dataclass(frozen=True, slots=True)
class Question:
    """A wording at its place in a form."""

    key: str
    part: str
    position: int
    wording: FieldVersion


@dataclass(frozen=True, slots=True)
class Missing:
    """A required question without an answer, and the sentence that asks for it."""

    key: str
    part: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Parked:
    """What somebody typed into a question that another person had just changed."""

    value: Any
    at: str


def questions(form_version: FormVersion, part: str | None = None) -> list[Question]:
    """Return what a form asks, in order; with ``part``, on one of its pages. One query."""
    found = FormField.objects.filter(form_version=form_version).order_by("position")
    if part is not None:
        found = found.filter(section=part)
    return [
        Question(place.field.key, place.section, place.position, place.field_version)
        for place in found.select_related("field", "field_version")
    ]


def answers(submission: Submission) -> dict[str, Any]:
    """Return the present answers by key of their question. One query."""
    found = Answer.objects.filter(submission=submission).order_by("pk")
    return dict(found.values_list("field__key", "value"))


def answers_of(submissions: Sequence[int], *, key: str = "") -> dict[int, dict[str, Any]]:
    """Return the answers of many submissions, by id: all, or those to one question. One query."""
    found: dict[int, dict[str, Any]] = {submission: {} for submission in submissions}
    rows = Answer.objects.filter(submission__in=submissions).order_by("pk")
    if key:
        rows = rows.filter(field__key=key)
    for submission, asked, value in rows.values_list("submission", "field__key", "value"):
        found[submission][asked] = value
    return found


def revisions(submission: Submission) -> dict[str, int]:
    """Return the revision of each answer, for a form to carry. One query."""
    found = Answer.objects.filter(submission=submission).order_by("pk")
    return dict(found.values_list("field__key", "revision"))


def shown_questions(
    asked: Sequence[Question], given: Mapping[str, Any], facts: Mapping[str, Any] | None = None
) -> list[Question]:
    """Return the questions whose condition is true of these answers and facts."""
    return [one for one in asked if is_shown(one.wording.condition, given, facts)]


def sent_answers(submission: Submission, facts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what the form sends: an answer hidden by its condition is kept, and not sent."""
    given = answers(submission)
    asked = shown_questions(questions(submission.form_version), given, facts)
    return {one.key: given[one.key] for one in asked if one.key in given}


def missing(
    submission: Submission,
    facts: Mapping[str, Any] | None = None,
    *,
    elsewhere: Mapping[str, str] | None = None,
) -> list[Missing]:
    """Return the required questions that are shown and not answered, in order. Two queries.

    Parameters
    ----------
    facts
        What conditions may ask beyond the answers, such as ``district.state`` or ``list.south``.
    elsewhere
        For questions answered on a page of their own (a roster): the sentence that says what they
        lack, or an empty one when they are complete.
    """
    return missing_of(
        questions(submission.form_version), answers(submission), facts, elsewhere=elsewhere
    )


def missing_of(
    asked: Sequence[Question],
    given: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    *,
    elsewhere: Mapping[str, str] | None = None,
) -> list[Missing]:
    """Return what ``missing`` does, from questions and answers already read."""
    found = []
    for one in shown_questions(asked, given, facts):
        if elsewhere and one.key in elsewhere:
            sentence = elsewhere[one.key]
        else:
            sentence = _sentence(one.wording, given.get(one.key))
        if sentence:
            found.append(Missing(one.key, one.part, sentence))
    return found


def _sentence(wording: FieldVersion, value: Any) -> str:
    kind = wording.kind
    if not wording.is_required or wording.is_sealed or not is_empty(kind, value):
        return ""
    if kind in NOT_ASKED_HERE and kind != FieldKind.ROSTER:
        return ""
    return require_sentence(kind, wording.ask)


def require_sentence(kind: str, ask: str) -> str:
    """Return the sentence that asks for an answer to ``ask``."""
    subject = ask.rstrip(".?: ")
    if kind == FieldKind.ATTEST:
        return _("Check the box to confirm: “%(ask)s”.") % {"ask": subject}
    if kind == FieldKind.CONFIRM_DATES:
        return _("Check each date that you can attend: “%(ask)s”.") % {"ask": subject}
    if kind in {FieldKind.CHOICE, FieldKind.YES_OR_NO, FieldKind.SCALE, FieldKind.CHOICES}:
        return _("Choose an answer to “%(ask)s”.") % {"ask": subject}
    if kind == FieldKind.ROSTER:
        return _("Name the people for “%(ask)s”.") % {"ask": subject}
    return _("Enter an answer to “%(ask)s”.") % {"ask": subject}


def parked(person: Person, submission: Submission) -> dict[str, list[Parked]]:
    """Return what this person typed and could not save, by key of its question.

    Nobody else's: a parked answer is sealed with its writer's key. One query, and one more when
    there is something to open.
    """
    prefix = f"{submission.ref}."
    drafts = Draft.objects.filter(person=person, page=PARKED, subject__startswith=prefix)
    found: dict[str, list[Parked]] = {}
    for draft in drafts.order_by("subject"):
        try:
            found[draft.subject.removeprefix(prefix)] = unpark(person, draft)
        except KeyGone:
            continue
    return found


def unpark(person: Person, draft: Draft) -> list[Parked]:
    """Open a draft of this person."""
    plain = json.loads(unseal(person, bytes(draft.sealed), identity=draft_identity(draft)))
    return [Parked(one["value"], one["at"]) for one in plain]


def draft_identity(draft: Draft) -> str:
    """Name a draft to the seal, so that its bytes open nowhere else."""
    return f"forms_draft:{draft.person_id}:{draft.page}:{draft.subject}"
