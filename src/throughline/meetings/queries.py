"""Reads of meetings: what is owed, what a calendar shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.todo import ToDo
from throughline.meetings.codes import code_hmac
from throughline.meetings.enums import Answer, OccasionKind, OccasionState
from throughline.meetings.models import Commitment, Feed, Occasion, Reply
from throughline.people.enums import Role
from throughline.people.models import Person, RoleAssignment
from throughline.teams.models import Team

FEED_BACK = timedelta(days=548)
CANCELLED_STAY = timedelta(days=30)
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TeamMeetings:
    """A team's meetings: those to come, the next first, and all others, the last first."""

    to_come: list[Occasion]
    before: list[Occasion]


def person_of_feed(code: str) -> Person | None:
    """Return whose calendar this code opens, or nobody."""
    feed = (
        Feed.objects.filter(code_hmac=code_hmac(code), revoked_at=None)
        .select_related("person__network")
        .first()
    )
    return feed.person if feed else None


def has_feed(person: Person) -> bool:
    """Whether she has a live calendar address."""
    return Feed.objects.filter(person__in=person.ids, revoked_at=None).exists()


def calendar_of(person: Person, *, now: datetime) -> QuerySet[Occasion]:
    """Return her occasions from eighteen months back on; what is off stays for thirty days."""
    recent = Q(starts_at__gte=now - FEED_BACK)
    is_off = Q(state__in=[OccasionState.CANCELLED, OccasionState.SKIPPED])
    return Occasion.objects.concerning(person).filter(
        recent & (~is_off | Q(starts_at__gte=now - CANCELLED_STAY))
    )


def meetings_of(person: Person, team: Team, *, now: datetime) -> TeamMeetings:
    """Return the meetings of a team that she sees, each with how many said that they come.

    One query, however many there are.
    """
    coming = Count("replies", filter=Q(replies__answer=Answer.YES))
    found = list(
        Occasion.objects.visible_to(person)
        .filter(scope=team.scope_id, kind=OccasionKind.TEAM_MEETING)
        .annotate(coming=coming)
    )
    to_come = [one for one in found if one.state == OccasionState.PLANNED and one.ends_at > now]
    return TeamMeetings(to_come, [one for one in reversed(found) if one not in to_come])


def people_of(team: Team) -> list[Person]:
    """Return who is expected at a team's meetings: who leads its district, then its members."""
    leading = (
        RoleAssignment.objects.live()
        .filter(scope=team.engagement.scope_id, role__in=[Role.FELLOW, Role.TEAM_LEAD])
        .select_related("person")
        .order_by("pk")
    )
    joined = team.memberships.joined().select_related("person").order_by("position", "pk")
    everybody = [*leading, *joined.filter(person__isnull=False)]
    return list({one.person_id: one.person for one in everybody}.values())


def agenda_commitments(person: Person, meeting: Occasion) -> QuerySet[Commitment]:
    """Return what stands on an agenda by itself: what the team has open from other meetings."""
    return (
        Commitment.objects.visible_to(person)
        .open()
        .filter(scope=meeting.scope_id)
        .exclude(occasion=meeting.pk)
        .select_related("owner")
    )


def upcoming(person: Person, *, now: datetime) -> QuerySet[Occasion]:
    """Return what she is invited to from now on."""
    return Occasion.objects.concerning(person).upcoming(now)


def open_commitments(person: Person) -> QuerySet[Commitment]:
    """Return what she promised and has not closed, the first due first."""
    return Commitment.objects.visible_to(person).open().filter(owner__in=person.ids)


def owed_replies(person: Person, *, now: datetime) -> QuerySet[Occasion]:
    """Return invitations of the next thirty days that she has not answered.

    Half-days of a convening are answered on its own page and are not here.
    """
    answered = Reply.objects.filter(occasion=OuterRef("pk"), person__in=person.ids)
    return (
        Occasion.objects.concerning(person)
        .upcoming(now)
        .filter(~Exists(answered), starts_at__lte=now + SOON)
        .exclude(kind__in=[OccasionKind.BLOCK, OccasionKind.COACHING])
    )


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:
    """Return commitments that are due and invitations to answer. Two queries beside her roles."""
    return [*_due(open_commitments(person)), *_unanswered(owed_replies(person, now=now))]


def _due(commitments: QuerySet[Commitment]) -> Sequence[ToDo]:
    return [
        ToDo(
            title=commitment.words,
            minutes=10,
            due_on=commitment.due_on,
            href=reverse("meetings:calendar") + f"#commitment-{commitment.ref}",
            about=_("You promised this: %(where)s") % {"where": commitment.scope.label},
        )
        for commitment in commitments.select_related("scope")
    ]


def _unanswered(occasions: QuerySet[Occasion]) -> Sequence[ToDo]:
    return [
        ToDo(
            title=_("Say whether you come: %(what)s") % {"what": occasion.get_kind_display()},
            minutes=1,
            due_on=occasion.day,
            href=reverse("meetings:calendar") + f"#occasion-{occasion.ref}",
            about=occasion.scope.label,
        )
        for occasion in occasions.select_related("scope")
    ]
