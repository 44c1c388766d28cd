"""The only place that reads the time.

A view asks once and passes the moment on. A demo whose day is not today runs on a shifted clock
(``settings.CLOCK_SHIFT``); a rehearsal stops the clock at the moment that it plays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """Return this moment in UTC, or the moment at which the clock is stopped."""
    return _stopped.get() or timezone.now() + settings.CLOCK_SHIFT


def today(zone: str = "UTC") -> date:
    """Return the day that it is in ``zone`` (an IANA name)."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at ``moment`` (aware) inside the block."""
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)
