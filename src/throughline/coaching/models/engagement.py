"""One coach beside one leader or one team."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.coaching.enums import CoachingKind, CoachingState
from throughline.coaching.models.coach import Coach
from throughline.core.refs import PublicRef
from throughline.ledger.models import Entitlement
from throughline.people.models import Network, Person, Scope
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import Team


class CoachingEngagementQuerySet(models.QuerySet["CoachingEngagement"]):
    """Coaching engagements."""

    def visible_to(self, person: Person) -> Self:
        """Return those in which she coaches or is coached, herself or in a team, or that she staffs.

        Staff see who coaches whom, how often and how long. Notes have tiers of their own.
        """
        return (
            self.filter(network_id=person.network_id)
            .filter(
                Q(coach__person__in=person.ids)
                | Q(coachee__in=person.ids)
                | Q(team__scope__in=person.scopes())
                | Q(scope__in=person.staffed_scopes())
            )
            .exclude(scope__in=person.excluded_scopes())
        )

    def staffed_by(self, person: Person) -> Self:
        """Return coaching that this person administers."""
        return self.filter(network_id=person.network_id, scope__in=person.staffed_scopes())

    def coached_by(self, person: Person) -> Self:
        """Return engagements in which this person is the coach."""
        return self.filter(network_id=person.network_id, coach__person__in=person.ids)

    def active(self) -> Self:
        return self.filter(state=CoachingState.ACTIVE)


class CoachingEngagement(models.Model):
    """A coach and whom she coaches, from one day to another.

    ``key`` is the kind's key in the blueprint; ``scope`` is a group of its own, so that what is
    written in it lives nowhere else.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="coaching")
    engagement = models.ForeignKey(
        DistrictEngagement, on_delete=models.PROTECT, related_name="coaching"
    )
    kind = models.CharField(max_length=20, choices=CoachingKind, default=CoachingKind.COACH)
    key = models.SlugField(max_length=60)
    coach = models.ForeignKey(Coach, on_delete=models.PROTECT, related_name="engagements")
    coachee = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="coached_in"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="coached_in"
    )
    entitlement = models.ForeignKey(
        Entitlement, on_delete=models.PROTECT, null=True, blank=True, related_name="coaching"
    )
    state = models.CharField(max_length=20, choices=CoachingState, default=CoachingState.ACTIVE)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    objects = CoachingEngagementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coaching_is_for_a_person_or_a_team",
                condition=Q(coachee__isnull=True, team__isnull=False)
                | Q(coachee__isnull=False, team__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["engagement", "key", "coachee"],
                condition=Q(state="active", coachee__isnull=False),
                name="a_person_has_one_coach_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["engagement", "key", "team"],
                condition=Q(state="active", team__isnull=False),
                name="a_team_has_one_coach_of_a_kind",
            ),
            models.CheckConstraint(
                name="active_coaching_has_begun",
                condition=~Q(state__in=["active", "ended"]) | Q(from_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_coaching_state_is_known", condition=Q(state__in=CoachingState.values)
            ),
        ]
        indexes = [models.Index(fields=["coach", "state"], name="coaching_of_a_coach")]

    @property
    def with_whom(self) -> str:
        """Name of the person or team who is coached."""
        return str(self.coachee or self.team)
