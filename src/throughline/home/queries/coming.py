"""What is coming up for somebody: convenings with who comes from her district, and meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.convenings.enums import SeatState
from throughline.convenings.models import Event, Seat
from throughline.convenings.queries import ANSWER_BEFORE, in_how_many_days
from throughline.meetings.enums import OccasionKind
from throughline.meetings.queries import upcoming
from throughline.people.models import Person
from throughline.programs.models import DistrictEngagement
from throughline.ui import spelling
from throughline.ui.clocks import moment_beside

MOST_COMING = 3


@dataclass(frozen=True, slots=True)
class Coming:
    """Something with a date: a convening, or a meeting to which she is invited."""

    title: str
    first: date
    last: date | None
    place: str
    when: str
    away: str
    answers: str
    href: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that somebody else does next."""

    sentence: str
    about: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next dates, and who of her district has not said whether they come."""

    coming: Sequence[Coming]
    waiting: Sequence[Waiting]


def ahead_of(
    person: Person, district: DistrictEngagement | None, *, today: date, now: datetime
) -> Ahead:
    """Return the next convenings and meetings by day. Three queries beside roles."""
    events = list(
        Event.objects.visible_to(person)
        .shown()
        .told()
        .filter(last_day__gte=today, first_day__isnull=False)
        .annotate(starts_at=Min("blocks__occasion__starts_at"))
        .order_by("first_day", "pk")[:MOST_COMING]
    )
    seats = _seats(person, district, events)
    found = [_convening(one, person, seats[one.pk], today) for one in events if one.first_day]
    meetings = upcoming(person, now=now).exclude(kind=OccasionKind.BLOCK)
    found += [
        Coming(
            one.get_kind_display(), one.day, None, one.place_words,
            moment_beside(one.starts_at, ZoneInfo(person.time_zone), one.zone), in_how_many_days(one.day, today), "",
            reverse("meetings:calendar"),
        )
        for one in meetings.order_by("starts_at", "pk")[:MOST_COMING]
    ]  # fmt: skip
    owed = [_no_reply(one, person, seats[one.pk]) for one in events]
    shown = sorted(found, key=lambda one: one.first)[:MOST_COMING]
    return Ahead(shown, [one for one in owed if one is not None])


def _seats(
    person: Person, district: DistrictEngagement | None, events: Sequence[Event]
) -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = defaultdict(list)
    if district is None or not events:
        return found
    seats = Seat.objects.visible_to(person).filter(
        event__in=[one.pk for one in events], registration__engagement=district
    )
    for seat in seats.select_related("person").order_by("person__full_name", "pk"):
        found[seat.event_id].append(seat)
    return found


def _convening(event: Event, person: Person, seats: Sequence[Seat], today: date) -> Coming:
    assert event.first_day is not None  # noqa: S101 - filtered
    coming = sum(seat.state == SeatState.CONFIRMED for seat in seats)
    said = ngettext(
        "%(n)d of %(all)d from your district is coming.",
        "%(n)d of %(all)d from your district are coming.",
        coming,
    )
    return Coming(
        title=event.heading,
        first=event.first_day,
        last=event.last_day,
        place=event.place_words,
        when=_starts(event, person),
        away=in_how_many_days(event.first_day, today),
        answers=said % {"n": coming, "all": len(seats)} if seats else "",
        href=reverse("convenings:event", args=[event.ref]),
    )


def _starts(event: Event, person: Person) -> str:
    """Return when it begins: there, and on the reader's clock where that is another."""
    starts_at: datetime | None = getattr(event, "starts_at", None)
    if starts_at is None:
        return spelling.days(event.first_day, event.last_day) if event.first_day else ""
    there = spelling.clock_time(starts_at, event.zone)
    here = spelling.clock_time(starts_at, person.time_zone)
    said = _("Starts %(moment)s") % {"moment": spelling.moment(starts_at, event.zone)}
    return (
        said if here == there else _("%(said)s, %(here)s your time") % {"said": said, "here": here}
    )


def _no_reply(event: Event, person: Person, seats: Sequence[Seat]) -> Waiting | None:
    names = [
        str(seat.person)
        for seat in seats
        if seat.state == SeatState.HELD and not person.is_in([seat.person_id])
    ]
    if not names or event.first_day is None:
        return None
    said = ngettext(
        "%(names)s says whether to come to “%(event)s”.",
        "%(names)s say whether they come to “%(event)s”.",
        len(names),
    )
    by = _("Answers are asked for by %(day)s.")
    return Waiting(
        said % {"names": spelling.listed(names), "event": event.heading},
        by % {"day": spelling.day(event.first_day - ANSWER_BEFORE)},
    )
