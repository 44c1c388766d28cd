"""What people hold in a scope, hand to assistants, and are kept out of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from throughline.core import clock
from throughline.core.refs import PublicRef
from throughline.people.enums import Ground, Role
from throughline.people.models.network import Network
from throughline.people.models.scope import Scope

if TYPE_CHECKING:
    from throughline.people.models.person import Person


def live_on_the_day() -> Q:
    """Return the condition that a dated row (``from_on``, ``to_on``) is live on the clock's day."""
    today = clock.today()
    return Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gt=today))


class RoleQuerySet(models.QuerySet["RoleAssignment"]):
    """Dated roles."""

    def live(self) -> Self:
        return self.filter(live_on_the_day())

    def visible_to(self, person: Person) -> Self:
        """Return her own roles and those in scopes she is in or staffs."""
        return self.filter(network_id=person.network_id).filter(
            Q(person__in=person.ids)
            | Q(scope__in=person.scopes())
            | Q(scope__in=person.staffed_scopes())
        )


class RoleAssignment(models.Model):
    """A role that a person holds in a scope from one day until another (the last day excluded)."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30, choices=Role)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="roles")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="roles_given"
    )
    ended_reason = models.CharField(max_length=200, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "scope"],
                condition=Q(to_on__isnull=True),
                name="a_role_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_role_ends_after_it_starts",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "role"], name="roles_in_a_scope"),
            models.Index(fields=["person", "to_on"], name="roles_of_a_person"),
        ]


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Who may act for whom."""

    def live(self) -> Self:
        return self.filter(live_on_the_day())

    def visible_to(self, person: Person) -> Self:
        """Return delegations she gave or received."""
        return self.filter(network_id=person.network_id).filter(
            Q(principal__in=person.ids) | Q(delegate__in=person.ids)
        )


class Delegation(models.Model):
    """An assistant may do the listed verbs for a principal in one scope. Never texts or signatures."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    principal = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="delegations_given"
    )
    delegate = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="delegations_held"
    )
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="delegations")
    may = models.JSONField(default=list)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_is_her_own_delegate", condition=~Q(principal=F("delegate"))
            ),
            models.UniqueConstraint(
                fields=["principal", "delegate", "scope"],
                condition=Q(to_on__isnull=True),
                name="a_delegation_is_given_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["delegate", "to_on"], name="delegations_of_a_delegate")]


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    """What is subtracted from roles."""

    def live(self) -> Self:
        now = clock.now()
        return self.filter(Q(from_at__lte=now) & (Q(until_at__isnull=True) | Q(until_at__gt=now)))


class Exclusion(models.Model):
    """A scope, with everything below it, that is closed to a person whatever her roles."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="exclusions")
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="exclusions")
    ground = models.CharField(max_length=20, choices=Ground)
    source = models.CharField(max_length=80)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scope", "source"],
                condition=Q(until_at__isnull=True),
                name="one_live_exclusion_per_person_scope_and_source",
            ),
            models.CheckConstraint(
                name="an_exclusion_ends_after_it_starts",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
        ]
        indexes = [models.Index(fields=["person", "scope"], name="exclusions_of_a_person")]
