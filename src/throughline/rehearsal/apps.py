"""Rehearsal as a Django app."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """Plays a blueprint with made-up people."""

    name = "throughline.rehearsal"
    label = "rehearsal"
