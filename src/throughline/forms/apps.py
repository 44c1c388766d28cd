"""Forms as a Django app."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Questions, answers, rubrics, signatures."""

    name = "throughline.forms"
    label = "forms"
