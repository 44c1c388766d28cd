"""Programs as a Django app."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Programs, cohorts, engagements."""

    name = "throughline.programs"
    label = "programs"
