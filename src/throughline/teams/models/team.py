"""A team of a district, and rules that do not hold for it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.people.enums import Verb
from throughline.people.models import Network, Person, Scope
from throughline.programs.models import DistrictEngagement
from throughline.teams.enums import LIVE_TEAM_STATES, TeamState


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams."""

    def visible_to(self, person: Person) -> Self:
        """Return teams she is in, leads, edits for a leader, or staffs."""
        return self.filter(network_id=person.network_id).filter(
            Q(scope__in=person.scopes())
            | Q(engagement__scope__in=person.scopes())
            | Q(scope__in=person.staffed_scopes())
            | Q(scope__in=person.delegated_scopes(Verb.EDIT_ROSTER))
        )

    def live(self) -> Self:
        return self.filter(state__in=LIVE_TEAM_STATES)


class Team(models.Model):
    """A team of a district in a cohort, from the roster of an application to the end."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="team")
    engagement = models.ForeignKey(
        DistrictEngagement, on_delete=models.PROTECT, related_name="teams"
    )
    ring = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=TeamState, default=TeamState.PROPOSED)
    is_existing = models.BooleanField(default=False)
    prior_mandate = models.TextField(blank=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "ring"],
                condition=Q(state__in=["proposed", "forming", "active"]),
                name="one_team_of_a_ring_per_district_while_live",
            ),
            models.CheckConstraint(
                name="a_team_state_is_known", condition=Q(state__in=TeamState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamWaiver(models.Model):
    """A rule that does not hold for one team, by whose word and why. Reached through its team."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="waivers")
    rule = models.SlugField(max_length=60)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "rule"], name="a_rule_is_waived_once"),
            models.CheckConstraint(name="a_team_waiver_has_a_reason", condition=~Q(reason="")),
        ]
