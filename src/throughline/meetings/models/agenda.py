"""What a team talks about at a meeting, and what it decides there."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.core.refs import PublicRef
from throughline.meetings.enums import DecidedHow
from throughline.meetings.models.occasion import Occasion, scopes_of_led_teams
from throughline.people.models import Network, Person


def _of_own_meetings(person: Person) -> Q:
    """Rows of meetings of scopes that she is in, and of teams of the district that she leads."""
    own = Q(occasion__scope__in=person.joined_scopes()) | Q(
        occasion__scope__in=scopes_of_led_teams(person)
    )
    return Q(network_id=person.network_id) & own & ~Q(occasion__scope__in=person.excluded_scopes())


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Things to talk about."""

    def visible_to(self, person: Person) -> Self:
        """Return those of meetings in which she takes part; staff plan without reading them."""
        return self.filter(_of_own_meetings(person))


class MeetingDecisionQuerySet(models.QuerySet["MeetingDecision"]):
    """What was decided."""

    def visible_to(self, person: Person) -> Self:
        """Return those of meetings in which she takes part; staff plan without reading them."""
        return self.filter(_of_own_meetings(person))


class AgendaItem(models.Model):
    """One thing to talk about. ``author`` is nobody where the program's agenda names it."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "position"], name="a_position_of_an_agenda_is_used_once"
            ),
            models.CheckConstraint(name="an_agenda_item_says_what", condition=~Q(words="")),
        ]
        ordering = ["position"]


class MeetingDecision(models.Model):
    """What was decided, and how. It stays as it was written down."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="decisions")
    words = models.CharField(max_length=500)
    decided_how = models.CharField(max_length=20, choices=DecidedHow)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = MeetingDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_meeting_decision_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="how_it_was_decided_is_known", condition=Q(decided_how__in=DecidedHow.values)
            ),
        ]
        ordering = ["at", "pk"]
