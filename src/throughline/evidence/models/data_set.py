"""A table that comes again every year."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.evidence.enums import Grain
from throughline.people.models import Network, Person, Place, Scope
from throughline.releases.models import Population


class DataSetQuerySet(models.QuerySet["DataSet"]):
    """Data sets."""

    def visible_to(self, person: Person) -> Self:
        """Return those of her network that hold published figures, and others of scopes she is in."""
        return self.filter(network_id=person.network_id).filter(
            Q(grain=Grain.PUBLIC)
            | Q(scope__in=person.scopes())
            | Q(scope__in=person.staffed_scopes())
        )


class DataSet(models.Model):
    """A table of one source about one population; each year of it is a snapshot."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT)
    population = models.OneToOneField(Population, on_delete=models.PROTECT, related_name="data_set")
    title = models.CharField(max_length=200)
    grain = models.CharField(max_length=10, choices=Grain)
    measure = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    license = models.CharField(max_length=200)
    owner_place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True)

    objects = DataSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "owner_place", "measure"],
                condition=Q(grain=Grain.PUBLIC),
                name="one_public_data_set_per_place_and_measure",
            ),
            models.CheckConstraint(
                name="student_rows_need_an_agreement", condition=~Q(grain=Grain.STUDENT)
            ),
            models.CheckConstraint(
                name="grain_of_a_data_set_is_known", condition=Q(grain__in=Grain.values)
            ),
        ]
