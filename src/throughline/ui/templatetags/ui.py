"""Tags for every template: ``{% load ui %}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID, uuid4

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from throughline.ui import charts, clocks, icons, spelling
from throughline.ui.tones import tone_of
from throughline.ui.words import plain_word

register = template.Library()


@register.simple_tag
def day(value: date | None) -> str:
    """Print a day: "Fri, Dec 4", with the year when it is not this one."""
    return spelling.day(value)


@register.simple_tag
def days(first: date, last: date | None = None) -> str:
    """Print a span of days: "Dec 4–5"."""
    return spelling.days(first, last)


@register.simple_tag
def moment(value: datetime | None, zone: str | tzinfo | None = None) -> str:
    """Print a moment: "Fri, Dec 4, 9:00 am ET", in the reader's zone unless one is given."""
    return spelling.moment(value, zone)


@register.simple_tag
def plain_value(value: object, zone: str | tzinfo | None = None) -> str:
    """Print a stored value as a person reads it: days and moments spelled, yes or no, lists."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return spelling.moment(value, zone)
    if isinstance(value, date):
        return spelling.day(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {plain_value(one, zone)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(plain_value(one, zone) for one in value)
    return str(value)


@register.simple_tag
def clock_time(value: datetime, zone: str | tzinfo | None = None) -> str:
    """Print a time of day: "9:00 am ET"."""
    return spelling.clock_time(value, zone)


@register.simple_tag
def times(first: datetime, last: datetime, zone: str | tzinfo | None = None) -> str:
    """Print from when to when: "9:00–9:30 am ET"."""
    return spelling.times(first, last, zone)


@register.simple_tag(takes_context=True)
def own_moment(context: Context, value: datetime | None, zone: str) -> str:
    """Print a moment on the reader's clock with that of ``zone`` beside it; to visitors the latter."""
    if value is None or not _has_own_clock(context):
        return spelling.moment(value, zone)
    return clocks.moment_beside(value, timezone.get_current_timezone(), zone)


@register.simple_tag(takes_context=True)
def own_times(context: Context, first: datetime, last: datetime, zone: str) -> str:
    """Print from when to when on the reader's clock with that of ``zone`` below it."""
    if not _has_own_clock(context):
        return spelling.times(first, last, zone)
    here, there = clocks.times_beside(first, last, timezone.get_current_timezone(), zone)
    return format_html('{} <span class="sub">{}</span>', here, there) if there else here


def _has_own_clock(context: Context) -> bool:
    return getattr(context.get("request"), "person", None) is not None


@register.simple_tag
def hours(count: int | None) -> str:
    """Print a length of time for a sentence: "2 hours"."""
    return spelling.hours(count)


@register.simple_tag
def minutes(count: int | None) -> str:
    """Print a length of time: "1 h 30 min"."""
    return spelling.minutes(count)


@register.simple_tag(takes_context=True)
def word(context: Context, key: str, *, start: bool = False) -> str:
    """Print the program's word for one of something; ``start=True`` begins a sentence with it."""
    return _word(context, key, many=False, start=start)


@register.simple_tag(takes_context=True)
def words(context: Context, key: str, *, start: bool = False) -> str:
    """Print the program's word for several of something."""
    return _word(context, key, many=True, start=start)


def _word(context: Context, key: str, *, many: bool, start: bool) -> str:
    chosen = context.get("words")
    found = (chosen.other(key) if many else chosen.one(key)) if chosen else ""
    found = found or plain_word(key, many=many)
    return found[:1].upper() + found[1:] if start else found


@register.simple_tag
def tag(state: Any, tone: str | None = None) -> SafeString:
    """Print a state as a word with a dot. Its tone follows the key of an enum unless one is given."""
    label = getattr(state, "label", state)
    chosen = tone_of(state) if tone is None else tone
    return format_html('<span class="tag{}">{}</span>', f" {chosen}" if chosen else "", label)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Print one field of a form as the renderer does: label, hint, error, input."""
    return bound.as_field_group()


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """Print the hidden key that makes a second post of the same form harmless."""
    request = context.get("request")
    sent = request.POST.get("once", "") if request is not None else ""
    try:
        key = UUID(sent)
    except ValueError:
        key = uuid4()
    return format_html('<input type="hidden" name="once" value="{}">', key)


@register.simple_tag
def paragraphs(text: str | None) -> SafeString:
    """Print plain text of a person as escaped paragraphs."""
    shown = SafeString(linebreaks(text or "", autoescape=True))
    language = _other_language(text)
    return format_html('<div lang="{}">{}</div>', language, shown) if language else shown


@register.simple_tag
def icon(name: str) -> SafeString:
    """Print a drawing that screen readers skip."""
    return icons.icon(name)


@register.simple_tag
def bar(done: float, planned: float, of: float, pace: float | None = None) -> SafeString:
    """Print how much of a promise is delivered and booked; ``pace`` is a share from 0 to 1."""
    return charts.bar(done, planned, of, pace=pace)


@register.inclusion_tag("ui/leaf.html")
def leaf(first: date, last: date | None = None) -> Mapping[str, Any]:
    """Print a small calendar leaf for a day, or for days of one month."""
    same_month = last is not None and (first.year, first.month) == (last.year, last.month)
    return {"first": first, "last": last if same_month and last != first else None}


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and the last part of a name."""
    parts = [part for part in str(name).split() if not part.endswith(".")]
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


@register.filter
def told(text: str) -> str:
    """Mark the language of a text where it is not that of the page."""
    language = _other_language(text)
    return format_html('<span lang="{}">{}</span>', language, text) if language else text


def _other_language(text: str | None) -> str:
    language: str = getattr(text, "language", "")
    return "" if language == (get_language() or "").partition("-")[0] else language
