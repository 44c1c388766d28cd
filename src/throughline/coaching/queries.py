"""Reads of coaching: who coaches whom, how often and how long, what is still to be logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.coaching.blueprint import CoachingSection
from throughline.coaching.enums import TOPICS, CoachingState
from throughline.coaching.models import Coach, CoachingEngagement, CoachingSession, Note
from throughline.core.blueprint.moments import Span
from throughline.core.todo import ToDo
from throughline.ledger.rules import Sums, in_words, sums_of
from throughline.meetings.enums import OccasionState
from throughline.people.models import Person
from throughline.programs.models import Cohort
from throughline.programs.sections import section
from throughline.teams.enums import JOINED_STATES
from throughline.teams.models import TeamMembership

HELD = Q(sessions__occasion__state=OccasionState.HELD)
DAYS = {"day": 1, "working day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Line:
    """One coaching engagement with its sums."""

    coaching: CoachingEngagement
    with_whom: str
    district: str
    sessions: int
    minutes: int
    last_on: date | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """What has been used of a pool, and what is left, in words; nothing left where no number is."""

    used: str
    granted: str
    booked: str


@dataclass(frozen=True, slots=True)
class Readers:
    """Who would read a text for the pair, and for the team."""

    pair: list[str]
    team: list[str]
    team_name: str


def lines_of(coaching: QuerySet[CoachingEngagement], *, now: datetime) -> list[Line]:
    """Return these engagements with their sums, by district. One query."""
    to_come = Q(
        sessions__occasion__state=OccasionState.PLANNED, sessions__occasion__starts_at__gt=now
    )
    found = (
        coaching.select_related("coach__person", "coachee", "team", "engagement__district")
        .annotate(
            held=Count("sessions", filter=HELD),
            minutes=Sum("sessions__occasion__minutes", filter=HELD, default=0),
            last_on=Max("sessions__occasion__day", filter=HELD),
            next_at=Min("sessions__occasion__starts_at", filter=to_come),
        )
        .order_by("engagement__district__name", "pk")
    )
    return [
        Line(
            coaching=one,
            with_whom=one.with_whom,
            district=str(one.engagement.district),
            sessions=one.held,
            minutes=one.minutes,
            last_on=one.last_on,
            next_at=one.next_at,
        )
        for one in found
    ]


def coaches_of(person: Person) -> QuerySet[Coach]:
    """Return the coaches of a network with how many each coaches, by name. One query."""
    live = Q(engagements__state=CoachingState.ACTIVE)
    return (
        Coach.objects.visible_to(person)
        .select_related("person")
        .annotate(coached=Count("engagements", filter=live))
        .order_by("person__full_name", "pk")
    )


def unlogged(person: Person, *, now: datetime) -> QuerySet[CoachingSession]:
    """Return sessions of this coach whose time has come and that are not logged."""
    return (
        CoachingSession.objects.filter(
            coaching__in=CoachingEngagement.objects.coached_by(person),
            occasion__state=OccasionState.PLANNED,
            occasion__starts_at__lte=now,
        )
        .select_related(
            "occasion", "coaching__coachee", "coaching__team", "coaching__engagement__district",
            "coaching__engagement__cohort__version",
        )
        .order_by("occasion__starts_at")
    )  # fmt: skip


def held_of(person: Person) -> QuerySet[CoachingSession]:
    """Return sessions that took place and that she sees, the newest first."""
    return _seen_by(person, OccasionState.HELD).order_by("-occasion__starts_at", "-pk")


def to_come_of(person: Person, *, now: datetime) -> QuerySet[CoachingSession]:
    """Return sessions that are planned and that she sees, the next first."""
    planned = _seen_by(person, OccasionState.PLANNED).filter(occasion__starts_at__gt=now)
    return planned.order_by("occasion__starts_at", "pk")


def _seen_by(person: Person, state: str) -> QuerySet[CoachingSession]:
    return (
        CoachingSession.objects.visible_to(person)
        .filter(occasion__state=state)
        .select_related(
            "occasion", "coaching__coach__person", "coaching__coachee", "coaching__team",
            "coaching__engagement__district",
        )
    )  # fmt: skip


def notes_of(person: Person, session: CoachingSession) -> list[Note]:
    """Return the notes of a session that this person may read. One query."""
    return list(
        Note.objects.visible_to(person)
        .filter(session=session)
        .select_related("author", "counterpart")
    )


def left_of(coaching: CoachingEngagement) -> Left | None:
    """Return what sessions draw on, for the coach; nothing where nothing was promised."""
    entitlement = coaching.entitlement
    if entitlement is None:
        return None
    sums = sums_of([entitlement.pk]).get(entitlement.pk, Sums())
    unit = entitlement.promise.unit
    return Left(
        used=in_words(sums.delivered, unit),
        granted="" if entitlement.promise.is_on_request else in_words(sums.granted, unit),
        booked=in_words(sums.scheduled, unit) if sums.scheduled else "",
    )


def readers_of(coaching: CoachingEngagement) -> Readers:
    """Return the names of who would read a text, before it is saved. Two queries."""
    coach = str(coaching.coach.person)
    pair = [coach, str(coaching.coachee)] if coaching.coachee is not None else []
    team = coaching.team or coaching.engagement.teams.live().order_by("pk").first()
    if team is None:
        return Readers(pair, [], "")
    members = TeamMembership.objects.filter(
        team=team, state__in=JOINED_STATES, person__isnull=False
    ).order_by("position", "pk")
    names = [coach, *(str(member) for member in members)]
    return Readers(pair, names, str(team.name))


def topics_of(coaching: CoachingEngagement) -> list[tuple[str, str]]:
    """Return the topics of a log: the blueprint's, or ours."""
    kinds = section(coaching.engagement.cohort.version, "coaching", CoachingSection).kinds
    kind = kinds.get(coaching.key)
    if kind is not None and kind.topics:
        return [(str(key), str(label)) for key, label in kind.topics]
    return [(key, str(label)) for key, label in TOPICS.items()]


