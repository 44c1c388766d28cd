"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Networks, persons, roles."""

    name = "throughline.people"
    label = "people"
