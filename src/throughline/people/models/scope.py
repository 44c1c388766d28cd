"""The tree in which roles are held and texts live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Q

from throughline.people.enums import ScopeKind
from throughline.people.models.network import Network

if TYPE_CHECKING:
    from throughline.people.models.person import Person


class ScopeQuerySet(models.QuerySet["Scope"]):
    """Scopes, and how to grow the tree."""

    def visible_to(self, person: Person) -> Self:
        """Return scopes this person is in or staffs, minus those closed to her."""
        return self.filter(network_id=person.network_id).filter(
            Q(pk__in=person.scopes()) | Q(pk__in=person.staffed_scopes())
        )

    def at_or_below(self, scopes: models.QuerySet[Scope]) -> Self:
        return self.filter(paths_up__ancestor__in=scopes)

    @transaction.atomic
    def root(self, network: Network) -> Scope:
        """Create the scope of the network itself, with its path."""
        scope: Scope = self.create(network=network, kind=ScopeKind.NETWORK, label=network.name)
        ScopePath.objects.create(ancestor=scope, descendant=scope, depth=0)
        return scope

    @transaction.atomic
    def below(self, parent: Scope, *, kind: str, label: str) -> Scope:
        """Create a child of ``parent``, with one path to each scope above it."""
        scope: Scope = self.create(
            network_id=parent.network_id, kind=kind, parent=parent, label=label
        )
        above = ScopePath.objects.filter(descendant=parent)
        ScopePath.objects.bulk_create(
            [ScopePath(ancestor=scope, descendant=scope, depth=0)]
            + [
                ScopePath(ancestor_id=path.ancestor_id, descendant=scope, depth=path.depth + 1)
                for path in above
            ]
        )
        return scope


class Scope(models.Model):
    """Where roles are held and texts live: network, program, cohort, engagement, team or group."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="scopes")
    kind = models.CharField(max_length=20, choices=ScopeKind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    label = models.CharField(max_length=200)

    objects = ScopeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_a_network_has_no_parent",
                condition=Q(kind="network", parent__isnull=True)
                | (~Q(kind="network") & Q(parent__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["network"], condition=Q(kind="network"), name="one_root_per_network"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ScopePath(models.Model):
    """One step of the tree's closure: ``descendant`` lies at or below ``ancestor``."""

    ancestor = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="paths_down")
    descendant = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="paths_up")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor", "descendant"], name="a_path_is_stored_once"
            ),
        ]
        indexes = [models.Index(fields=["descendant", "ancestor"], name="paths_upwards")]
