"""Organizations as a network knows them, and who works there."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.people.enums import OrganizationKind
from throughline.people.models.network import Network
from throughline.people.models.person import Person
from throughline.people.models.place import Place


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Organizations."""

    def visible_to(self, person: Person) -> Self:
        """Return those of her network: which organizations it works with is no secret inside it."""
        return self.filter(network_id=person.network_id)


class Organization(models.Model):
    """A host, district office, partner, funder or vendor."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20, choices=OrganizationKind)
    name = models.CharField(max_length=200)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True)
    site = models.URLField(blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "place"],
                condition=Q(place__isnull=False),
                name="one_organization_per_place_and_network",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person works, or worked, at an organization."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="affiliations"
    )
    title = models.CharField(max_length=200, blank=True)
    title_key = models.CharField(max_length=60, blank=True)
    is_cabinet = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_affiliation_ends_after_it_starts",
                condition=Q(to_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "to_on"], name="affiliations_at_a_place"),
            models.Index(fields=["person", "to_on"], name="affiliations_of_a_person"),
        ]
