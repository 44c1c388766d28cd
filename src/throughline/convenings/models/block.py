"""Half-days of an event, and what is planned in them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.convenings import naming
from throughline.convenings.enums import SessionKind
from throughline.convenings.models.event import Event
from throughline.core.refs import PublicRef
from throughline.core.told import Told
from throughline.meetings.models import Occasion
from throughline.people.models import Network, Person
from throughline.programs.spoken import told


class BlockQuerySet(models.QuerySet["Block"]):
    """Half-days."""

    def visible_to(self, person: Person) -> Self:
        """Return blocks of events that she sees."""
        return self.filter(event__in=Event.objects.visible_to(person))

    def staffed_by(self, person: Person) -> Self:
        """Return blocks of events that this person administers."""
        return self.filter(event__in=Event.objects.staffed_by(person))


class Block(models.Model):
    """A half-day: the unit in which people are there or not. Its time is its occasion's."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="block")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    is_morning = models.BooleanField()
    counts_half_days = models.PositiveSmallIntegerField(default=1)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"], name="a_block_position_is_used_once"
            ),
            models.CheckConstraint(name="a_block_has_a_position", condition=Q(position__gt=0)),
        ]
        ordering = ["event", "position"]


class Session(models.Model):
    """A part of the agenda. Reached through its event."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SessionKind, default=SessionKind.OTHER)
    minutes = models.PositiveSmallIntegerField()
    room = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"], name="a_session_position_is_used_once"
            ),
            models.CheckConstraint(name="a_session_has_length", condition=Q(minutes__gt=0)),
        ]
        ordering = ["event", "position"]

    def called_in(self, event: Event) -> Told:
        """Return its title in the reader's language; ``event`` is its event."""
        version = event.scope.cohort.version
        return told(version, self.title, naming.part_of, event.series_key, self.position)
