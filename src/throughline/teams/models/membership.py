"""Who sits in a team."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network, Person, PersonAlias, RoleAssignment
from throughline.teams.enums import (
    JOINED_STATES,
    LIVE_MEMBER_STATES,
    MemberKind,
    MemberState,
)
from throughline.teams.models.team import Team

_LIVE = sorted(LIVE_MEMBER_STATES)


class MembershipQuerySet(models.QuerySet["TeamMembership"]):
    """Places in teams."""

    def visible_to(self, person: Person) -> Self:
        """Return her own, those addressed to her, and those of teams that she sees."""
        return self.filter(network_id=person.network_id).filter(
            Q(person__in=person.ids)
            | Q(pk__in=self.model.objects.addressed_to(person).values("pk"))
            | Q(team__in=Team.objects.visible_to(person))
        )

    def addressed_to(self, person: Person) -> Self:
        """Return memberships whose address leads to this person: she proved that it is hers."""
        addresses = PersonAlias.objects.filter(
            person__in=person.ids, kind="email", verified_at__isnull=False
        ).values("value")
        return self.filter(network_id=person.network_id, email__in=addresses).exclude(email="")

    def asked(self, person: Person) -> Self:
        """Return memberships that are hers or were offered to her address."""
        return self.filter(network_id=person.network_id).filter(
            Q(person__in=person.ids)
            | Q(pk__in=self.model.objects.addressed_to(person).values("pk"))
        )

    def live(self) -> Self:
        return self.filter(state__in=LIVE_MEMBER_STATES)

    def joined(self) -> Self:
        """Return members who said yes and have not left."""
        return self.filter(state__in=JOINED_STATES)


class TeamMembership(models.Model):
    """A place in a team: a name until she says yes, a person with a role from then on."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    full_name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    title = models.CharField(max_length=200, blank=True)
    is_cabinet = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    role_key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=MemberKind)
    state = models.CharField(max_length=20, choices=MemberState, default=MemberState.NAMED)
    counts_to_size = models.BooleanField(default=True)
    assignment = models.OneToOneField(
        RoleAssignment, on_delete=models.PROTECT, null=True, blank=True, related_name="membership"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "position"],
                condition=Q(state__in=_LIVE),
                name="a_position_is_used_once_while_live",
            ),
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(state__in=_LIVE, person__isnull=False),
                name="a_person_sits_in_a_team_once",
            ),
            models.UniqueConstraint(
                fields=["team", "email"],
                condition=Q(state__in=_LIVE) & ~Q(email=""),
                name="an_address_is_named_in_a_team_once",
            ),
            models.CheckConstraint(
                name="an_active_member_is_a_person_with_a_role",
                condition=~Q(state="active") | Q(person__isnull=False, assignment__isnull=False),
            ),
            models.CheckConstraint(
                name="an_accepted_membership_says_when",
                condition=~Q(state__in=["accepted", "active"]) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_replaces_themselves",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("pk")),
            ),
            models.CheckConstraint(
                name="a_membership_state_is_known", condition=Q(state__in=MemberState.values)
            ),
            models.CheckConstraint(name="a_member_has_a_name", condition=~Q(full_name="")),
        ]
        indexes = [
            models.Index(fields=["team", "state"], name="members_of_a_team"),
            models.Index(fields=["person", "state"], name="teams_of_a_person"),
            models.Index(fields=["network", "email"], name="members_by_address"),
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def has_joined(self) -> bool:
        return self.state in JOINED_STATES


class TeamInvitation(models.Model):
    """A question to one future member, open until a day. Reached through its membership.

    It carries no code: whoever signs in with a code sent to the named address has proved that
    the invitation is hers.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    membership = models.ForeignKey(
        TeamMembership, on_delete=models.CASCADE, related_name="invitations"
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(answered_at__isnull=True),
                name="a_member_is_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                name="an_invitation_expires_after_it_is_sent",
                condition=Q(expires_at__gt=F("sent_at")),
            ),
        ]
