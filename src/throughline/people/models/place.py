"""Places that exist whether or not anyone works with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.core import lookups  # noqa: F401 - registers __length
from throughline.people.countries import country_name
from throughline.people.enums import PlaceKind

if TYPE_CHECKING:
    from throughline.people.models.person import Person

BY_HOST = "host"
"""Authority of a place that is in no list: somebody of a network named it."""

HOME = "US"
"""The country whose places are named by their state alone."""


class PlaceQuerySet(models.QuerySet["Place"]):
    """Places of lists are public; those that somebody named are known in her network."""

    def visible_to(self, person: Person | None) -> Self:
        """Return places of lists, and those that were named in this person's network."""
        if person is None:
            return self.listed()
        named = self.model.objects.filter(
            authority=BY_HOST, organization__network_id=person.network_id
        )
        return self.filter(~Q(authority=BY_HOST) | Q(pk__in=named.values("pk")))

    def listed(self) -> Self:
        """Return places that an authority has in its list."""
        return self.exclude(authority=BY_HOST)

    def districts(self) -> Self:
        return self.filter(kind=PlaceKind.DISTRICT)


class Place(models.Model):
    """A state, district or school, by the id of the authority that names it. Global.

    ``jurisdiction`` is the code of a US state, or a region of another country in words.
    """

    kind = models.CharField(max_length=20, choices=PlaceKind)
    authority = models.CharField(max_length=20, default="nces")
    code = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, default="US")
    jurisdiction = models.CharField(max_length=100, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "code"], name="a_place_code_is_used_once"
            ),
            models.CheckConstraint(
                name="a_school_lies_in_a_district",
                condition=~Q(kind="school") | Q(parent__isnull=False),
            ),
            models.CheckConstraint(
                name="nces_codes_have_their_length",
                condition=~Q(authority="nces")
                | Q(kind="district", code__length=7)
                | Q(kind="school", code__length=12)
                | Q(kind__in=["state", "country"]),
            ),
        ]
        indexes = [models.Index(fields=["kind", "jurisdiction", "name"], name="places_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_listed(self) -> bool:
        """Whether an authority has it in its list, so that figures of it may be published."""
        return self.authority != BY_HOST

    @property
    def where(self) -> str:
        """Say where it lies: "GA", and beyond the United States "Nairobi County, Kenya"."""
        if self.country == HOME and self.jurisdiction:
            return self.jurisdiction
        country = country_name(self.country)
        if not self.jurisdiction:
            return country
        return _("%(region)s, %(country)s") % {"region": self.jurisdiction, "country": country}


class PlaceYear(models.Model):
    """Facts of a place in one school year (named by the year it ends in), with their source. Global."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="years")
    school_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    locale_code = models.CharField(max_length=4, blank=True)
    enrollment = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=200)
    table = models.CharField(max_length=60)
    retrieved_on = models.DateField()
    source_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "school_year", "table"], name="one_row_per_place_year_and_table"
            ),
        ]
