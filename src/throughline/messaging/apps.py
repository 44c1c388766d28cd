"""Messaging as a Django app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Outbox and delivery."""

    name = "throughline.messaging"
    label = "messaging"
