"""The people that figures are about."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network, Person, Place, Scope
from throughline.releases.enums import DEFAULT_THRESHOLD, LEAST, Whom


class PopulationQuerySet(models.QuerySet["Population"]):
    """Populations."""

    def visible_to(self, person: Person) -> Self:
        """Return those of her network: that figures exist is known, their audience decides the rest."""
        return self.filter(network_id=person.network_id)


class Population(models.Model):
    """The people that figures are about, and the fewest of them that a figure may describe."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT)
    whom = models.CharField(max_length=20, choices=Whom)
    title = models.CharField(max_length=200)
    owner_place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True)
    least = models.PositiveSmallIntegerField(default=DEFAULT_THRESHOLD)

    objects = PopulationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_population_is_shown_at_least_five_together", condition=Q(least__gte=LEAST)
            ),
            models.CheckConstraint(
                name="whom_figures_are_about_is_known", condition=Q(whom__in=Whom.values)
            ),
        ]
