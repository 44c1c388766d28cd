"""Let a message go, at once or at its hour; stop it before that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.states import states_before
from throughline.jobs.queue import enqueue
from throughline.messaging.enums import MESSAGE_MAY_BECOME, MessageState
from throughline.messaging.models import Message
from throughline.messaging.rules import can_manage
from throughline.people.models import Person


@transaction.atomic
def release_message(message: Message, *, by: Person | None, now: datetime) -> Message:
    """Send a message: now, or at the hour it is held until. Whoever releases it approves it.

    Raises
    ------
    NotAllowed
        ``by`` is no staff of the message's scope.
    WrongState
        It was released or discarded before.
    """
    if not (decision := can_manage(by, message)):
        raise NotAllowed(decision.reason)
    return let_go(message, by=by, now=now)


def let_go(message: Message, *, by: Person | None, now: datetime) -> Message:
    """Move a message on its way and ask for its delivery. Call inside an action.

    Raises
    ------
    WrongState
        It was released or discarded before.
    """
    to = MessageState.RELEASING if message.is_due(now) else MessageState.APPROVED
    moved = Message.objects.filter(
        pk=message.pk, state=MessageState.HELD, hold_until=message.hold_until
    ).update(state=to, approved_by=by, released_at=now)
    if not moved:
        message.refresh_from_db()
        raise WrongState(_refusal(message))
    message.refresh_from_db()
    ask_for_delivery(message, now=now)
    trail.record(by, "released", message, now=now)
    return message


def ask_for_delivery(message: Message, *, now: datetime) -> None:
    """Queue the job that delivers this message at its hour."""
    at = message.hold_until if not message.is_due(now) else None
    hour = at.strftime("%Y%m%d%H%M") if at else "now"
    enqueue(
        "messaging.deliver", key=f"mail:{message.ref}:{hour}", now=now,
        network_id=message.network_id, run_at=at, message=message.ref,
    )  # fmt: skip


@transaction.atomic
def stop_message(message: Message, *, by: Person | None, now: datetime) -> Message:
    """Hold an approved message again, as long as its hour has not come.

    Raises
    ------
    NotAllowed
        ``by`` is no staff of the message's scope.
    WrongState
        It is already on its way, or was never released.
    """
    if not (decision := can_manage(by, message)):
        raise NotAllowed(decision.reason)
    moved = Message.objects.filter(pk=message.pk, state=MessageState.APPROVED).update(
        state=MessageState.HELD, approved_by=None, released_at=None
    )
    if not moved:
        message.refresh_from_db()
        raise WrongState(_("This message can no longer be stopped."))
    message.refresh_from_db()
    trail.record(by, "stopped", message, now=now)
    return message


@transaction.atomic
def hold_message(
    message: Message, *, until: datetime | None, by: Person | None, now: datetime
) -> Message:
    """Set the hour before which a held message does not go, or take it away.

    Raises
    ------
    NotAllowed
        ``by`` is no staff of the message's scope.
    BadInput
        The hour has passed.
    WrongState
        The message is not held.
    """
    if not (decision := can_manage(by, message)):
        raise NotAllowed(decision.reason)
    if until is not None and until <= now:
        raise BadInput(_("Choose an hour that is still to come."), field="until")
    moved = Message.objects.filter(pk=message.pk, state=MessageState.HELD).update(hold_until=until)
    if not moved:
        raise WrongState(_("Only a held message can wait for another hour."))
    message.refresh_from_db()
    trail.record(by, "set the hour of", message, now=now, fields=["hold_until"])
    return message


@transaction.atomic
def discard_message(
    message: Message, *, by: Person | None, now: datetime, reason: str = ""
) -> Message:
    """Throw an unsent message away. Nobody gets it; the trail keeps that it was there.

    Raises
    ------
    NotAllowed
        ``by`` is no staff of the message's scope.
    WrongState
        It was released or discarded before.
    """
    if not (decision := can_manage(by, message)):
        raise NotAllowed(decision.reason)
    moved = Message.objects.filter(
        pk=message.pk, state__in=states_before(MESSAGE_MAY_BECOME, MessageState.DISCARDED)
    ).update(state=MessageState.DISCARDED)
    if not moved:
        message.refresh_from_db()
        raise WrongState(_refusal(message))
    message.refresh_from_db()
    trail.record(by, "discarded", message, now=now, reason=reason)
    return message


def _refusal(message: Message) -> str:
    if message.state == MessageState.DISCARDED:
        return _("This message has been discarded.")
    if message.state == MessageState.HELD:
        return _("Somebody changed its hour a moment ago. Look at it again.")
    return _("This message has already been released.")
