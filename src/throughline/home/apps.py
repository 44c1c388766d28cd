"""Home as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Pages that show many apps at once."""

    name = "throughline.home"
    label = "home"
