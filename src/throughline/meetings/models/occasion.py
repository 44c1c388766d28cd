"""A stretch of time with people, and who is invited to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q

from throughline.core.refs import PublicRef
from throughline.ledger.models import Entry
from throughline.meetings.enums import OccasionKind, OccasionState, Part
from throughline.meetings.models.series import MeetingSeries
from throughline.people.enums import Role, Verb
from throughline.people.models import Network, Person, Scope


def moment_of(day: date, starts_local: time, zone: str) -> datetime:
    """Return the instant (UTC) at which clocks in ``zone`` show this day and time.

    An hour that a change of clocks skips is read with the offset before the change; one that
    comes twice means its first time.
    """
    return datetime.combine(day, starts_local, tzinfo=ZoneInfo(zone)).astimezone(UTC)


class OccasionQuerySet(models.QuerySet["Occasion"]):
    """Occasions."""

    def visible_to(self, person: Person) -> Self:
        """Return occasions of scopes she is in or staffs, and those she is invited to.

        Who leads a district, or keeps its rosters, sees when its teams meet. Who answers for
        somebody sees what that person is invited to. Nothing of a scope that is closed to her.
        """
        return (
            self.filter(network_id=person.network_id)
            .filter(
                Q(scope__in=person.joined_scopes())
                | Q(scope__in=person.staffed_scopes())
                | Q(scope__in=person.delegated_scopes(Verb.REPLY))
                | _of_teams(scopes_of_led_teams(person))
                | _of_teams(person.delegated_scopes(Verb.EDIT_ROSTER))
                | Q(_invited(set(person.ids) | _principals(person)))
            )
            .exclude(scope__in=person.excluded_scopes())
        )

    def concerning(self, person: Person) -> Self:
        """Return occasions to which she, a scope she is in, or a team of her district is invited."""
        by_scope = Invitation.objects.filter(
            occasion=OuterRef("pk"), scope__in=person.joined_scopes()
        )
        return (
            self.filter(network_id=person.network_id)
            .filter(
                Q(_invited(set(person.ids)))
                | Q(Exists(by_scope))
                | _of_teams(scopes_of_led_teams(person))
            )
            .exclude(scope__in=person.excluded_scopes())
        )

    def upcoming(self, now: datetime) -> Self:
        """Return planned occasions that have not begun."""
        return self.filter(state=OccasionState.PLANNED, starts_at__gt=now)


def _invited(people: set[int]) -> Exists:
    return Exists(Invitation.objects.filter(occasion=OuterRef("pk"), person__in=people))


def _of_teams(scopes: models.QuerySet[Scope]) -> Q:
    return Q(kind=OccasionKind.TEAM_MEETING, scope__in=scopes)


def scopes_of_led_teams(person: Person) -> models.QuerySet[Scope]:
    """Return the scopes of the teams of the district that she leads."""
    led = [person.scopes_as(role).values("pk") for role in (Role.FELLOW, Role.TEAM_LEAD)]
    of_district = Q(team__engagement__scope__in=led[0]) | Q(team__engagement__scope__in=led[1])
    return Scope.objects.filter(of_district, network_id=person.network_id)


def _principals(person: Person) -> set[int]:
    return {grant.principal_id for grant in person.live_delegations if Verb.REPLY in grant.may}


class Occasion(models.Model):
    """A half-day, a team meeting, a coaching session: moved, attended and counted by one rule.

    The truth is local: ``day``, ``starts_local`` and ``zone``. ``starts_at`` follows from them and
    is kept for sorting. A move keeps the row and raises ``sequence``. ``occurrence`` is the month
    of a series whose turn it is (202611), wherever it is moved.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="occasions")
    kind = models.CharField(max_length=20, choices=OccasionKind)
    series = models.ForeignKey(
        MeetingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="occasions"
    )
    occurrence = models.PositiveIntegerField(null=True, blank=True)
    day = models.DateField()
    starts_local = models.TimeField()
    zone = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place_words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=OccasionState, default=OccasionState.PLANNED)
    because = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    decision_maker_present = models.BooleanField(null=True, blank=True)
    scheduled_entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="scheduled_occasion"
    )
    delivered_entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="delivered_occasion"
    )

    objects = OccasionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_occasion_has_length", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="an_occasion_kind_is_known", condition=Q(kind__in=OccasionKind.values)
            ),
            models.CheckConstraint(
                name="an_occasion_state_is_known", condition=Q(state__in=OccasionState.values)
            ),
            models.CheckConstraint(
                name="a_skipped_occasion_says_why", condition=~Q(state="skipped") | ~Q(because="")
            ),
            models.CheckConstraint(
                name="only_what_was_held_is_delivered",
                condition=Q(delivered_entry__isnull=True) | Q(state="held"),
            ),
            models.UniqueConstraint(
                fields=["series", "occurrence"],
                condition=Q(series__isnull=False),
                name="one_occasion_per_turn_of_a_series",
            ),
            models.CheckConstraint(
                name="a_turn_belongs_to_a_series",
                condition=Q(series__isnull=True, occurrence__isnull=True)
                | Q(series__isnull=False, occurrence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "starts_at"], name="occasions_of_a_network"),
            models.Index(fields=["scope", "starts_at"], name="occasions_of_a_scope"),
        ]
        ordering = ["starts_at", "pk"]

    @property
    def ends_at(self) -> datetime:
        """The instant at which it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def state_label(self) -> OccasionState:
        """Its state as an enum, for a tag."""
        return OccasionState(self.state)

    @property
    def ends_local(self) -> time:
        """What clocks in its zone show at its end."""
        return self.ends_at.astimezone(ZoneInfo(self.zone)).time()


class Invitation(models.Model):
    """A person, or everyone of a scope, is invited. Reached through its occasion."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    scope = models.ForeignKey(
        Scope, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    part = models.CharField(max_length=20, choices=Part, default=Part.WANTED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_invitation_is_for_a_person_or_a_scope",
                condition=Q(person__isnull=True, scope__isnull=False)
                | Q(person__isnull=False, scope__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["occasion", "person"],
                condition=Q(person__isnull=False),
                name="a_person_is_invited_once",
            ),
            models.UniqueConstraint(
                fields=["occasion", "scope"],
                condition=Q(scope__isnull=False),
                name="a_scope_is_invited_once",
            ),
            models.CheckConstraint(
                name="an_invitation_part_is_known", condition=Q(part__in=Part.values)
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="invitations_of_a_person"),
            models.Index(fields=["scope"], name="invitations_of_a_scope"),
        ]
