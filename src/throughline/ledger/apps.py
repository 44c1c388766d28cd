"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Promises, entitlements, entries."""

    name = "throughline.ledger"
    label = "ledger"
