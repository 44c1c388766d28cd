"""Say a moment on the reader's clock, with the clock of the event beside it."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from throughline.ui import spelling


def moment_beside(value: datetime, own: tzinfo, zone: str) -> str:
    """Return "Fri, Dec 4, 11:30 pm EAT (3:30 pm ET)", or one of them where both clocks agree."""
    if _agree(value, own, zone):
        return spelling.moment(value, zone)
    there = value.astimezone(spelling.zone_of(zone))
    same_day = value.astimezone(own).date() == there.date()
    said = spelling.clock_time(value, zone) if same_day else spelling.moment(value, zone)
    return _("%(here)s (%(there)s)") % {"here": spelling.moment(value, own), "there": said}


def times_beside(first: datetime, last: datetime, own: tzinfo, zone: str) -> tuple[str, str]:
    """Return "5:00–5:30 pm EAT" and "9:00–9:30 am ET"; the second is empty where both agree.

    The reader's own day is said when it is another than there.
    """
    there = spelling.times(first, last, zone)
    if _agree(first, own, zone):
        return there, ""
    here = spelling.times(first, last, own)
    day = first.astimezone(own).date()
    if day != first.astimezone(spelling.zone_of(zone)).date():
        here = _("%(day)s, %(time)s") % {"day": spelling.day(day), "time": here}
    return here, there


def _agree(value: datetime, own: tzinfo, zone: str) -> bool:
    there = value.astimezone(spelling.zone_of(zone))
    return value.astimezone(own).utcoffset() == there.utcoffset()
