"""Teams as a Django app."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """Teams and their members."""

    name = "throughline.teams"
    label = "teams"
