"""Spell days, moments and lengths of time the way a reader says them.

The formats are translated like any other text: a locale decides the order, templates never do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from throughline.core import clock

US_ZONES = {"E": "ET", "C": "CT", "M": "MT", "P": "PT", "AK": "AKT", "H": "HT"}
"""What people say instead of EST and EDT: the letter of the zone, whatever the season."""


MOST_NAMED = 3
"""How many people a sentence names before it counts the rest."""


def zone_of(zone: str | tzinfo | None) -> tzinfo:
    """Return a zone from its IANA name, from itself, or the one that is active."""
    if not zone:
        return timezone.get_current_timezone()
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def day(value: date | None) -> str:
    """Return "Fri, Dec 4", and the year when it is not this one. A moment is shown by its day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if value.year == timezone.localtime(clock.now()).year:
        return date_format(value, pgettext("day without its year, Django date format", "D, M j"))
    return date_format(value, pgettext("day with its year, Django date format", "D, M j, Y"))


def days(first: date, last: date | None = None) -> str:
    """Return "Dec 4–5", "Nov 30 – Dec 1" or one day; the year when it is not this one."""
    if last is None or last == first:
        return day(first)
    this_year = timezone.localtime(clock.now()).year
    start = date_format(first, pgettext("short day, Django date format", "M j"))
    year = "" if last.year == this_year else f", {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{start}–{last.day}{year}"
    if first.year != last.year:
        start = f"{start}, {first.year}"
    end = date_format(last, pgettext("short day, Django date format", "M j"))
    return f"{start} – {end}{year}"


def clock_time(value: datetime, zone: str | tzinfo | None = None) -> str:
    """Return "9:00 am ET" in a zone, or in the reader's own."""
    local = value.astimezone(zone_of(zone))
    shape = pgettext("time of day, Django date format", "g:i A")
    return f"{date_format(local, shape).lower()} {zone_name(local)}"


def times(first: datetime, last: datetime, zone: str | tzinfo | None = None) -> str:
    """Return "9:00–9:30 am ET", or "11:30 am – 12:30 pm ET" across noon."""
    start, end = clock_time(first, zone), clock_time(last, zone)
    start = start.removesuffix(f" {zone_name(first.astimezone(zone_of(zone)))}")
    half = start.rpartition(" ")[2]
    if f" {half} " in end:
        return f"{start.removesuffix(f' {half}')}–{end}"
    return f"{start} – {end}"


def moment(value: datetime | None, zone: str | tzinfo | None = None) -> str:
    """Return "Fri, Dec 4, 9:00 am ET" in a zone, or in the reader's own."""
    if value is None:
        return ""
    local = value.astimezone(zone_of(zone))
    return _("%(day)s, %(time)s") % {"day": day(local.date()), "time": clock_time(local, zone)}


def zone_name(local: datetime) -> str:
    """Return what people call the zone of an aware moment: "ET", "UTC", "UTC+3"."""
    name = local.tzname() or ""
    if name.endswith(("ST", "DT")) and name[:-2] in US_ZONES:
        return US_ZONES[name[:-2]]
    if not name.startswith(("+", "-")):
        return name
    sign, hours, rest = name[0], name[1:3].lstrip("0") or "0", name[3:]
    return f"UTC{sign}{hours}" + (f":{rest}" if rest else "")


def listed(names: Sequence[str]) -> str:
    """Return "Ana", "Ana and Ben", "Ana, Ben and Cara", or the first two and how many more."""
    if len(names) > MOST_NAMED:
        more = {"names": ", ".join(names[: MOST_NAMED - 1]), "n": len(names) - MOST_NAMED + 1}
        return _("%(names)s and %(n)d more") % more
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def hours(count: int | None) -> str:
    """Return "2 hours", "1½ hours" or "45 minutes", for a sentence: halves of an hour are enough."""
    if not count:
        return ""
    if count < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", count) % {"n": count}
    whole, half = divmod(round(count / 30), 2)
    said = f"{whole}½" if half else str(whole)
    return ngettext("%(n)s hour", "%(n)s hours", whole + half) % {"n": said}


def minutes(count: int | None) -> str:
    """Return "45 min", "2 h" or "1 h 30 min"."""
    if count is None:
        return ""
    hours, rest = divmod(int(count), 60)
    if not hours:
        return _("%(count)d min") % {"count": rest}
    if not rest:
        return _("%(count)d h") % {"count": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
