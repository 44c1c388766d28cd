"""Convenings as a Django app."""

from django.apps import AppConfig


class ConveningsConfig(AppConfig):
    """Events, blocks, registrations, seats."""

    name = "throughline.convenings"
    label = "convenings"
