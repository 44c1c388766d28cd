"""Jobs as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The queue."""

    name = "throughline.jobs"
    label = "jobs"
