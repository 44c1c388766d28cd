"""Releases as a Django app."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Populations, books, plans, releases."""

    name = "throughline.releases"
    label = "releases"
