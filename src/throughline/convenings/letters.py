"""The words of letters about an event: the blueprint's where it has some, plain ones otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.convenings.models import Event
from throughline.messaging.wording import button, fill, on_site
from throughline.programs.sections import translated
from throughline.programs.words import reading, words_of
from throughline.ui import spelling


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and body, filled in but for what differs at delivery."""

    subject: str
    body: str


def invitation(event: Event) -> Letter:
    """Return the letter that asks people to come."""
    template = _template(event)
    values = _values(event)
    subject = template.get("subject") or _("Will you come? %(event)s") % {"event": _name(event)}
    opening = template.get("body") or _("“%(event)s” takes place on %(days)s.") % {
        "event": _name(event), "days": values["date.event"],
    }  # fmt: skip
    paragraphs = [
        _("Dear {person.name},"),
        _filled(event, opening, values),
        _where(event),
        _ask(event),
        "" if "{link.calendar}" in opening else _calendar(event),
    ]
    return Letter(_filled(event, subject, values), "\n\n".join(one for one in paragraphs if one))


def moved(event: Event, *, before: tuple[date, date], reason: str) -> Letter:
    """Return the letter that says to which days an event moved; answers are asked for again."""
    words = {"event": _name(event), "days": days_of(event), "before": spelling.days(*before)}
    paragraphs = [
        _("Dear {person.name},"),
        _("“%(event)s” has moved to %(days)s. It was planned for %(before)s.") % words,
        _plain(reason),
        _where(event),
        _("An earlier answer was for other days. Please answer again."),
        _ask(event),
        _calendar(event),
    ]
    return Letter(
        _("Moved to %(days)s: %(event)s") % words, "\n\n".join(one for one in paragraphs if one)
    )


def placed(event: Event) -> Letter:
    """Return the letter that says where an event takes place now. Answers stand."""
    words = {"event": _name(event), "days": days_of(event), "place": _plain(event.place_words)}
    paragraphs = [
        _("Dear {person.name},"),
        _("“%(event)s” on %(days)s takes place here now: %(place)s. The days stay.") % words,
        _("Your answer stands. You can change it until the event begins."),
        _calendar(event),
    ]
    return Letter(_("New place: %(event)s") % words, "\n\n".join(paragraphs))


def canceled(event: Event, *, because: str) -> Letter:
    """Return the letter that says that an event does not take place."""
    words = {"event": _name(event), "days": days_of(event)}
    paragraphs = [
        _("Dear {person.name},"),
        _("“%(event)s” on %(days)s is canceled.") % words,
        _plain(because),
        _("There is nothing you need to do. Calendars that follow ours show it as canceled."),
    ]
    return Letter(_("Canceled: %(event)s") % words, "\n\n".join(paragraphs))


def days_of(event: Event) -> str:
    """Return the days of an event in words; nothing before it has some."""
    return spelling.days(event.first_day, event.last_day) if event.first_day else ""


def _where(event: Event) -> str:
    if not event.place_words.strip():
        return _("It takes place online.")
    return _("Where: %(place)s") % {"place": _plain(event.place_words)}


def _ask(event: Event) -> str:
    return button(_("Say whether you come"), _link("convenings:event", event))


def _calendar(event: Event) -> str:
    return _("For your calendar: %(link)s") % {"link": _link("convenings:event_file", event)}


def _link(name: str, event: Event) -> str:
    return on_site(reverse(name, args=[event.ref]))


def _name(event: Event) -> str:
    return _plain(event.heading)


def _plain(value: object) -> str:
    """Return words that staff typed: braces would ask for something to be filled in."""
    return str(value).strip().replace("{", "(").replace("}", ")")


def _template(event: Event) -> Mapping[str, str]:
    """Return the blueprint's letter for a date of this series, if it has one."""
    parsed = event.scope.cohort.version.parsed
    messaging = translated(parsed, "messaging", reading())
    wanted = f"series.{event.series_key}.dated"
    templates: list[Mapping[str, str]] = list(messaging.get("templates", {}).values())
    return next((one for one in templates if one.get("on") == wanted), {})


def _values(event: Event) -> dict[str, str]:
    cohort = event.scope.cohort
    return {
        "program.name": cohort.program.name,
        "cohort.name": cohort.label,
        "event.name": _name(event),
        "date.event": days_of(event),
        "link.calendar": _link("convenings:event_file", event),
    }


def _filled(event: Event, text: str, values: Mapping[str, str]) -> str:
    return fill(words_of(event.scope.cohort.version).fill(text), values)
