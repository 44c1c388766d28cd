"""Calendar files: one occasion, several, or a person's feed. They reveal nothing but the time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from throughline.meetings.enums import OccasionKind, OccasionState
from throughline.meetings.models import Occasion

MEDIA_TYPE = "text/calendar; charset=utf-8"
WITH_PLACE = frozenset({OccasionKind.BLOCK})
"""Kinds whose place is on public pages. Where two people meet is nobody's business."""


def calendar_file(
    occasions: Iterable[Occasion], *, now: datetime, name: str = "", title: str = ""
) -> bytes:
    """Return a calendar of ``occasions``; ``title`` stands instead of the kind, if it is public."""
    calendar = Calendar()
    calendar.add("prodid", "-//Throughline//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name or _("Calendar"))
    for occasion in occasions:
        calendar.add_component(_event(occasion, now, title))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(occasion: Occasion, now: datetime, title: str) -> Event:
    zone = ZoneInfo(occasion.zone)
    # Wall-clock time plus the length in real minutes: a change of clocks in between is no error.
    begins = datetime.combine(occasion.day, occasion.starts_local, tzinfo=zone)
    event = Event()
    event.add("uid", f"{occasion.ref}@throughline")
    event.add("sequence", occasion.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", begins)
    event.add("dtend", (occasion.starts_at + timedelta(minutes=occasion.minutes)).astimezone(zone))
    event.add("summary", title or occasion.get_kind_display())
    if occasion.place_words and occasion.kind in WITH_PLACE:
        event.add("location", occasion.place_words)
    if occasion.state in {OccasionState.CANCELLED, OccasionState.SKIPPED}:
        event.add("status", "CANCELLED")
    return event
