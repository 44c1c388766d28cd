"""One person's place at an event, half-day by half-day."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.convenings.enums import Coverage, SeatPart, SeatState
from throughline.convenings.models.block import Block
from throughline.convenings.models.event import Event
from throughline.convenings.models.registration import Registration
from throughline.core.refs import PublicRef
from throughline.ledger.models import Entry
from throughline.people.models import Network, Person


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats."""

    def visible_to(self, person: Person) -> Self:
        """Return her own seats, and those of bookings that she sees."""
        return self.filter(network_id=person.network_id).filter(
            Q(person__in=person.ids) | Q(registration__in=Registration.objects.visible_to(person))
        )

    def told(self) -> Self:
        """Return seats with what it takes to name their events in the reader's language."""
        version = "event__scope__cohort__version"
        return self.select_related(version).defer(f"{version}__source", f"{version}__parsed")


class Seat(models.Model):
    """Who may come, as what, and who pays. Who was there is a mark of the block's occasion."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="places")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="event_seats")
    part = models.CharField(max_length=20, choices=SeatPart, default=SeatPart.PARTICIPANT)
    coverage = models.CharField(max_length=20, choices=Coverage, default=Coverage.DISTRICT)
    state = models.CharField(max_length=20, choices=SeatState, default=SeatState.HELD)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], name="a_person_has_one_seat_at_an_event"
            ),
            models.CheckConstraint(
                name="a_seat_state_is_known", condition=Q(state__in=SeatState.values)
            ),
            models.CheckConstraint(
                name="an_answered_seat_says_when",
                condition=Q(state="held") | Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state"], name="seats_of_an_event"),
            models.Index(fields=["person"], name="seats_of_a_person"),
        ]


class SeatBlock(models.Model):
    """Whether a seat's person is expected on one half-day, and what is booked for it.

    ``bookings`` numbers the bookings, so that a correction books under the next number.
    Reached through its seat.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="half_days")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="places")
    is_expected = models.BooleanField(default=True)
    bookings = models.PositiveSmallIntegerField(default=0)
    scheduled_entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="half_day"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "block"], name="a_seat_has_each_half_day_once"),
        ]
        ordering = ["block__position", "pk"]


class SeatMove(models.Model):
    """A seat passed from one person to another. Reached through its seat."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="moves")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_seat_moves_between_two_people",
                condition=~Q(from_person=F("to_person")),
            ),
        ]
