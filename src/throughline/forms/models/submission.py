"""What somebody filled in. Read and written only through the noun that owns the submission."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.core.tiers import SEALED, Tier
from throughline.forms.enums import EnteredFrom, SubmissionState
from throughline.forms.models.form import Field, FieldVersion, FormVersion
from throughline.people.models import Network, Person, Scope


class Submission(models.Model):
    """One filled-in version of a form. Who may see it is up to the noun that points here."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=SubmissionState, default=SubmissionState.DRAFT)
    entered_from = models.CharField(max_length=20, choices=EnteredFrom, default=EnteredFrom.PAGE)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="the_state_of_a_submission_is_known",
                condition=Q(state__in=SubmissionState.values),
            ),
            models.CheckConstraint(
                name="a_submitted_form_says_when",
                condition=~Q(state=SubmissionState.SUBMITTED) | Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.ref)


class Answer(models.Model):
    """The present answer to one question, with the wording it answered and who may read it."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")
    field_version = models.ForeignKey(FieldVersion, on_delete=models.PROTECT, related_name="+")
    value = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    tier = models.CharField(max_length=10, choices=Tier)
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "field"], name="a_question_is_answered_once"
            ),
            models.CheckConstraint(
                name="a_private_answer_is_sealed",
                condition=(Q(tier__in=sorted(SEALED)) & Q(value__isnull=True))
                | (~Q(tier__in=sorted(SEALED)) & Q(sealed__isnull=True)),
            ),
        ]


class AnswerHistory(models.Model):
    """What an answer was at each of its revisions, the present one included."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="history")
    revision = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "revision"], name="a_revision_of_an_answer_is_kept_once"
            ),
        ]


class Draft(models.Model):
    """Unsent work of one person on any page, sealed with her key: nothing typed is lost."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "subject"],
                name="one_draft_per_person_page_and_subject",
            ),
        ]
