"""Write to who is invited to an event, and hold it until staff release it. Inside other actions.

A letter that was not released yet and no longer holds is thrown away. Whoever never had an
invitation gets one, whatever has changed since.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from django.utils import translation

from throughline.convenings import letters
from throughline.convenings.enums import TAKEN, EventState
from throughline.convenings.letters import Letter
from throughline.convenings.models import Event
from throughline.messaging.actions.compose_message import compose_message
from throughline.messaging.actions.release_message import discard_message, stop_message
from throughline.messaging.enums import Kind, MessageState
from throughline.messaging.models import Message
from throughline.people.languages import by_language
from throughline.people.models import Person

INVITED, MOVED, PLACED, CANCELED = "invited", "moved", "placed", "canceled"
ABOUT = "convenings.event"
Write = Callable[[Event], Letter]
GONE = (MessageState.RELEASING, MessageState.SENT)


def tell_invited(event: Event, *, by: Person | None, now: datetime) -> None:
    """Ask everybody who has a seat whether they come."""
    _hold(event, INVITED, Kind.ACTION, letters.invitation, by=by, now=now)


def tell_moved(
    event: Event, *, before: tuple[date, date], reason: str, by: Person | None, now: datetime
) -> None:
    """Say to which days a published event moved."""
    if _outdate(event, by=by, now=now):
        write = partial(letters.moved, before=before, reason=reason)
        _hold(event, MOVED, Kind.ACTION, write, by=by, now=now)
    elif event.state == EventState.PUBLISHED:
        tell_invited(event, by=by, now=now)


def tell_placed(event: Event, *, by: Person | None, now: datetime) -> None:
    """Say where a published event takes place now."""
    if _outdate(event, by=by, now=now):
        _hold(event, PLACED, Kind.SERVICE, letters.placed, by=by, now=now)
    elif event.state == EventState.PUBLISHED:
        tell_invited(event, by=by, now=now)


def tell_canceled(event: Event, *, because: str, by: Person | None, now: datetime) -> None:
    """Say that an event does not take place, to who was ever invited."""
    if _outdate(event, by=by, now=now):
        write = partial(letters.canceled, because=because)
        _hold(event, CANCELED, Kind.SERVICE, write, by=by, now=now)


def _outdate(event: Event, *, by: Person | None, now: datetime) -> bool:
    """Throw away what is not released yet; return whether an invitation has gone out."""
    about = Message.objects.filter(network=event.network_id, about_kind=ABOUT, about_key=event.ref)
    for message in about.filter(state=MessageState.APPROVED):
        stop_message(message, by=by, now=now)
    for message in about.filter(state=MessageState.HELD):
        discard_message(message, by=by, now=now)
    return about.filter(state__in=GONE).exists()


def _hold(
    event: Event, why: str, kind: str, write: Write, *, by: Person | None, now: datetime
) -> None:
    """Hold a letter to everybody who has a seat, one for each language that they read.

    ``sequence`` tells one from the next.
    """
    seats = event.seats.filter(state__in=TAKEN).select_related("person__network").order_by("pk")
    for language, people in by_language(seat.person for seat in seats).items():
        own = "" if language == event.network.locale else f":{language}"
        with translation.override(language):
            letter = write(event)
        compose_message(
            event.network,
            key=f"event:{event.ref}:{why}:{event.sequence}{own}",
            kind=kind,
            subject=letter.subject[:200],
            body=letter.body,
            to=people,
            scope=event.scope,
            about=(ABOUT, event.ref),
            by=by,
            now=now,
        )
