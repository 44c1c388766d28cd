"""Coaching as a Django app."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    """Coaches, coaching engagements, sessions, notes."""

    name = "throughline.coaching"
    label = "coaching"
