"""One year of a data set, frozen."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.evidence.enums import SnapshotState
from throughline.evidence.models.data_set import DataSet
from throughline.people.models import Network, Person, Place
from throughline.releases.models import BaseCells


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots."""

    def visible_to(self, person: Person) -> Self:
        """Return those of data sets that she may see."""
        return self.filter(
            network_id=person.network_id, data_set__in=DataSet.objects.visible_to(person)
        )

    def frozen(self) -> Self:
        return self.filter(state=SnapshotState.FROZEN)


class Snapshot(models.Model):
    """A file as it was on the day it was retrieved. Nothing computed from it ever changes."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="snapshots")
    sha256 = models.CharField(max_length=64)
    school_year = models.PositiveSmallIntegerField()
    rows = models.PositiveIntegerField()
    retrieved_on = models.DateField()
    state = models.CharField(max_length=12, choices=SnapshotState)
    cells = models.OneToOneField(
        BaseCells, on_delete=models.PROTECT, null=True, related_name="snapshot"
    )
    frozen_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["data_set", "school_year", "sha256"], name="a_file_is_frozen_once"
            ),
            models.CheckConstraint(
                name="a_frozen_snapshot_says_when_and_has_cells",
                condition=~Q(state=SnapshotState.FROZEN)
                | Q(frozen_at__isnull=False, cells__isnull=False),
            ),
            models.CheckConstraint(
                name="state_of_a_snapshot_is_known", condition=Q(state__in=SnapshotState.values)
            ),
        ]
        indexes = [models.Index(fields=["data_set", "school_year"], name="snapshots_by_year")]


class SnapshotPlace(models.Model):
    """A place that a snapshot speaks about, and how much of it. Reached through its snapshot."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    coverage = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "place"], name="a_snapshot_names_a_place_once"
            ),
        ]
