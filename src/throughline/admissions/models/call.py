"""A call for applications to one cohort."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.admissions.enums import CallState
from throughline.core.refs import PublicRef
from throughline.forms.models import FormVersion, Rubric
from throughline.people.enums import Role
from throughline.people.models import Network, Person
from throughline.programs.models import Cohort


class CallQuerySet(models.QuerySet["Call"]):
    """Calls. That one exists, and until when it is open, stands on a public page."""

    def visible_to(self, person: Person | None) -> Self:
        """Return calls of cohorts that this person, or any visitor, may know of."""
        return self.filter(cohort__in=Cohort.objects.visible_to(person).values("pk"))

    def staffed_by(self, person: Person) -> Self:
        """Return calls that this person administers."""
        return self.filter(network_id=person.network_id, cohort__scope__in=person.staffed_scopes())

    def decided_by(self, person: Person) -> Self:
        """Return calls whose list she helps to choose: staff and the selection committee."""
        return self.filter(
            network_id=person.network_id,
            cohort__scope__in=person.staffed_scopes(
                Role.DIRECTOR, Role.COORDINATOR, Role.COMMITTEE
            ),
        )


class Call(models.Model):
    """A call for applications: one form, one rubric, dates from the blueprint."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="calls")
    label = models.CharField(max_length=200)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, null=True, related_name="+")
    stages = models.JSONField(default=list)
    opens_at = models.DateTimeField()
    priority_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    zone = models.CharField(max_length=60)
    state = models.CharField(max_length=20, choices=CallState, default=CallState.OPEN)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "label"], name="a_call_of_a_cohort_has_its_own_label"
            ),
            models.CheckConstraint(
                name="a_call_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="the_priority_date_lies_inside_the_call",
                condition=Q(priority_at__isnull=True)
                | Q(priority_at__gte=F("opens_at"), priority_at__lte=F("closes_at")),
            ),
            models.CheckConstraint(
                name="the_state_of_a_call_is_known", condition=Q(state__in=CallState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def last_moment(self) -> datetime:
        """Until when a late application is silently accepted."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    def takes_applications(self, now: datetime) -> bool:
        """Whether something can be sent in at this moment."""
        return self.state == CallState.OPEN and self.opens_at <= now < self.last_moment
