"""An application: a district, its leader and a proposed team ask for a place."""

from __future__ import annotations

from fractions import Fraction
from typing import Self

from django.db import models
from django.db.models import Q

from throughline.admissions.enums import (
    SENT_STATES,
    ApplicationState,
    AssignmentState,
)
from throughline.admissions.models.call import Call
from throughline.core.refs import PublicRef
from throughline.forms.models import SignedText, Submission
from throughline.people.enums import Role, Verb
from throughline.people.models import Network, Person, Scope
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import Team


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, each reader seeing what her part in it allows. A tie closes all of them."""

    def visible_to(self, person: Person) -> Self:
        """Return applications she leads, fills in for a leader, staffs, selects from, or reads."""
        return self.filter(network_id=person.network_id).filter(
            Q(pk__in=self.model.objects.written_by(person).values("pk"))
            | Q(pk__in=self.model.objects.decided_by(person).values("pk"))
            | Q(pk__in=self.model.objects.read_by(person).values("pk"))
        )

    def written_by(self, person: Person) -> Self:
        """Return applications she leads, and those she fills in for a leader."""
        return self.filter(network_id=person.network_id).filter(
            Q(lead__in=person.ids) | Q(scope__in=person.delegated_scopes(Verb.EDIT_APPLICATION))
        )

    def staffed_by(self, person: Person) -> Self:
        """Return applications that this person administers, minus those of districts she is tied to."""
        return self.filter(network_id=person.network_id, scope__in=person.staffed_scopes())

    def decided_by(self, person: Person) -> Self:
        """Return applications that came in, for staff and committee, minus those closed to her."""
        below = person.staffed_scopes(Role.DIRECTOR, Role.COORDINATOR, Role.COMMITTEE)
        return self.filter(network_id=person.network_id, scope__in=below)

    def read_by(self, person: Person) -> Self:
        """Return applications that she reads in the phase that is open now."""
        assigned = self.model.objects.filter(
            assignments__reviewer__in=person.ids,
            assignments__state=AssignmentState.PUBLISHED,
            assignments__phase__is_active=True,
        )
        return self.filter(network_id=person.network_id, pk__in=assigned.values("pk")).exclude(
            scope__in=person.excluded_scopes()
        )

    def sent(self) -> Self:
        return self.filter(state__in=SENT_STATES)


class Application(models.Model):
    """A district asks for a place in a cohort.

    ``scope`` is that of the engagement, so everything below it (team, files, texts) is closed with
    one exclusion. ``review_count`` and ``points_*`` are kept beside the reviews ("touch, then
    count"): points are weighted sums of levels, raw, one sum for each reader.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField(max_length=20)
    engagement = models.ForeignKey(
        DistrictEngagement, on_delete=models.PROTECT, related_name="applications"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="applications")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="applications")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    stage = models.CharField(max_length=60)
    state = models.CharField(
        max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    review_count = models.PositiveSmallIntegerField(default=0)
    points_sum = models.PositiveIntegerField(default=0)
    points_min = models.PositiveIntegerField(null=True, blank=True)
    points_max = models.PositiveIntegerField(null=True, blank=True)
    levels_apart = models.PositiveSmallIntegerField(default=0)
    tallied_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "number"], name="an_application_number_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["call", "engagement"],
                condition=~Q(state="withdrawn"),
                name="an_engagement_applies_once_per_call",
            ),
            models.CheckConstraint(
                name="the_state_of_an_application_is_known",
                condition=Q(state__in=ApplicationState.values),
            ),
            models.CheckConstraint(
                name="a_submitted_application_says_when",
                condition=~Q(state__in=["submitted", "in_review", "decided"])
                | Q(submitted_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "number"], name="applications_of_a_call"),
            models.Index(fields=["call", "points_sum"], name="applications_by_points"),
            models.Index(fields=["lead", "state"], name="applications_of_a_lead"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_sent(self) -> bool:
        return self.state in SENT_STATES

    def mean(self, weight: int) -> Fraction | None:
        """Return the readers' mean on the rubric's scale; ``weight`` is the sum of its weights."""
        if not self.review_count or not weight:
            return None
        return Fraction(self.points_sum, self.review_count * weight)


class ApplicationPart(models.Model):
    """What an application filled in at one stage. Reached through its application."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="parts")
    stage = models.CharField(max_length=60)
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="application_part"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage"], name="one_form_per_stage_of_an_application"
            ),
        ]


class Attestation(models.Model):
    """A statement that the applicant signed with this application. Reached through it."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="attestations"
    )
    key = models.CharField(max_length=60)
    signed_text = models.OneToOneField(
        SignedText, on_delete=models.PROTECT, related_name="attestation"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "signed_text"], name="a_statement_is_attached_once"
            ),
        ]


class DateCommitment(models.Model):
    """Whether the applicant can come on a date of the calendar. Reached through the application."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="dates")
    calendar_key = models.CharField(max_length=120)
    can_attend = models.BooleanField()
    why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "calendar_key"], name="a_date_is_answered_once"
            ),
        ]
