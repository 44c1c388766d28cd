"""A line of the blueprint, promised to one cohort."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.ledger.enums import Overrun, Per, Unit
from throughline.people.models import Network, Person
from throughline.programs.models import Cohort


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Promises."""

    def visible_to(self, person: Person) -> Self:
        """Return promises of cohorts that she is in or staffs."""
        seen = Cohort.objects.joined_by(person) | Cohort.objects.staffed_by(person)
        return self.filter(network_id=person.network_id, cohort__in=seen.values("pk"))


class Promise(models.Model):
    """What a cohort's blueprint promises; without a quantity it is given on request."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="promises")
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    unit = models.CharField(max_length=20, choices=Unit)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    per = models.CharField(max_length=20, choices=Per)
    role = models.SlugField(max_length=60, blank=True)
    is_cap = models.BooleanField(default=False)
    period = models.CharField(max_length=20, default="program")
    draws = models.JSONField(default=list)
    carry = models.CharField(max_length=60, default="none")
    overrun = models.CharField(max_length=20, choices=Overrun, default=Overrun.ASK)
    alert_at = models.JSONField(default=list)
    expires_on = models.DateField(null=True, blank=True)
    source_clause = models.CharField(max_length=500, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "key"], name="a_promise_is_made_once_per_cohort"
            ),
            models.CheckConstraint(
                name="a_promise_unit_is_known", condition=Q(unit__in=Unit.values)
            ),
            models.CheckConstraint(
                name="a_promise_with_a_number_promises_something",
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0),
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_on_request(self) -> bool:
        """Whether deliveries are counted without a balance."""
        return self.quantity is None
