"""Admissions as a Django app."""

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    """Calls, applications, reviews, decisions."""

    name = "throughline.admissions"
    label = "admissions"
