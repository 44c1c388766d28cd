"""Deliver a released message: to each reader once, however often this is tried."""

from __future__ import annotations

import hashlib
import smtplib
from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q

from throughline.jobs.queue import enqueue
from throughline.messaging.enums import (
    DELIVERY_MAY_BECOME,
    DeliveryState,
    Kind,
    MessageState,
)
from throughline.messaging.mail import letter, open_connection
from throughline.messaging.models import Delivery, Message
from throughline.messaging.queries import had_news_since, letter_for, readers
from throughline.people.languages import in_language_of

LEASE = timedelta(minutes=10)
WAITING = [before for before, after in DELIVERY_MAY_BECOME.items() if DeliveryState.SENT in after]
MORNING = time(9)
ELSEWHERE = "elsewhere"
"""Claimed by another worker, or by one that died a moment ago."""


class DeliveryDelayed(RuntimeError):  # noqa: N818 - says what happened
    """Some letters could not be handed to the mail server; the job tries again later."""


def deliver_message(message: Message, *, now: datetime) -> Counter[str]:
    """Hand each waiting letter to the mail server. Returns how many ended in which way.

    No transaction is open while the server is spoken to. A letter is claimed for ten minutes by
    one conditional update, so two workers never send it both; if one dies in between, the letter
    goes again under the same Message-ID, which mail programs show once.

    Raises
    ------
    DeliveryDelayed
        The mail server could not be reached for some; what was sent stays sent.
    """
    ended: Counter[str] = Counter()
    if not message.is_due(now):
        return ended
    Message.objects.filter(pk=message.pk, state=MessageState.APPROVED).update(
        state=MessageState.RELEASING
    )
    message.refresh_from_db()
    if message.state != MessageState.RELEASING:
        return ended
    connection = open_connection()
    for delivery in readers(message).filter(state__in=WAITING):
        ended[_deliver(delivery, message, connection, now)] += 1
    connection.close()
    _conclude(message)
    if wait := ended[DeliveryState.DELAYED] + ended[ELSEWHERE]:
        raise DeliveryDelayed(f"{wait} letters wait")
    return ended


def _deliver(
    delivery: Delivery, message: Message, connection: BaseEmailBackend, now: datetime
) -> str:
    if not delivery.address or delivery.person.emptied_at:
        return _end(delivery, DeliveryState.SKIPPED, reason="no address")
    if message.kind == Kind.NEWS and had_news_since(delivery.person_id, _day_began(delivery, now)):
        _again_tomorrow(delivery, message, now)
        return DeliveryState.QUEUED
    claimed = (
        Delivery.objects.filter(pk=delivery.pk, state__in=WAITING)
        .filter(Q(lease_until=None) | Q(lease_until__lte=now))
        .update(lease_until=now + LEASE)
    )
    if not claimed:
        return ELSEWHERE
    written = letter_for(message, delivery.person)
    with in_language_of(delivery.person):
        mail = letter(
            to=delivery.address, subject=written.subject, body=written.body,
            message_id=f"{message.ref}.{delivery.ref}".lower(),
        )  # fmt: skip
    mail.connection = connection
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused:
        return _end(delivery, DeliveryState.REFUSED, reason="the address was refused")
    except OSError as error:
        return _end(delivery, DeliveryState.DELAYED, reason=type(error).__name__)
    sha256 = hashlib.sha256(f"{written.subject}\n\n{written.body}".encode()).hexdigest()
    return _end(delivery, DeliveryState.SENT, sha256=sha256, sent_at=now)


def _end(
    delivery: Delivery,
    state: DeliveryState,
    *,
    reason: str = "",
    sha256: str = "",
    sent_at: datetime | None = None,
) -> str:
    Delivery.objects.filter(pk=delivery.pk, state__in=WAITING).update(
        state=state, reason=reason, rendered_sha256=sha256, sent_at=sent_at, lease_until=None
    )
    return state


def _conclude(message: Message) -> None:
    """A message is sent when nothing of it waits any longer."""
    if not Delivery.objects.filter(message=message, state__in=WAITING).exists():
        Message.objects.filter(pk=message.pk, state=MessageState.RELEASING).update(
            state=MessageState.SENT
        )
    message.refresh_from_db()


def _day_began(delivery: Delivery, now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(delivery.person.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _again_tomorrow(delivery: Delivery, message: Message, now: datetime) -> None:
    """News comes once a day: this reader gets it tomorrow at nine, in her zone."""
    zone = ZoneInfo(delivery.person.time_zone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    at = datetime.combine(tomorrow, MORNING, zone)
    enqueue(
        "messaging.deliver", key=f"mail:{message.ref}:{tomorrow:%Y%m%d}", now=now,
        network_id=message.network_id, run_at=at, message=message.ref,
    )  # fmt: skip
