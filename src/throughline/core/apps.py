"""Core as a Django app: it holds the commands that every installation needs."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every app stands on."""

    name = "throughline.core"
    label = "core"
