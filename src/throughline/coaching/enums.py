"""Closed lists of coaching, and the life of a coaching engagement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Belongs(models.TextChoices):
    """How a coach belongs to the program."""

    STAFF = "staff", _("Host's staff")
    CONTRACTED = "contracted", _("Contracted")
    MENTOR = "mentor", _("Mentor")


class CoachingKind(models.TextChoices):
    """What sort of coaching."""

    COACH = "coach", _("Coach")
    MENTOR = "mentor", _("Mentor")
    TEAM_COACH = "team_coach", _("Team coach")


class CoachingState(models.TextChoices):
    """The life of a coaching engagement."""

    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    DECLINED = "declined", _("Declined")


COACHING_MAY_BECOME = {
    CoachingState.PROPOSED: frozenset({CoachingState.PUBLISHED, CoachingState.ACTIVE}),
    CoachingState.PUBLISHED: frozenset({CoachingState.ACTIVE, CoachingState.DECLINED}),
    CoachingState.ACTIVE: frozenset({CoachingState.ENDED}),
    CoachingState.ENDED: frozenset(),
    CoachingState.DECLINED: frozenset(),
}
"""The whole life of a coaching engagement."""


class Mode(models.TextChoices):
    """How they met. Time on the road is counted apart."""

    ON_SITE = "on_site", _("On site")
    VIRTUAL = "virtual", _("Online")
    PHONE = "phone", _("By phone")


class NoteKind(models.TextChoices):
    """What a note is for."""

    SHARED_SUMMARY = "shared_summary", _("Shared summary")
    PRIVATE_NOTE = "private_note", _("Private note")
    HAND_OVER = "hand_over", _("Hand-over")


TOPICS = {
    "policy": _("Policy and board"),
    "stakeholders": _("Stakeholders"),
    "evidence": _("Evidence and causes"),
    "change": _("Change across schools"),
    "team": _("The team"),
    "self": _("Own growth"),
}
"""Topics of a log where the blueprint has none of its own."""

MOST_COACHED = 30
"""Most leaders and teams that one coach takes at the same time."""
