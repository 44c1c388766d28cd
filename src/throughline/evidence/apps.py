"""Evidence as a Django app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Data sets, snapshots, analyses, findings."""

    name = "throughline.evidence"
    label = "evidence"
