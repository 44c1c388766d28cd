"""Send service mail: what a person's own step sets off needs no release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from throughline.messaging.actions.compose_message import compose_message
from throughline.messaging.actions.release_message import let_go
from throughline.messaging.enums import MessageState
from throughline.messaging.models import Message, TemplateVersion
from throughline.people.models import Network, Person, Scope


@transaction.atomic
def send_message(
    network: Network,
    *,
    key: str,
    kind: str,
    subject: str,
    body: str,
    to: Sequence[Person],
    scope: Scope,
    about: tuple[str, str],
    by: Person | None,
    now: datetime,
    hold_until: datetime | None = None,
    template_version: TemplateVersion | None = None,
    on_behalf_of: Person | None = None,
) -> Message:
    """Compose a message and let it go. The same ``key`` again sends nothing.

    Raises
    ------
    BadInput
        There is no reader, no words, or a placeholder that nobody has filled in.
    """
    message = compose_message(
        network, key=key, kind=kind, subject=subject, body=body, to=to, scope=scope, about=about,
        by=by, now=now, hold_until=hold_until, template_version=template_version,
        on_behalf_of=on_behalf_of,
    )  # fmt: skip
    if message.state == MessageState.HELD:
        let_go(message, by=by, now=now)
    return message
