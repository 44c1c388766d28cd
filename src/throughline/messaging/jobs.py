"""Work of messaging that outlives a request."""

from __future__ import annotations

from datetime import datetime

from throughline.messaging.actions.deliver_message import deliver_message
from throughline.messaging.enums import MessageState
from throughline.messaging.models import Message


def deliver(*, now: datetime, message: str) -> None:
    """Deliver one released message, by its reference."""
    found = Message.objects.filter(ref=message).first()
    if found is not None:
        deliver_message(found, now=now)


def deliver_due(*, now: datetime) -> int:
    """Deliver everything released whose hour has come, in this process. Returns how many messages.

    For a rehearsal, which plays months in minutes, and after an outage.
    """
    due = Message.objects.filter(
        state__in=[MessageState.APPROVED, MessageState.RELEASING]
    ).order_by("released_at", "pk")
    count = 0
    for message in due:
        if message.is_due(now):
            deliver_message(message, now=now)
            count += 1
    return count
