"""What one audience has seen of a population, and what it will ever see."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.people.models import Network
from throughline.releases.enums import (
    DEFAULT_THRESHOLD,
    HIGHEST_THRESHOLD,
    LEAST,
    Audience,
    PlanState,
)
from throughline.releases.models.cells import BaseCells
from throughline.releases.models.population import Population


class ReleaseBook(models.Model):
    """Everything that one audience has seen of one population, under one policy.

    Its ``revision`` is the lock: plans and releases are numbered under it.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="books")
    audience = models.CharField(max_length=20, choices=Audience)
    policy = models.CharField(max_length=40)
    policy_sha256 = models.CharField(max_length=64)
    threshold = models.PositiveSmallIntegerField(default=DEFAULT_THRESHOLD)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["population", "audience"], name="one_book_per_population_and_audience"
            ),
            models.CheckConstraint(
                name="a_book_hides_fewer_than_five_to_thirty",
                condition=Q(threshold__gte=LEAST, threshold__lte=HIGHEST_THRESHOLD),
            ),
            models.CheckConstraint(
                name="audience_of_a_book_is_known", condition=Q(audience__in=Audience.values)
            ),
        ]


class ReleasePlan(models.Model):
    """All tables that these cells will ever show to this audience, decided together."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cells = models.ForeignKey(BaseCells, on_delete=models.PROTECT, related_name="plans")
    book = models.ForeignKey(ReleaseBook, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    extends = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="extended_by"
    )
    tables = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=PlanState)
    hidden = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)
    cpu_seconds = models.FloatField(default=0.0)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cells", "book", "number"],
                name="a_plan_number_is_used_once_per_cells_and_book",
            ),
            models.CheckConstraint(
                name="a_decided_plan_says_when",
                condition=~Q(state=PlanState.DECIDED) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="state_of_a_plan_is_known", condition=Q(state__in=PlanState.values)
            ),
        ]
