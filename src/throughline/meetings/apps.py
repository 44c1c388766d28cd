"""Meetings as a Django app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Occasions, attendance, commitments, feeds."""

    name = "throughline.meetings"
    label = "meetings"
