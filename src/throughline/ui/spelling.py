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
from django.utils.translation import ngettext, ngettext_lazy, pgettext

from throughline.core import clock
from throughline.core.blueprint.amounts import Amount
from throughline.core.blueprint.moments import Span

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


def dated(value: datetime) -> str:
    """Return "Fri, Dec 4, 2026", for what is kept longer than a year; in the reader's zone."""
    shape = pgettext("day with its year, Django date format", "D, M j, Y")
    return date_format(timezone.localtime(value).date(), shape)


def days(first: date, last: date | None = None) -> str:
    """Return "Dec 4–5", "Nov 30 – Dec 1" or one day; the year when it is not this one."""
    if last is None or last == first:
        return day(first)
    this_year = timezone.localtime(clock.now()).year
    if (first.year, first.month) == (last.year, last.month):
        month = date_format(last, pgettext("month alone, Django date format", "M"))
        if last.year == this_year:
            said = pgettext("days of one month", "%(month)s %(first)d–%(last)d")
        else:
            said = pgettext("days of one month", "%(month)s %(first)d–%(last)d, %(year)d")
        return said % {"month": month, "first": first.day, "last": last.day, "year": last.year}
    end = _short_day(last, with_year=last.year != this_year)
    return f"{_short_day(first, with_year=first.year != last.year)} – {end}"


def _short_day(value: date, *, with_year: bool) -> str:
    if with_year:
        shape = pgettext("short day with its year, Django date format", "M j, Y")
    else:
        shape = pgettext("short day, Django date format", "M j")
    return date_format(value, shape)


def clock_time(value: datetime, zone: str | tzinfo | None = None) -> str:
    """Return "9:00 am ET" in a zone, or in the reader's own."""
    local = value.astimezone(zone_of(zone))
    shape = pgettext("time of day, Django date format", "g:i A")
    return f"{date_format(local, shape).lower()} {zone_name(local)}"


def times(first: datetime, last: datetime, zone: str | tzinfo | None = None) -> str:
    """Return "9:00–9:30 am ET", "11:30 am – 12:30 pm ET" across noon, or "9:00–9:30 ET"."""
    start, end = clock_time(first, zone), clock_time(last, zone)
    start = start.removesuffix(f" {zone_name(first.astimezone(zone_of(zone)))}")
    at, _space, half = start.partition(" ")
    if not half or f" {half} " in end:
        return f"{at}–{end}"
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


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Return "Ana", "Ana and Ben", "Ana, Ben and Cara", or the first two and how many more."""
    if len(names) > most:
        more = {"names": ", ".join(names[: most - 1]), "n": len(names) - most + 1}
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


def amount(value: Amount, terms: tuple[str, str] | None = None) -> str:
    """Return "20 hours", "up to 6 sessions" or "60 to 90 minutes", from a blueprint's amount.

    ``terms`` say what is counted, one and many, where a program calls it something else.
    """
    if not value.is_number:
        return _("on request")
    low, high, unit = value.in_round_units()
    number = f"{low.normalize():f}"
    if low != high:
        number = _("%(low)s to %(high)s") % {"low": number, "high": f"{high.normalize():f}"}
    said = counted(number, unit, is_one=high == 1)
    if terms is not None:
        said = f"{number} {terms[0 if high == 1 else 1]}"
    meant = {
        "up to": _("up to %(amount)s"),
        "at least": _("at least %(amount)s"),
        "about": _("about %(amount)s"),
    }
    return meant[value.meaning] % {"amount": said} if value.meaning in meant else said


def span(value: Span) -> str:
    """Return "18 months", from a blueprint's span."""
    return counted(str(value.number), value.unit, is_one=value.number == 1)


def counted(number: str, unit: str, *, is_one: bool) -> str:
    """Return a number with its unit; a unit that has no words of its own stays as it is written."""
    if unit not in UNITS:
        return f"{number} {unit}" if is_one else f"{number} {unit}s"
    return str(UNITS[unit] % {"n": number, "count": 1 if is_one else 2})


UNITS = {
    "minute": ngettext_lazy("%(n)s minute", "%(n)s minutes", "count"),
    "hour": ngettext_lazy("%(n)s hour", "%(n)s hours", "count"),
    "half-day": ngettext_lazy("%(n)s half-day", "%(n)s half-days", "count"),
    "day": ngettext_lazy("%(n)s day", "%(n)s days", "count"),
    "working day": ngettext_lazy("%(n)s working day", "%(n)s working days", "count"),
    "week": ngettext_lazy("%(n)s week", "%(n)s weeks", "count"),
    "month": ngettext_lazy("%(n)s month", "%(n)s months", "count"),
    "year": ngettext_lazy("%(n)s year", "%(n)s years", "count"),
    "session": ngettext_lazy("%(n)s session", "%(n)s sessions", "count"),
    "meeting": ngettext_lazy("%(n)s meeting", "%(n)s meetings", "count"),
    "visit": ngettext_lazy("%(n)s visit", "%(n)s visits", "count"),
    "event": ngettext_lazy("%(n)s event", "%(n)s events", "count"),
    "place": ngettext_lazy("%(n)s place", "%(n)s places", "count"),
    "item": ngettext_lazy("%(n)s item", "%(n)s items", "count"),
    "report": ngettext_lazy("%(n)s report", "%(n)s reports", "count"),
    "interview": ngettext_lazy("%(n)s interview", "%(n)s interviews", "count"),
    "response": ngettext_lazy("%(n)s response", "%(n)s responses", "count"),
    "conversation": ngettext_lazy("%(n)s conversation", "%(n)s conversations", "count"),
}
"""Every unit of amounts and spans, with its number."""


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
