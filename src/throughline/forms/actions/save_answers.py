"""Save answers while they are typed. Two people, or two tabs, never undo one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, WrongState
from throughline.core.tiers import SEALED
from throughline.forms.actions.park_answer import drawers, park, unpark_value
from throughline.forms.enums import SubmissionState
from throughline.forms.models import Answer, AnswerHistory, FieldVersion, FormField, Submission
from throughline.forms.values import stored
from throughline.people.models import Person


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question that somebody else changed since this page was opened. Both versions are kept."""

    key: str
    yours: Any
    theirs: Any
    revision: int
    written_by: Person | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SaveResult:
    """When it was saved, what could not be, and the revisions that the page goes on with."""

    saved_at: datetime
    conflicts: list[Conflict] = field(default_factory=list)
    revisions: dict[str, int] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()


@transaction.atomic
def save_answers(
    submission: Submission,
    values: Mapping[str, object],
    *,
    by: Person | None,
    now: datetime,
    revisions: Mapping[str, int] | None = None,
    on_behalf_of: Person | None = None,
) -> SaveResult:
    """Save what was typed, question by question; a part of a form is enough.

    ``revisions`` says which revision of each answer the page showed (none: 0). An answer that
    somebody else changed since then, and that this page changed too, is not overwritten: it comes
    back as a conflict, and what was typed is parked under its writer. Without ``revisions`` the
    last one to save wins; history keeps the rest.

    Raises
    ------
    WrongState
        The form has been sent or withdrawn.
    BadInput
        A key is no question of this form, or the question keeps its answers private.
    """
    # Touching the parent first takes its row lock: saves of one submission come one by one.
    touched = Submission.objects.filter(pk=submission.pk, state=SubmissionState.DRAFT).update(
        saved_at=now
    )
    if not touched:
        raise WrongState(_("This form has been sent. Take it back to change an answer."))
    submission.saved_at = now
    wordings = _wordings(submission, values)
    present = {
        answer.field_id: answer
        for answer in Answer.objects.filter(submission=submission).select_related("written_by")
    }
    saving = _Saving(submission, by, now, list(wordings))
    for key, wording in wordings.items():
        seen = None if revisions is None else revisions.get(key, 0)
        saving.one(key, wording, present.get(wording.field_id), stored(values[key]), seen)
    saving.write()
    if saving.changed:
        trail.record(
            by, "saved", submission, now=now, fields=saving.changed, on_behalf_of=on_behalf_of
        )
    return SaveResult(now, saving.conflicts, saving.revisions, frozenset(saving.changed))


def _wordings(submission: Submission, values: Mapping[str, object]) -> dict[str, FieldVersion]:
    places = FormField.objects.filter(
        form_version=submission.form_version_id, field__key__in=list(values)
    ).select_related("field", "field_version")
    found = {place.field.key: place.field_version for place in places.order_by("position")}
    for key in values:
        if key not in found:
            raise BadInput(_("This form does not ask “%(key)s”.") % {"key": key})
        if found[key].tier in SEALED or found[key].is_sealed:
            raise BadInput(_("This question is kept apart and cannot be answered here."), field=key)
    return found


class _Saving:
    """What one save adds up to, written with a fixed number of statements."""

    def __init__(
        self, submission: Submission, by: Person | None, now: datetime, keys: list[str]
    ) -> None:
        self.submission, self.by, self.now = submission, by, now
        self.drawers = drawers(submission, keys, by=by) if by else {}
        self.conflicts: list[Conflict] = []
        self.revisions: dict[str, int] = {}
        self.changed: list[str] = []
        self.new: list[Answer] = []
        self.edited: list[Answer] = []

    def one(
        self, key: str, wording: FieldVersion, answer: Answer | None, value: Any, seen: int | None
    ) -> None:
        current = answer.value if answer else None
        revision = answer.revision if answer else 0
        self.revisions[key] = revision
        if value == current:
            self._settle(key, value, seen, revision)
            return
        if seen is not None and seen != revision and answer is not None:
            if value != _value_at(answer, seen):
                self._clash(key, answer, value)
            return
        self._settle(key, value, seen, revision)
        if answer is None:
            answer = Answer(
                network_id=self.submission.network_id, submission=self.submission,
                field_id=wording.field_id, field_version=wording, tier=wording.tier, revision=0,
            )  # fmt: skip
            self.new.append(answer)
        else:
            self.edited.append(answer)
        answer.value, answer.revision = value, revision + 1
        answer.field_version, answer.tier = wording, wording.tier
        answer.written_by, answer.saved_at = self.by, self.now
        self.revisions[key] = answer.revision
        self.changed.append(key)

    def _clash(self, key: str, answer: Answer, value: Any) -> None:
        self.conflicts.append(
            Conflict(key, value, answer.value, answer.revision, answer.written_by, answer.saved_at)
        )
        if self.by is not None:
            park(self.drawers[key], value, by=self.by, now=self.now)

    def _settle(self, key: str, value: Any, seen: int | None, revision: int) -> None:
        """What was parked and is now saved need not be parked any longer."""
        if self.by is not None and seen is not None and seen == revision and value is not None:
            unpark_value(self.drawers[key], value, by=self.by)

    def write(self) -> None:
        Answer.objects.bulk_create(self.new)
        Answer.objects.bulk_update(
            self.edited,
            ["value", "revision", "field_version", "tier", "written_by", "saved_at"],
        )
        AnswerHistory.objects.bulk_create(
            AnswerHistory(
                network_id=answer.network_id, answer=answer, revision=answer.revision,
                value=answer.value, by=self.by, at=self.now,
            )
            for answer in (*self.new, *self.edited)
        )  # fmt: skip


def _value_at(answer: Answer, revision: int) -> Any:
    if revision == 0:
        return None
    found = AnswerHistory.objects.filter(answer=answer, revision=revision)
    return found.values_list("value", flat=True).first()
