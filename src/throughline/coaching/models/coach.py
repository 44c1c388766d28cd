"""Who coaches, and whom she must not."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from throughline.coaching.enums import Belongs
from throughline.core.refs import PublicRef
from throughline.people.enums import STAFF_ROLES
from throughline.people.models import Network, Organization, Person, RoleAssignment


class CoachQuerySet(models.QuerySet["Coach"]):
    """Coaches."""

    def visible_to(self, person: Person) -> Self:
        """Return herself, and to the host's staff every coach of the network."""
        staff = RoleAssignment.objects.live().filter(
            person__in=person.ids, role__in=STAFF_ROLES, network=OuterRef("network")
        )
        return self.filter(network_id=person.network_id).filter(
            Q(person__in=person.ids) | Q(Exists(staff))
        )


class Coach(models.Model):
    """A person who coaches, what she knows and how much she can take."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="coach")
    belongs = models.CharField(max_length=20, choices=Belongs, default=Belongs.CONTRACTED)
    is_former_superintendent = models.BooleanField(default=False)
    topics = models.JSONField(default=list)
    load_cap = models.PositiveSmallIntegerField(default=6)

    objects = CoachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="how_a_coach_belongs_is_known", condition=Q(belongs__in=Belongs.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class CoachTie(models.Model):
    """Somebody, or a district, that this coach must not coach. No fault. Reached through her."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="ties")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ground = models.CharField(max_length=200)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_coach_is_tied_to_one_of_them",
                condition=Q(organization__isnull=True, person__isnull=False)
                | Q(organization__isnull=False, person__isnull=True),
            ),
        ]
