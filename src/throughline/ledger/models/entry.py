"""What happened to an entitlement. Only added to."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.ledger.enums import EntryKind
from throughline.ledger.models.entitlement import Entitlement
from throughline.people.models import Network, Person


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries."""

    def visible_to(self, person: Person) -> Self:
        """Return entries of entitlements that she sees."""
        return self.filter(
            network_id=person.network_id, entitlement__in=Entitlement.objects.visible_to(person)
        )

    def standing(self) -> Self:
        """Return entries that count: neither reversed nor themselves a reversal."""
        return self.filter(reversal__isnull=True).exclude(kind=EntryKind.REVERSED)


class Entry(models.Model):
    """A grant, booking, delivery or correction. A mistake is reversed, never changed.

    ``source`` names the cause in the app that booked it; it makes booking twice harmless.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20, choices=EntryKind)
    quantity = models.PositiveIntegerField()
    happened_on = models.DateField()
    source = models.CharField(max_length=120)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    overrun_reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="entries_booked"
    )
    on_behalf_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    append_only = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind"], name="a_source_is_booked_once_per_kind"
            ),
            models.CheckConstraint(name="an_entry_moves_something", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="only_a_reversal_reverses",
                condition=Q(kind="reversed", reverses__isnull=False)
                | (~Q(kind="reversed") & Q(reverses__isnull=True)),
            ),
            models.CheckConstraint(
                name="an_entry_kind_is_known", condition=Q(kind__in=EntryKind.values)
            ),
        ]
        indexes = [models.Index(fields=["entitlement", "kind"], name="entries_of_an_entitlement")]
        ordering = ["pk"]
