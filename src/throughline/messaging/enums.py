"""Closed lists of messaging: kinds of mail, lives of a message and of its deliveries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Why a message is sent, which decides how often."""

    SERVICE = "service", _("Service")
    ACTION = "action", _("Something to do")
    NEWS = "news", _("News")


class MessageState(models.TextChoices):
    """The life of a message."""

    DRAFT = "draft", _("Draft")
    HELD = "held", _("Held")
    APPROVED = "approved", _("Waits for its hour")
    RELEASING = "releasing", _("On its way")
    SENT = "sent", _("Sent")
    DISCARDED = "discarded", _("Discarded")


MESSAGE_MAY_BECOME: dict[MessageState, frozenset[MessageState]] = {
    MessageState.DRAFT: frozenset({MessageState.HELD, MessageState.DISCARDED}),
    MessageState.HELD: frozenset(
        {MessageState.APPROVED, MessageState.RELEASING, MessageState.DISCARDED}
    ),
    MessageState.APPROVED: frozenset({MessageState.HELD, MessageState.RELEASING}),
    MessageState.RELEASING: frozenset({MessageState.SENT}),
    MessageState.SENT: frozenset(),
    MessageState.DISCARDED: frozenset(),
}
"""Approved mail can be stopped until its hour; what is on its way can only be followed by another."""

OUTBOX = (
    MessageState.DRAFT,
    MessageState.HELD,
    MessageState.APPROVED,
    MessageState.RELEASING,
    MessageState.SENT,
)
"""What the outbox lists, in this order. Discarded mail stays in the trail only."""


class DeliveryState(models.TextChoices):
    """What became of a message to one person."""

    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    DELAYED = "delayed", _("Tried, will be tried again")
    BOUNCED = "bounced", _("Came back")
    REFUSED = "refused", _("Refused")
    SKIPPED = "skipped", _("Not sent")


DELIVERY_MAY_BECOME: dict[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.QUEUED: frozenset(
        {
            DeliveryState.SENT,
            DeliveryState.DELAYED,
            DeliveryState.REFUSED,
            DeliveryState.SKIPPED,
        }
    ),
    DeliveryState.DELAYED: frozenset(
        {DeliveryState.SENT, DeliveryState.DELAYED, DeliveryState.REFUSED, DeliveryState.SKIPPED}
    ),
    DeliveryState.SENT: frozenset({DeliveryState.BOUNCED}),
    DeliveryState.BOUNCED: frozenset(),
    DeliveryState.REFUSED: frozenset(),
    DeliveryState.SKIPPED: frozenset(),
}