def topic_labels(session: CoachingSession) -> list[str]:
    """Return what a session was about, in words."""
    labels = dict(topics_of(session.coaching))
    return [labels.get(topic, topic) for topic in session.topics]


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return sessions that the coach has not logged yet. One query beside her roles."""
    return [
        ToDo(
            title=_("Log your session with %(name)s") % {"name": session.coaching.with_whom},
            minutes=2,
            due_on=session.occasion.day + _log_within(session),
            href=reverse("coaching:log", args=[session.coaching.ref]) + f"?session={session.ref}",
            about=str(session.coaching.engagement.district),
        )
        for session in unlogged(person, now=now)
    ]


def _log_within(session: CoachingSession) -> timedelta:
    version = session.coaching.engagement.cohort.version
    span: Span = section(version, "coaching", CoachingSection).log_within
    return timedelta(days=span.number * DAYS[span.unit])


def has_coaching(person: Person) -> bool:
    """Whether she coaches, or is coached herself."""
    mine = Q(coach__person__in=person.ids) | Q(coachee__in=person.ids)
    return CoachingEngagement.objects.filter(mine, state=CoachingState.ACTIVE).exists()


def placed_between(person: Person, cohort: Cohort) -> list[tuple[date, str]]:
    """Return the sessions of a cohort that she sees, by day (``programs.PLACED_BETWEEN``). One query."""
    sessions = (
        CoachingSession.objects.visible_to(person)
        .filter(coaching__engagement__cohort=cohort)
        .exclude(occasion__state=OccasionState.CANCELLED)
        .values_list("occasion__day", "coaching__engagement__district__name")
    )
    return [
        (day, _("Coaching session, %(district)s") % {"district": district})
        for day, district in sessions
    ]
