"""A district's booking at an event."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from throughline.convenings.enums import RegistrationState
from throughline.convenings.models.event import Event
from throughline.core.refs import PublicRef
from throughline.people.enums import Verb
from throughline.people.models import Network, Person
from throughline.programs.models import DistrictEngagement


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Bookings."""

    def visible_to(self, person: Person) -> Self:
        """Return bookings of her district, of whom she books for, and those she staffs."""
        return self.filter(network_id=person.network_id).filter(
            Q(engagement__scope__in=person.scopes())
            | Q(engagement__scope__in=person.delegated_scopes(Verb.BOOK, Verb.REPLY))
            | Q(event__scope__in=person.staffed_scopes())
        )


class Registration(models.Model):
    """A booking: how many seats, for which district, by whom and for whom."""

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    engagement = models.ForeignKey(
        DistrictEngagement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
    )
    booked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=20, choices=RegistrationState, default=RegistrationState.CONFIRMED
    )
    asked_at = models.DateTimeField()
    seats = models.PositiveSmallIntegerField()

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_registration_asks_for_a_seat", condition=Q(seats__gt=0)),
            models.UniqueConstraint(
                fields=["event", "engagement"],
                condition=Q(engagement__isnull=False) & ~Q(state="cancelled"),
                name="a_district_books_an_event_once",
            ),
            models.CheckConstraint(
                name="a_registration_state_is_known",
                condition=Q(state__in=RegistrationState.values),
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "asked_at"], name="registrations_of_an_event")
        ]
