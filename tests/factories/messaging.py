"""Messages in the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from tests.factories.people import NOW, make_person, root_of
from throughline.messaging.actions.compose_message import compose_message
from throughline.messaging.models import Message
from throughline.people.models import Network, Person, Scope

_numbers = count(1)


def make_message(
    network: Network,
    *,
    to: Sequence[Person] = (),
    kind: str = "action",
    subject: str = "A seat for your district",
    body: str = "Dear {person.name},\n\n[Answer](https://network.example/answer)\n\nThe host",
    key: str = "",
    scope: Scope | None = None,
    hold_until: datetime | None = None,
    by: Person | None = None,
    now: datetime = NOW,
) -> Message:
    """A held message, to one new person unless ``to`` names others."""
    return compose_message(
        network,
        key=key or f"message-{next(_numbers)}",
        kind=kind,
        subject=subject,
        body=body,
        to=to or [make_person(network)],
        scope=scope or root_of(network),
        about=("people.network", network.key),
        by=by,
        now=now,
        hold_until=hold_until,
    )
