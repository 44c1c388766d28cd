"""Reads of convenings: who is expected, what people owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.convenings.enums import EventState, SeatState
from throughline.convenings.models import Event, Seat
from throughline.convenings.models.seat import SeatQuerySet
from throughline.convenings.rules import missing
from throughline.core.decision import YES, Decision, no
from throughline.core.todo import ToDo
from throughline.people.enums import Role, Verb
from throughline.people.models import Person, RoleAssignment
from throughline.programs.models import Cohort, DistrictEngagement
from throughline.programs.words import words_of
from throughline.teams.enums import JOINED_STATES
from throughline.teams.models import TeamMembership
from throughline.ui import spelling

ANSWER_BEFORE = timedelta(days=14)
"""How long before an event people are asked to have answered."""

ASK_FROM = timedelta(days=90)
"""How long before an event people are first asked."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody of a district who is asked to come, and whether she leads it."""

    person: Person
    is_fellow: bool


def people_of(engagement: DistrictEngagement) -> list[Expected]:
    """Return the leaders of a district and the members of its teams who said yes. Two queries."""
    leaders = (
        RoleAssignment.objects.live()
        .filter(scope=engagement.scope_id, role__in=[Role.FELLOW, Role.TEAM_LEAD])
        .select_related("person")
        .order_by("pk")
    )
    members = (
        TeamMembership.objects.filter(
            team__engagement=engagement, state__in=JOINED_STATES, person__isnull=False
        )
        .select_related("person")
        .order_by("team", "position")
    )
    found = {role.person_id: Expected(role.person, is_fellow=True) for role in leaders}
    for member in members:
        if member.person is not None:
            found.setdefault(member.person.pk, Expected(member.person, is_fellow=False))
    return list(found.values())


def may_publish(cohort: Cohort) -> Decision:
    """Answer ``programs.MAY_PUBLISH``: every event of the series has its days and its place."""
    owed = [
        _("%(event)s needs %(what)s") % {"event": event.called, "what": _(" and ").join(wanted)}
        for event in Event.objects.filter(scope=cohort.scope_id)
        .exclude(state=EventState.CANCELLED)
        .told()
        if (wanted := missing(event))
    ]
    return no("; ".join(owed) + ".") if owed else YES


def seats_to_answer(person: Person) -> SeatQuerySet:
    """Return seats, hers and those of whom she answers for, at events that have not begun."""
    principals = {
        grant.principal_id for grant in person.live_delegations if Verb.REPLY in grant.may
    }
    return (
        Seat.objects.visible_to(person)
        .filter(event__state=EventState.PUBLISHED)
        .filter(Q(person__in=person.ids) | Q(person__in=principals))
        .exclude(event__scope__in=person.excluded_scopes())
    )


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return events to answer and, for staff, events without a place. Two queries beside roles."""
    return [*_to_answer(person, now), *_to_place(person, now)]


def _to_answer(person: Person, now: datetime) -> list[ToDo]:
    seats = seats_to_answer(person).filter(
        state=SeatState.HELD, event__first_day__lte=(now + ASK_FROM).date()
    )
    found = []
    for seat in seats.told().select_related("person").order_by("event__first_day", "pk"):
        first = seat.event.first_day
        if first is None:
            continue
        mine = person.is_in([seat.person_id])
        title = _("Say whether you come: %(event)s") if mine else _("Answer: %(event)s")
        found.append(
            ToDo(
                title=title % {"event": seat.event.called},
                minutes=1,
                due_on=first - ANSWER_BEFORE,
                href=reverse("convenings:event", args=[seat.event.ref]),
                about=_about(seat.event) if mine else _("For %(name)s") % {"name": seat.person},
            )
        )
    return found


def _about(event: Event) -> str:
    days = spelling.days(event.first_day, event.last_day) if event.first_day else ""
    return f"{event.heading} · {days} · {event.place_words}"


def _to_place(person: Person, now: datetime) -> list[ToDo]:
    if not person.is_staff:
        return []
    drafts = Event.objects.staffed_by(person).filter(
        state=EventState.DRAFT, first_day__lte=(now + ASK_FROM).date()
    )
    return [
        ToDo(
            title=_("Find a place for %(event)s") % {"event": event.called},
            minutes=15,
            due_on=event.first_day - ASK_FROM / 2 if event.first_day else None,
            href=reverse("convenings:overview", args=[event.ref]),
            about=_("It can be published once it has one."),
        )
        for event in drafts.told()
    ]


def series_length(event: Event) -> int:
    """Return how many events the series of this one has; no secret, the public page says it."""
    return (
        Event.objects.filter(scope=event.scope_id, series_key=event.series_key)
        .exclude(state=EventState.CANCELLED)
        .count()
    )


def in_how_many_days(first_day: date | None, today: date) -> str:
    """Return "in 11 days", "today" or nothing once it is over."""
    if first_day is None or first_day < today:
        return ""
    days = (first_day - today).days
    if days == 0:
        return _("today")
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}


def place_in_series(event: Event, cohort: Cohort) -> str:
    """Return "Network convening 3 of 5" in the program's words. One query."""
    word = words_of(cohort.version).one("convening" if event.half_days > 1 else "session")
    return _("%(word)s %(number)d of %(count)d") % {
        "word": word[:1].upper() + word[1:],
        "number": event.number,
        "count": series_length(event),
    }
