"""Dates with seats."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.convenings import naming
from throughline.convenings.enums import SHOWN_STATES, EventKind, EventState, Mode
from throughline.core.refs import PublicRef
from throughline.core.told import Told
from throughline.people.models import Network, Person, Scope
from throughline.programs.models.cohort import lies_above
from throughline.programs.spoken import Make, told


class EventQuerySet(models.QuerySet["Event"]):
    """Events."""

    def visible_to(self, person: Person) -> Self:
        """Return events that she staffs, and those that were published in a cohort of hers.

        Who acts for somebody of the cohort sees them too.
        """
        inside = Q(lies_above(person.joined_scopes())) | Q(lies_above(person.delegated_scopes()))
        return self.filter(network_id=person.network_id).filter(
            Q(scope__in=person.staffed_scopes()) | (inside & Q(state__in=SHOWN_STATES))
        )

    def staffed_by(self, person: Person) -> Self:
        """Return events that this person administers."""
        return self.filter(network_id=person.network_id, scope__in=person.staffed_scopes())

    def told(self) -> Self:
        """Return events with what it takes to name them in the reader's language."""
        version = "scope__cohort__version"
        return self.select_related(version).defer(f"{version}__source", f"{version}__parsed")

    def shown(self) -> Self:
        """Return events that participants know of."""
        return self.filter(state__in=SHOWN_STATES)


class Event(models.Model):
    """One convening of a series: its theme, days and place. ``scope`` is that of its cohort."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind, default=EventKind.CONVENING)
    series_key = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=200, blank=True)
    objectives = models.TextField(blank=True)
    zone = models.CharField(max_length=60)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    half_days = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.IN_PERSON)
    place_words = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    seats_taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=EventState, default=EventState.DRAFT)
    sequence = models.PositiveSmallIntegerField(default=0)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "series_key", "number"], name="one_event_per_number_of_a_series"
            ),
            models.CheckConstraint(
                name="a_published_event_has_days",
                condition=Q(state__in=["draft", "cancelled"])
                | Q(first_day__isnull=False, last_day__isnull=False),
            ),
            models.CheckConstraint(
                name="a_published_event_has_a_place",
                condition=Q(state__in=["draft", "cancelled"])
                | Q(mode="virtual")
                | ~Q(place_words=""),
            ),
            models.CheckConstraint(
                name="an_event_ends_after_it_starts",
                condition=Q(first_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="an_event_is_not_overbooked",
                condition=Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity")),
            ),
            models.CheckConstraint(
                name="an_event_state_is_known", condition=Q(state__in=EventState.values)
            ),
        ]
        indexes = [models.Index(fields=["scope", "first_day"], name="events_of_a_scope")]
        ordering = ["first_day", "number"]

    def __str__(self) -> str:
        return self.theme or self.title

    @property
    def heading(self) -> Told:
        """What it is about, or else its title, in the reader's language."""
        return self._told(self.theme, naming.theme_of) if self.theme else self.called

    @property
    def called(self) -> Told:
        """Its title in the reader's language: "Network convening 3"."""
        return self._told(self.title, naming.title_of)

    @property
    def purpose(self) -> Told:
        """What it is for, in the reader's language."""
        return self._told(self.objectives, naming.objectives_of)

    def _told(self, stored: str, make: Make) -> Told:
        return told(self.scope.cohort.version, stored, make, self.series_key, self.number)
