"""The design layer as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Styles, shell, forms, charts."""

    name = "throughline.ui"
    label = "ui"
