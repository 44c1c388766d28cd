"""Closed lists of convenings, and the lives of an event, a registration and a seat."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What sort of event."""

    CONVENING = "convening", _("Convening")
    SESSION = "session", _("Session")


class EventState(models.TextChoices):
    """The life of an event."""

    DRAFT = "draft", _("Not published")
    PUBLISHED = "published", _("Published")
    HAPPENED = "happened", _("Took place")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Canceled")


EVENT_MAY_BECOME = {
    EventState.DRAFT: frozenset({EventState.PUBLISHED, EventState.CANCELLED}),
    EventState.PUBLISHED: frozenset({EventState.HAPPENED, EventState.CANCELLED}),
    EventState.HAPPENED: frozenset({EventState.CLOSED}),
    EventState.CLOSED: frozenset(),
    EventState.CANCELLED: frozenset(),
}
"""The whole life of an event. A move keeps the state and raises ``sequence``."""

SHOWN_STATES = frozenset({EventState.PUBLISHED, EventState.HAPPENED, EventState.CLOSED})
"""States that participants see. A canceled event is in their calendars as canceled."""


class Mode(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("In person")
    VIRTUAL = "virtual", _("Online")
    HYBRID = "hybrid", _("In person and online")


class RegistrationState(models.TextChoices):
    """The life of a booking."""

    ASKED = "asked", _("Asked")
    CONFIRMED = "confirmed", _("Confirmed")
    WAITLISTED = "waitlisted", _("On the waitlist")
    CANCELLED = "cancelled", _("Canceled")


class SeatState(models.TextChoices):
    """The life of a seat."""

    HELD = "held", _("No reply")
    CONFIRMED = "confirmed", _("Coming")
    RELEASED = "released", _("Not coming")


SEAT_MAY_BECOME = {
    SeatState.HELD: frozenset({SeatState.CONFIRMED, SeatState.RELEASED}),
    SeatState.CONFIRMED: frozenset({SeatState.HELD, SeatState.CONFIRMED, SeatState.RELEASED}),
    SeatState.RELEASED: frozenset({SeatState.HELD, SeatState.CONFIRMED}),
}
"""The whole life of a seat. An event that moves asks again: seats are held once more."""

TAKEN = frozenset({SeatState.HELD, SeatState.CONFIRMED})
"""States in which a seat is not free for somebody else."""


class SeatPart(models.TextChoices):
    """What somebody comes as."""

    PARTICIPANT = "participant", _("Participant")
    MEMBER = "member", _("Team member")
    GUEST = "guest", _("Guest")
    STAFF = "staff", _("Staff")


class Coverage(models.TextChoices):
    """Who pays for travel, lodging and meals."""

    PROGRAM = "program", _("Network")
    DISTRICT = "district", _("District")


class Coming(models.TextChoices):
    """An answer to the whole event."""

    YES = "yes", _("I will come to all of it")
    ONE_DAY = "one_day", _("I will come for one day")
    NO = "no", _("I cannot come")


class SessionKind(models.TextChoices):
    """What a part of the agenda is for."""

    OPENING = "opening", _("Opening")
    CONTENT = "content", _("Working session")
    CONSULTANCY = "consultancy", _("Consultancy")
    REFLECTION = "reflection", _("Time to reflect")
    WORK_TIME = "work_time", _("Team time")
    COMMITMENTS = "commitments", _("Commitments")
    MEAL = "meal", _("Meal")
    OTHER = "other", _("Session")
