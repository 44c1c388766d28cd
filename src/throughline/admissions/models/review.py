"""Reading: phases, readers, ties, assignments, reviews and scores."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.admissions.enums import (
    AssignmentState,
    ConflictState,
    Found,
    ReviewState,
    SeesOthers,
    TieGround,
)
from throughline.admissions.models.application import Application
from throughline.admissions.models.call import Call
from throughline.core.refs import PublicRef
from throughline.forms.models import Criterion, Level, Rubric
from throughline.people.models import Exclusion, Network, Person


class ReviewPhase(models.Model):
    """What readers of a call may do while it is open. Reached through its call."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=60)
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=False)
    may_score = models.BooleanField(default=True)
    sees_others = models.CharField(max_length=10, choices=SeesOthers, default=SeesOthers.AFTER_OWN)
    reviews_wanted = models.PositiveSmallIntegerField(default=3)
    discuss_at = models.PositiveSmallIntegerField(default=2)
    conflict_years = models.PositiveSmallIntegerField(default=4)
    comment_at_extremes = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"], name="a_phase_position_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(is_active=True),
                name="one_review_phase_of_a_call_at_a_time",
            ),
        ]
        ordering = ["position"]


class Reviewer(models.Model):
    """A person reads for a call. Reached through the call."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reads_for")
    topics = models.JSONField(default=list)
    load_min = models.PositiveSmallIntegerField(default=0)
    load_max = models.PositiveSmallIntegerField(null=True, blank=True)
    is_experienced = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="a_reader_reads_once_per_call"),
        ]


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Ties."""

    def visible_to(self, person: Person) -> Self:
        """Return ties that staff of the call account for; a closed application stays closed."""
        return self.filter(application__in=Application.objects.staffed_by(person).values("pk"))

    def in_force(self) -> Self:
        return self.filter(state=ConflictState.IN_FORCE)


class Conflict(models.Model):
    """A tie between a reader and an application. In force, it closes the district to that person."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    ground = models.CharField(max_length=20, choices=TieGround)
    found = models.CharField(max_length=20, choices=Found)
    state = models.CharField(max_length=20, choices=ConflictState, default=ConflictState.IN_FORCE)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    dismissed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    dismissed_because = models.CharField(max_length=300, blank=True)
    exclusion = models.OneToOneField(
        Exclusion, on_delete=models.PROTECT, null=True, related_name="conflict"
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer", "ground"], name="a_tie_is_kept_once_per_ground"
            ),
            models.CheckConstraint(
                name="a_tie_in_force_excludes",
                condition=~Q(state="in_force") | Q(exclusion__isnull=False),
            ),
            models.CheckConstraint(
                name="a_dismissed_tie_says_who_and_why",
                condition=~Q(state="dismissed")
                | (Q(dismissed_by__isnull=False) & ~Q(dismissed_because="")),
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "application"], name="ties_of_a_reader")]


class ReviewAssignment(models.Model):
    """A reader is asked to read an application. Reached through its review.

    ``no_tie_at`` is when she said that she has no tie; before that the text stays closed.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    phase = models.ForeignKey(ReviewPhase, on_delete=models.PROTECT, related_name="assignments")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="assignments"
    )
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(
        max_length=20, choices=AssignmentState, default=AssignmentState.PROPOSED
    )
    because = models.CharField(max_length=300, blank=True)
    no_tie_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "application", "reviewer"],
                name="a_reader_is_assigned_once_per_phase",
            ),
            models.CheckConstraint(
                name="the_state_of_an_assignment_is_known",
                condition=Q(state__in=AssignmentState.values),
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "state"], name="assignments_of_a_reader"),
            models.Index(fields=["phase", "application"], name="assignments_of_a_phase"),
        ]


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews."""

    def mine(self, person: Person) -> Self:
        """Return her own reviews of the phase that is open, minus applications closed to her."""
        return self.filter(
            network_id=person.network_id,
            assignment__reviewer__in=person.ids,
            assignment__state=AssignmentState.PUBLISHED,
            assignment__phase__is_active=True,
        ).exclude(assignment__application__scope__in=person.excluded_scopes())

    def visible_to(self, person: Person) -> Self:
        """Return her own; to staff and committee, those that are in, minus closed applications."""
        decided = Application.objects.decided_by(person).values("pk")
        return self.filter(
            Q(pk__in=self.model.objects.mine(person).values("pk"))
            | Q(
                state=ReviewState.SUBMITTED,
                assignment__state=AssignmentState.PUBLISHED,
                assignment__application__in=decided,
            )
        )

    def counted(self) -> Self:
        """Return reviews that are in and count."""
        return self.filter(state=ReviewState.SUBMITTED, assignment__state=AssignmentState.PUBLISHED)


class Review(models.Model):
    """What one reader made of one application. ``points`` is the weighted sum of her levels."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    assignment = models.OneToOneField(
        ReviewAssignment, on_delete=models.CASCADE, related_name="review"
    )
    state = models.CharField(max_length=20, choices=ReviewState, default=ReviewState.DRAFT)
    comment = models.TextField(blank=True)
    for_applicant = models.TextField(blank=True)
    points = models.PositiveIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_submitted_review_says_when_and_what",
                condition=~Q(state="submitted")
                | Q(submitted_at__isnull=False, points__isnull=False),
            ),
            models.CheckConstraint(
                name="the_state_of_a_review_is_known", condition=Q(state__in=ReviewState.values)
            ),
        ]

    @property
    def is_in(self) -> bool:
        return self.state == ReviewState.SUBMITTED


class Score(models.Model):
    """The level that a reader chose for a criterion. Reached through its review."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"], name="a_criterion_is_scored_once"
            ),
        ]
