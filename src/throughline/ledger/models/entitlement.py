"""What one holder has of a promise."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.ledger.models.promise import Promise
from throughline.people.models import Network, Person, Scope
from throughline.programs.models import DistrictEngagement
from throughline.programs.models.cohort import lies_above


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    """Entitlements."""

    def visible_to(self, person: Person) -> Self:
        """Return her own, those of districts and teams she is in, and those she staffs."""
        return self.filter(network_id=person.network_id).filter(
            Q(holder_person__in=person.ids)
            | Q(lies_above(person.scopes(), "holder_scope"))
            | Q(engagement__scope__in=person.scopes())
            | Q(engagement__scope__in=person.staffed_scopes())
            | Q(holder_scope__in=person.staffed_scopes())
        )

    def staffed_by(self, person: Person) -> Self:
        """Return entitlements that this person administers for the host."""
        return self.filter(network_id=person.network_id).filter(
            Q(engagement__scope__in=person.staffed_scopes())
            | Q(holder_scope__in=person.staffed_scopes())
            | Q(promise__cohort__scope__in=person.staffed_scopes())
        )


class Entitlement(models.Model):
    """What a person, or everyone of a scope, has of a promise for a period.

    ``engagement`` is the district through which it is held. ``revision`` is the lock: whoever
    books bumps it, and whoever read an older one reads again.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="entitlements")
    engagement = models.ForeignKey(
        DistrictEngagement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entitlements",
    )
    holder_scope = models.ForeignKey(
        Scope, on_delete=models.PROTECT, null=True, blank=True, related_name="entitlements"
    )
    holder_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="entitlements"
    )
    valid_from = models.DateField()
    valid_to = models.DateField()
    revision = models.PositiveIntegerField(default=0)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_entitlement_has_one_holder",
                condition=Q(holder_scope__isnull=True, holder_person__isnull=False)
                | Q(holder_scope__isnull=False, holder_person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["promise", "holder_scope", "valid_from"],
                condition=Q(holder_scope__isnull=False),
                name="a_scope_holds_a_promise_once_a_period",
            ),
            models.UniqueConstraint(
                fields=["promise", "holder_person", "valid_from"],
                condition=Q(holder_person__isnull=False),
                name="a_person_holds_a_promise_once_a_period",
            ),
            models.CheckConstraint(
                name="an_entitlement_ends_after_it_starts",
                condition=Q(valid_to__gte=F("valid_from")),
            ),
        ]


class Alert(models.Model):
    """A holder has used or booked a share of what was promised. Reached through its entitlement.

    It asks staff for a look until one of them notes it, or until less is used again.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.CASCADE, related_name="alerts")
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement", "percent"], name="an_alert_is_raised_once_per_percent"
            ),
            models.CheckConstraint(
                name="a_noted_alert_says_when_and_by_whom",
                condition=Q(noted_at__isnull=True, noted_by__isnull=True)
                | Q(noted_at__isnull=False, noted_by__isnull=False),
            ),
        ]
