"""Two records of one human, brought together by a decision that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.people.enums import STAFF_ROLES
from throughline.people.models.network import Network

if TYPE_CHECKING:
    from throughline.people.models.person import Person

REASON_MAX = 300


class PersonMergeQuerySet(models.QuerySet["PersonMerge"]):
    """Decisions that two records are one human."""

    def live(self) -> Self:
        return self.filter(undone_at=None)

    def visible_to(self, person: Person) -> Self:
        """Return those of her network, for its staff; none of somebody in a scope closed to her."""
        if not person.staffed_scopes(*STAFF_ROLES).filter(parent=None).exists():
            return self.none()
        closed = person.excluded_scopes()
        return (
            self.filter(network_id=person.network_id)
            .exclude(kept__roles__scope__in=closed)
            .exclude(absorbed__roles__scope__in=closed)
        )


class PersonMerge(models.Model):
    """A decision that two records are one human. It moves no row: the absorbed one points to the kept.

    ``joined_at`` is when the kept record began to have what the other may do: at once where the
    other signs in nowhere, else when its owner proved that both are hers. ``confirmed_at`` is when
    she said so herself: from then on private texts of both are hers. ``flagged`` are records that
    became a minor's by it, ``moved`` the addresses that followed, ``took`` what higher apps took
    away because of it; undoing gives all of it back.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    kept = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="merges_absorbed"
    )
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="merges_decided")
    reason = models.CharField(max_length=REASON_MAX)
    merged_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="merges_undone"
    )
    undone_because = models.CharField(max_length=REASON_MAX, blank=True)
    flagged = models.JSONField(default=list)
    moved = models.JSONField(default=list)
    took = models.JSONField(default=list)

    objects = PersonMergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_merge_joins_two", condition=~Q(kept=F("absorbed"))),
            models.CheckConstraint(name="a_merge_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="what_is_confirmed_is_joined",
                condition=Q(confirmed_at__isnull=True) | Q(joined_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_undone_merge_says_who_and_why",
                condition=Q(undone_at__isnull=True)
                | (Q(undone_by__isnull=False) & ~Q(undone_because="")),
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="a_record_is_absorbed_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"
