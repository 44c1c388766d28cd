"""Who does what by when."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from throughline.core.refs import PublicRef
from throughline.meetings.enums import CommitmentState, OccasionKind
from throughline.meetings.models.occasion import Invitation, Occasion, scopes_of_led_teams
from throughline.people.models import Network, Person, Scope


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments."""

    def visible_to(self, person: Person) -> Self:
        """Return her own, those of scopes she is in or staffs and of occasions she is invited to.

        Who leads a district sees what its teams agreed. What two people agreed in coaching stays
        between them: staff see none of it.
        """
        invited = Invitation.objects.filter(occasion=OuterRef("occasion"), person__in=person.ids)
        in_coaching = Q(occasion__isnull=False, occasion__kind=OccasionKind.COACHING)
        return (
            self.filter(network_id=person.network_id)
            .filter(
                Q(owner__in=person.ids)
                | Q(scope__in=person.joined_scopes())
                | Q(Exists(invited))
                | (Q(scope__in=scopes_of_led_teams(person)) & ~in_coaching)
                | (Q(scope__in=person.staffed_scopes()) & ~in_coaching)
            )
            .exclude(~Q(owner__in=person.ids) & Q(scope__in=person.excluded_scopes()))
        )

    def open(self) -> Self:
        return self.filter(state=CommitmentState.OPEN)


class Commitment(models.Model):
    """A promise of work, made at an occasion or without one."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="commitments")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="commitments")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=CommitmentState, default=CommitmentState.OPEN)
    occasion = models.ForeignKey(
        Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_closed_commitment_says_when",
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_commitment_state_is_known", condition=Q(state__in=CommitmentState.values)
            ),
            models.CheckConstraint(name="a_commitment_says_what", condition=~Q(words="")),
        ]
        indexes = [
            models.Index(fields=["scope", "state", "due_on"], name="commitments_of_a_scope"),
            models.Index(fields=["owner", "state", "due_on"], name="commitments_of_an_owner"),
        ]
        ordering = ["due_on", "pk"]
