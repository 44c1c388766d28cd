"""What messaging holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.messaging.models import Delivery, Message
from throughline.people.personal import Held, Listed, Points

HELD: tuple[Listed, ...] = (
    Held(
        Delivery, _("Letters to you"), ("person",),
        {
            "subject": (_("Subject"), "message.subject"),
            "address": (_("Sent to"), "address"),
            "sent": (_("Sent"), "sent_at"),
            "state": (_("State"), "state"),
            "body": (_("Text"), "message.body"),
        },
        related=("message",),
        empties={"address": ""},
        stays=_("The host's letter and the day stay, without the address."),
    ),
    Points(Message, "letters of the host, in whose office they were written"),
)  # fmt: skip
