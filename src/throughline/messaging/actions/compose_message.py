"""Write a message and hold it until somebody releases it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput
from throughline.messaging.enums import Kind, MessageState
from throughline.messaging.models import Delivery, Message, TemplateVersion
from throughline.messaging.queries import addresses_of
from throughline.messaging.wording import AT_DELIVERY, placeholders
from throughline.people.models import Network, Person, Scope


@transaction.atomic
def compose_message(
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
    """Hold a message to these persons. The same ``key`` again returns the first one, unchanged.

    ``subject`` and ``body`` are filled in by the caller, but for ``{person.name}`` and
    ``{person.called}``, which differ from reader to reader, and ``{site}`` before the path of a
    page of ours. ``about`` names the thing by kind and key, for example
    ``("admissions.application", application.ref)``.

    Raises
    ------
    BadInput
        There is no reader, no words, or a placeholder that nobody has filled in.
    """
    known = Message.objects.filter(network=network, key=key).first()
    if known:
        return known
    _check(kind, subject, body, to)
    message, is_new = Message.objects.get_or_create(
        network=network,
        key=key,
        defaults={
            "kind": kind, "subject": " ".join(subject.split()), "body": body.strip(),
            "scope": scope, "state": MessageState.HELD, "composed_by": by, "composed_at": now,
            "hold_until": hold_until, "template_version": template_version,
            "about_kind": about[0], "about_key": about[1],
        },
    )  # fmt: skip
    if not is_new:
        return message
    readers = list({person.pk: person for person in to}.values())
    addresses = addresses_of(readers)
    Delivery.objects.bulk_create(
        Delivery(network=network, message=message, person=person, address=addresses[person.pk])
        for person in readers
    )
    trail.record(by, "composed", message, now=now, on_behalf_of=on_behalf_of)
    return message


def _check(kind: str, subject: str, body: str, to: Sequence[Person]) -> None:
    if kind not in Kind.values:
        raise BadInput(_("A message is service, action or news."), field="kind")
    if not to:
        raise BadInput(_("Choose at least one reader."), field="to")
    if not subject.strip():
        raise BadInput(_("Write a subject."), field="subject")
    if len(subject) > 200:
        raise BadInput(_("Shorten the subject to 200 characters."), field="subject")
    if not body.strip():
        raise BadInput(_("Write the message."), field="body")
    if still_open := (placeholders(subject) | placeholders(body)) - AT_DELIVERY:
        raise BadInput(
            _("Nobody has filled in %(names)s.")
            % {"names": ", ".join(f"{{{name}}}" for name in sorted(still_open))},
            field="body",
        )
