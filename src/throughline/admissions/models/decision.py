"""The selection, the decisions, and who waits."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.admissions.enums import DecisionState, Outcome, RunState
from throughline.admissions.models.application import Application
from throughline.admissions.models.call import Call
from throughline.core.refs import PublicRef
from throughline.people.models import Network, Person
from throughline.programs.models import CohortSeat


class RunQuerySet(models.QuerySet["SelectionRun"]):
    """Proposed lists."""

    def visible_to(self, person: Person) -> Self:
        """Return lists of calls that she helps to decide."""
        return self.filter(call__in=Call.objects.decided_by(person).values("pk"))

    def current(self) -> Self:
        return self.exclude(state=RunState.DISCARDED)


class SelectionRun(models.Model):
    """A list of seats and alternates: proposed from the scores, changed by people with a reason.

    ``plan`` holds references of applications: ``seats`` and ``waitlist`` in order, ``changes``
    with who, when and why, ``proof``, and how sound its means are. ``revision`` is the lock of
    changes.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="runs")
    plan = models.JSONField()
    input_sha256 = models.CharField(max_length=64)
    engine = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=RunState, default=RunState.PROPOSED)
    revision = models.PositiveIntegerField(default=0)
    proposed_at = models.DateTimeField()
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="adopted"), name="one_adopted_list_per_call"
            ),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="proposed"), name="one_proposed_list_per_call"
            ),
            models.CheckConstraint(
                name="an_adopted_list_says_who_and_when",
                condition=~Q(state="adopted")
                | Q(adopted_by__isnull=False, adopted_at__isnull=False),
            ),
        ]


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions."""

    def visible_to(self, person: Person) -> Self:
        """Return staged ones to those who decide; to applicants theirs, once it is released."""
        return self.filter(
            Q(application__in=Application.objects.decided_by(person).values("pk"))
            | (
                ~Q(state=DecisionState.STAGED)
                & Q(application__in=Application.objects.written_by(person).values("pk"))
            )
        )


class Decision(models.Model):
    """What was decided about one application, who signed it, and what became of it."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="decision"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    state = models.CharField(max_length=20, choices=DecisionState, default=DecisionState.STAGED)
    reason_key = models.CharField(max_length=40)
    because = models.TextField()
    feedback = models.TextField(blank=True)
    staged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seat = models.OneToOneField(
        CohortSeat, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_released_decision_is_signed_and_says_when",
                condition=Q(state="staged") | Q(signed_by__isnull=False, released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="two_different_people_sign",
                condition=Q(second_by__isnull=True)
                | (Q(signed_by__isnull=False) & ~Q(second_by=F("signed_by"))),
            ),
            models.CheckConstraint(
                name="an_accepted_offer_holds_a_seat_and_nothing_else_does",
                condition=Q(state="accepted", outcome="offer", seat__isnull=False)
                | (~Q(state="accepted") & Q(seat__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_decision_has_a_reason", condition=~Q(reason_key="") & ~Q(because="")
            ),
            models.CheckConstraint(
                name="the_state_of_a_decision_is_known",
                condition=Q(state__in=DecisionState.values, outcome__in=Outcome.values),
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_by"], name="decisions_to_be_answered")]

    def is_open_offer(self, now: datetime) -> bool:
        """Whether the applicant can say yes at this moment."""
        return (
            self.outcome == Outcome.OFFER
            and self.state == DecisionState.RELEASED
            and self.answer_by is not None
            and now < self.answer_by
        )


class WaitlistEntry(models.Model):
    """An alternate's place. Reached through the call.

    She waits until she is promoted or leaves the list.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="waitlist")
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="waiting"
    )
    rank = models.PositiveSmallIntegerField()
    promoted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "rank"],
                condition=Q(promoted_at__isnull=True, left_at__isnull=True),
                name="a_rank_is_used_once_while_waiting",
            ),
        ]
        ordering = ["rank"]
