"""Audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail."""

    name = "throughline.audit"
    label = "audit"
