"""Closed lists of the ledger."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What a quantity counts. Always whole numbers."""

    MINUTES = "minutes", _("minutes")
    HALF_DAYS = "half_days", _("half-days")
    SESSIONS = "sessions", _("sessions")
    WEEKS = "weeks", _("weeks")
    SEATS = "seats", _("seats")
    VISITS = "visits", _("visits")
    ITEMS = "items", _("items")
    CENTS = "cents", _("cents")


class Per(models.TextChoices):
    """Who holds what a promise grants."""

    PERSON = "person", _("Each person")
    TEAM = "team", _("Each team")
    ENGAGEMENT = "engagement", _("Each district")
    COHORT = "cohort", _("The whole cohort")


class Overrun(models.TextChoices):
    """What happens beyond the promised quantity."""

    REFUSE = "refuse", _("Refuse")
    ASK = "ask", _("Ask staff")
    ALLOW = "allow", _("Allow")


class EntryKind(models.TextChoices):
    """What an entry does to a balance."""

    GRANTED = "granted", _("Granted")
    CARRIED = "carried", _("Carried over")
    SCHEDULED = "scheduled", _("Booked")
    UNSCHEDULED = "unscheduled", _("No longer booked")
    DELIVERED = "delivered", _("Delivered")
    EXPIRED = "expired", _("Lapsed")
    REVERSED = "reversed", _("Corrected")


DRAWS = frozenset({EntryKind.SCHEDULED, EntryKind.DELIVERED, EntryKind.EXPIRED})
"""Kinds that need something left to draw on."""


class AddOnState(models.TextChoices):
    """The life of what is given beyond a promise."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")


MAY_BECOME: dict[AddOnState, frozenset[AddOnState]] = {
    AddOnState.ASKED: frozenset({AddOnState.GRANTED, AddOnState.DECLINED}),
    AddOnState.GRANTED: frozenset(),
    AddOnState.DECLINED: frozenset(),
}
"""The whole life of an add-on. Staff may grant one that nobody asked for."""

KEPT_BY_DATES = frozenset({"convening", "session", "meeting", "week", "event", "course"})
"""Kinds whose dates the program sets itself: that they are used up is the plan, and no alarm."""


class RuleList(models.TextChoices):
    """Which rules of the blueprint."""

    GOOD_STANDING = "good_standing", _("Good standing")
    COMPLETION = "completion", _("Completion")
