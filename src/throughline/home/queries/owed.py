"""Who owes what in a cohort: answers, invitations, session logs and promises, person by person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.coaching.models import CoachingEngagement, CoachingSession
from throughline.convenings.enums import EventState, SeatState
from throughline.convenings.models import Seat
from throughline.convenings.queries import ANSWER_BEFORE, ASK_FROM
from throughline.meetings.enums import OccasionState
from throughline.meetings.models import Commitment
from throughline.people.models import Person
from throughline.programs.models import Cohort
from throughline.programs.queries import cohort_tabs
from throughline.teams.enums import MemberState
from throughline.teams.models import TeamMembership
from throughline.ui.navigation import NavItem

WEEK = timedelta(days=7)
KINDS = ("convenings", "teams", "coaching", "commitments")


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that somebody has not done yet."""

    kind: str
    who: str
    where: str
    what: str
    due_on: date
    href: str


@dataclass(frozen=True, slots=True)
class Debtor:
    """Somebody with everything that is open on her side, the first due first."""

    who: str
    where: str
    things: Sequence[Owed]


@dataclass(frozen=True, slots=True)
class Filter:
    """A kind of thing, how many there are, and whether only these are shown."""

    label: str
    key: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OwedPage:
    """The coordinator's page of a cohort."""

    lead: str
    tabs: Sequence[NavItem]
    filters: Sequence[Filter]
    groups: Sequence[tuple[str, Sequence[Debtor]]]
    today: date


def owed_page(person: Person, cohort: Cohort, *, kind: str, now: datetime) -> OwedPage:
    """Return the page. Four queries beside roles, however many people there are."""
    today = now.astimezone(ZoneInfo(cohort.zone)).date()
    found = sorted(
        [
            *_answers(person, cohort, today),
            *_invitations(person, cohort),
            *_logs(person, cohort, now),
            *_commitments(person, cohort, today),
        ],
        key=lambda one: (one.due_on, one.who, one.what),
    )
    shown = [one for one in found if kind not in KINDS or one.kind == kind]
    return OwedPage(
        lead=_lead(found, today),
        tabs=cohort_tabs(person, cohort, reverse("home:owed", args=[cohort.ref])),
        filters=_filters(found, kind),
        groups=[(title, some) for title, some in _groups(shown, today) if some],
        today=today,
    )


def _lead(found: Sequence[Owed], today: date) -> str:
    if not found:
        return _("Nobody owes anything. Everyone is done.")
    people, late = len({(one.who, one.where) for one in found}), 0
    late = sum(one.due_on < today for one in found)
    things = ngettext("%(n)d thing", "%(n)d things", len(found)) % {"n": len(found)}
    said = ngettext(
        "%(things)s from %(n)d person, %(late)d late.",
        "%(things)s from %(n)d people, %(late)d late.",
        people,
    )
    return said % {"things": things, "n": people, "late": late}


def _filters(found: Sequence[Owed], kind: str) -> list[Filter]:
    counts = Counter(one.kind for one in found)
    labels = {
        "convenings": _("Events"), "teams": _("Teams"), "coaching": _("Coaching"),
        "commitments": _("Next steps"),
    }  # fmt: skip
    every = Filter(_("All"), "", len(found), kind not in KINDS)
    return [
        every,
        *(Filter(labels[key], key, counts[key], key == kind) for key in KINDS if counts[key]),
    ]


def _groups(shown: Sequence[Owed], today: date) -> Iterator[tuple[str, list[Debtor]]]:
    late = {(one.who, one.where) for one in shown if one.due_on < today}
    soon = {(one.who, one.where) for one in shown if one.due_on <= today + WEEK} - late
    rest = {(one.who, one.where) for one in shown} - late - soon
    of: dict[tuple[str, str], list[Owed]] = defaultdict(list)
    for one in shown:
        of[one.who, one.where].append(one)
    for title, some in ((_("Late"), late), (_("Due within a week"), soon), (_("Later"), rest)):
        yield title, [Debtor(*key, of[key]) for key in of if key in some]


def _answers(person: Person, cohort: Cohort, today: date) -> Iterator[Owed]:
    seats = Seat.objects.visible_to(person).filter(
        event__scope=cohort.scope_id,
        event__state=EventState.PUBLISHED,
        event__first_day__range=(today, today + ASK_FROM),
        state=SeatState.HELD,
    )
    for seat in seats.told().select_related("person", "registration__engagement__district"):
        district, first = seat.registration.engagement, seat.event.first_day
        if first is not None:
            yield Owed(
                "convenings", str(seat.person), str(district or ""),
                _("Say whether to come to “%(event)s”") % {"event": seat.event.heading},
                first - ANSWER_BEFORE, reverse("convenings:overview", args=[seat.event.ref]),
            )  # fmt: skip


def _invitations(person: Person, cohort: Cohort) -> Iterator[Owed]:
    asked = (
        TeamMembership.objects.visible_to(person)
        .filter(team__engagement__cohort=cohort, state=MemberState.INVITED)
        .annotate(until=Max("invitations__expires_at"))
        .exclude(until=None)
        .select_related("team__engagement__district", "person")
    )
    for one in asked:
        until: datetime = getattr(one, "until")  # noqa: B009 - annotated
        yield Owed(
            "teams", str(one), str(one.team.engagement), _("Answer the invitation to the team"),
            until.astimezone(ZoneInfo(cohort.zone)).date(),
            reverse("teams:team", args=[one.team.ref]),
        )  # fmt: skip


def _logs(person: Person, cohort: Cohort, now: datetime) -> Iterator[Owed]:
    sessions = CoachingSession.objects.filter(
        coaching__in=CoachingEngagement.objects.visible_to(person),
        coaching__engagement__cohort=cohort,
        occasion__state=OccasionState.PLANNED,
        occasion__starts_at__lte=now,
    )
    for one in sessions.select_related(
        "occasion", "coaching__coach__person", "coaching__coachee", "coaching__team",
        "coaching__engagement__district",
    ):  # fmt: skip
        yield Owed(
            "coaching", str(one.coaching.coach.person), _("Coach"),
            _("Log the session with %(name)s") % {"name": one.coaching.with_whom},
            one.occasion.day, reverse("coaching:coaching"),
        )  # fmt: skip


def _commitments(person: Person, cohort: Cohort, today: date) -> Iterator[Owed]:
    promised = (
        Commitment.objects.visible_to(person)
        .open()
        .filter(scope__paths_up__ancestor=cohort.scope_id, due_on__lte=today + 4 * WEEK)
        .select_related("owner", "scope")
    )
    for one in promised:
        yield Owed(
            "commitments", str(one.owner), str(one.scope.label), one.words, one.due_on,
            reverse("meetings:calendar"),
        )  # fmt: skip
