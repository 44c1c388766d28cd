"""One district in one cohort: what lasts while people come and go."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network, Organization, Person, Scope
from throughline.programs.enums import (
    LIVE_ENGAGEMENT_STATES,
    SEATED_STATES,
    EngagementState,
)
from throughline.programs.models.cohort import Cohort, lies_above


class EngagementQuerySet(models.QuerySet["DistrictEngagement"]):
    """Districts in cohorts."""

    def visible_to(self, person: Person) -> Self:
        """Return engagements she is in (herself or with a team), acts for, or staffs."""
        return self.filter(network_id=person.network_id).filter(
            Q(lies_above(person.scopes()))
            | Q(scope__in=person.staffed_scopes())
            | Q(scope__in=person.delegated_scopes())
        )

    def staffed_by(self, person: Person) -> Self:
        """Return engagements that this person administers."""
        return self.filter(network_id=person.network_id, scope__in=person.staffed_scopes())

    def live(self) -> Self:
        return self.filter(state__in=LIVE_ENGAGEMENT_STATES)

    def seated(self) -> Self:
        """Return engagements that hold a place: active or paused."""
        return self.filter(state__in=SEATED_STATES)


class DistrictEngagement(models.Model):
    """A district in a cohort, from the first line of its application to the end."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="engagement")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="engagements")
    district = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="engagements")
    state = models.CharField(max_length=20, choices=EngagementState)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "district"],
                condition=Q(state__in=["applying", "offered", "active", "paused"]),
                name="a_district_is_in_a_cohort_once_while_live",
            ),
            models.CheckConstraint(
                name="an_active_engagement_has_begun",
                condition=~Q(state__in=["active", "paused", "completed"])
                | Q(began_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_engagement_ends_after_it_began",
                condition=Q(ended_on__isnull=True)
                | Q(began_on__isnull=True)
                | Q(ended_on__gte=F("began_on")),
            ),
            models.CheckConstraint(
                name="an_engagement_state_is_known", condition=Q(state__in=EngagementState.values)
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "state"], name="engagements_of_a_cohort"),
            models.Index(fields=["district"], name="engagements_of_a_district"),
        ]

    def __str__(self) -> str:
        return str(self.district)


class CohortSeat(models.Model):
    """A place in a cohort. The rows exist beforehand: taking one is a conditional update.

    Reached through its cohort.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    engagement = models.OneToOneField(
        DistrictEngagement, on_delete=models.PROTECT, null=True, blank=True, related_name="seat"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    is_extra = models.BooleanField(default=False)
    extra_reason = models.CharField(max_length=500, blank=True)
    extra_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="a_seat_number_is_used_once"),
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(person__isnull=False),
                name="a_person_takes_one_seat_in_a_cohort",
            ),
            models.CheckConstraint(
                name="a_seat_has_one_holder_at_most",
                condition=Q(engagement__isnull=True) | Q(person__isnull=True),
            ),
            models.CheckConstraint(
                name="an_extra_seat_has_a_reason_and_a_person",
                condition=Q(is_extra=False) | (~Q(extra_reason="") & Q(extra_by__isnull=False)),
            ),
        ]
        ordering = ["number"]

    @property
    def is_taken(self) -> bool:
        return self.engagement_id is not None or self.person_id is not None


class Succession(models.Model):
    """One leader of a district follows another while the engagement goes on.

    Reached through its engagement.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    engagement = models.ForeignKey(
        DistrictEngagement, on_delete=models.CASCADE, related_name="successions"
    )
    leaving = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="left_to_others")
    taking_over = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over"
    )
    role = models.CharField(max_length=30)
    on = models.DateField()
    hand_over = models.JSONField(default=list)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_succession_is_between_two_people",
                condition=Q(taking_over__isnull=True) | ~Q(leaving=F("taking_over")),
            ),
            models.UniqueConstraint(
                fields=["engagement", "leaving", "role", "on"], name="a_leader_leaves_once_a_day"
            ),
        ]
        ordering = ["on", "pk"]
