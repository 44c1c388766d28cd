"""What somebody gets beyond what was promised."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.ledger.enums import AddOnState
from throughline.ledger.models.entitlement import Entitlement
from throughline.ledger.models.entry import Entry
from throughline.people.models import Network, Person


class AddOnQuerySet(models.QuerySet["AddOn"]):
    """Add-ons."""

    def visible_to(self, person: Person) -> Self:
        """Return add-ons of entitlements that she sees."""
        return self.filter(
            network_id=person.network_id, entitlement__in=Entitlement.objects.visible_to(person)
        )

    def staffed_by(self, person: Person) -> Self:
        """Return add-ons of entitlements that she staffs."""
        return self.filter(
            network_id=person.network_id, entitlement__in=Entitlement.objects.staffed_by(person)
        )


class AddOn(models.Model):
    """More of an entitlement: asked for and answered, or granted by staff at once.

    ``clause`` names the agreement it rests on. The entry that grants it counts in the balance.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="add_ons")
    quantity = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    clause = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=AddOnState, default=AddOnState.ASKED)
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="add_on"
    )

    objects = AddOnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_add_on_adds_something", condition=Q(quantity__gt=0) & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="an_add_on_state_is_known", condition=Q(state__in=AddOnState.values)
            ),
            models.CheckConstraint(
                name="an_answered_add_on_says_when",
                condition=Q(state="asked") | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_granted_add_on_has_its_entry",
                condition=Q(state="granted", entry__isnull=False)
                | (~Q(state="granted") & Q(entry__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=Q(state="asked"),
                name="more_of_an_entitlement_is_asked_for_once",
            ),
        ]
        ordering = ["asked_at", "pk"]
