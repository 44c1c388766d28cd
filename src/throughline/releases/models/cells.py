"""The frozen counts of one snapshot, wave or round."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network
from throughline.releases.enums import Kind
from throughline.releases.models.population import Population


class BaseCells(models.Model):
    """The finest cells of one period. Reached through a release; no page lists them.

    ``sha256`` is of the file or canonical rows they were made from. ``period`` is a school year by
    the year it ends in, or a day.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="cells")
    period = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind)
    collection = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64)
    dimensions = models.JSONField(default=list)
    measures = models.JSONField(default=list)
    cells = models.PositiveIntegerField()
    engine = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)
    table = models.CharField(max_length=200, blank=True)
    retrieved_on = models.DateField(null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    frozen_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["population", "period", "sha256"], name="cells_are_kept_once"
            ),
            models.CheckConstraint(
                name="counted_cells_have_a_collection_until_destroyed",
                condition=~Q(kind=Kind.COUNTED)
                | Q(collection__isnull=False)
                | Q(destroyed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="published_cells_name_source_table_and_day",
                condition=~Q(kind=Kind.PUBLISHED)
                | (~Q(source="") & ~Q(table="") & Q(retrieved_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="kind_of_cells_is_known", condition=Q(kind__in=Kind.values)
            ),
        ]
        indexes = [models.Index(fields=["population", "period"], name="cells_by_period")]
