"""What the director sees first: what to decide, this week, and where each district stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.convenings.enums import SeatState
from throughline.convenings.models import Event
from throughline.convenings.queries import in_how_many_days
from throughline.home.queries.attention import calls_to_make, seated_in, teams_of
from throughline.home.queries.next_for_me import NextForMe, first_of
from throughline.inquiry.enums import ENDED, ChallengeState
from throughline.inquiry.models import Challenge
from throughline.ledger.queries import Line, Read, promise_lines, read_of, to_look_at
from throughline.messaging.queries import todo_items as letters_to_release
from throughline.people.models import Person
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort, DistrictEngagement, Succession
from throughline.programs.queries import cohort_tabs
from throughline.programs.words import Words, words_of
from throughline.teams.enums import TeamState
from throughline.teams.models import Team
from throughline.ui import spelling
from throughline.ui.navigation import NavItem
from throughline.ui.tones import ToneEnum

MOST_AHEAD = 2
MOST_MOVES = 4


class Standing(ToneEnum):
    """Where a district stands, in the order of the work."""

    NO_TEAM = "no_team", gettext_lazy("Team not complete"), "warn"
    LOOKING = "looking", gettext_lazy("Looking at data"), ""
    DRAFTING = "drafting", gettext_lazy("Writing its challenge"), "far"
    CHOSEN = "chosen", gettext_lazy("Challenge chosen"), "far"


@dataclass(frozen=True, slots=True)
class Place:
    """A district in a column, and the page on which to read on."""

    district: str
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """Districts that stand at the same place."""

    standing: Standing
    lines: Sequence[Place]


@dataclass(frozen=True, slots=True)
class Move:
    """Something that changed in a district, with its day."""

    on: date
    district: str
    words: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something of the next three weeks."""

    first: date
    last: date | None
    title: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the foot of the page, as ``ui/figures.html`` prints it."""

    label: str
    number: str
    of: str
    note: str


@dataclass(frozen=True, slots=True)
class CohortPage:
    """The director's page of one cohort."""

    cohort: Cohort
    words: Words
    today: date
    month: int
    tabs: Sequence[NavItem]
    next: NextForMe
    lead: str
    ahead: Sequence[Ahead]
    moves: Sequence[Move]
    columns: Sequence[Column]
    districts: int
    figures: Sequence[Figure]


def cohort_page(person: Person, cohort: Cohort, *, now: datetime) -> CohortPage:
    """Return the page in ten queries, however many districts there are."""
    today = now.astimezone(ZoneInfo(cohort.zone)).date()
    seated = seated_in(person, [cohort.pk])
    teams = teams_of(seated)
    calls, ledger = [], read_of(person, cohort)
    if cohort.state == CohortState.RUNNING:
        calls = calls_to_make({cohort.pk: cohort}, seated, teams, today)
        calls += to_look_at(person, {cohort.pk: cohort}, today, ledger)
    challenges = _challenges(teams)
    due = first_of([*calls, *letters_to_release(person, now=now)], now=now)
    ahead = _ahead(person, cohort, today)
    return CohortPage(
        cohort=cohort,
        words=words_of(cohort.version),
        today=today,
        month=cohort.month_on(today),
        tabs=cohort_tabs(person, cohort, reverse("home:cohort", args=[cohort.ref])),
        next=due,
        lead=_lead(due, ahead, today),
        ahead=ahead,
        moves=_moves(cohort, seated, teams, challenges),
        columns=_columns(cohort, seated, teams, challenges),
        districts=len(seated),
        figures=_figures(person, cohort, ledger),
    )


def _ahead(person: Person, cohort: Cohort, today: date) -> list[Ahead]:
    """Return the next events, with who comes. One query."""
    coming = Count("seats", filter=Q(seats__state=SeatState.CONFIRMED))
    events = (
        Event.objects.staffed_by(person)
        .told()
        .filter(scope=cohort.scope_id, first_day__isnull=False, last_day__gte=today)
        .annotate(coming=coming, asked=Count("seats"))
        .order_by("first_day", "pk")[:MOST_AHEAD]
    )
    return [_one_ahead(event) for event in events if event.first_day]


def _one_ahead(event: Event) -> Ahead:
    coming, asked = (int(getattr(event, name)) for name in ("coming", "asked"))
    place = event.place_words or _("no place yet")
    words = f"{place}."
    if asked:
        said = _("%(coming)d of %(asked)d people are coming.")
        words += " " + said % {"coming": coming, "asked": asked}
    assert event.first_day is not None  # noqa: S101 - filtered
    return Ahead(
        event.first_day,
        event.last_day,
        event.heading,
        words,
        reverse("convenings:overview", args=[event.ref]),
    )


def _lead(due: NextForMe, ahead: Sequence[Ahead], today: date) -> str:
    """Say what is near and how long the list takes."""
    said = []
    if ahead and (away := in_how_many_days(ahead[0].first, today)):
        said.append(_("%(event)s is %(away)s.") % {"event": ahead[0].title, "away": away})
    if due.todos:
        long = {"minutes": spelling.minutes(due.minutes)}
        said.append(_("This list takes %(minutes)s.") % long)
    else:
        said.append(_("We write when something needs you."))
    if due.more:
        more = ngettext("%(n)d more waits behind it.", "%(n)d more wait behind it.", due.more)
        said.append(more % {"n": due.more})
    return " ".join(said)


def _challenges(teams: dict[int, Team]) -> dict[int, Challenge]:
    """Return each team's challenge by its scope: states and days, never words. One query."""
    live = (
        Challenge.objects.filter(
            owner_scope__in=[team.scope_id for team in teams.values()], is_priority=True
        )
        .exclude(state__in=sorted(ENDED))
        .annotate(asked_at=Max("versions__at"), agreed_at=Max("versions__agreed_at"))
        .only("owner_scope", "state", "saved_at")
    )
    return {one.owner_scope_id: one for one in live if one.owner_scope_id is not None}


def _moves(
    cohort: Cohort,
    seated: Sequence[DistrictEngagement],
    teams: dict[int, Team],
    challenges: dict[int, Challenge],
) -> list[Move]:
    """Return what changed last in the districts, the newest first. One query."""
    found = [
        Move(one.on, str(one.engagement), _("%(new)s leads after %(old)s.") % {
            "new": one.taking_over or _("Nobody yet"), "old": one.leaving,
        })
        for one in Succession.objects.filter(engagement__in=[one.pk for one in seated])
        .select_related("engagement__district", "leaving", "taking_over")
        .order_by("-on", "-pk")[:MOST_MOVES]
    ]  # fmt: skip
    for one in seated:
        team = teams.get(one.pk)
        challenge = challenges.get(team.scope_id) if team else None
        if challenge is not None:
            at, words = _last_step(challenge)
            found.append(Move(at.astimezone(ZoneInfo(cohort.zone)).date(), str(one), words))
    return sorted(found, key=lambda move: (move.on, move.district), reverse=True)[:MOST_MOVES]


def _last_step(challenge: Challenge) -> tuple[datetime, str]:
    asked_at, agreed_at = (getattr(challenge, name) for name in ("asked_at", "agreed_at"))
    if agreed_at is not None:
        return agreed_at, _("The team agreed to its challenge.")
    if asked_at is not None:
        return asked_at, _("The team is asked whether it agrees to its challenge.")
    return challenge.saved_at, _("The team is writing its challenge.")


def _columns(
    cohort: Cohort,
    seated: Sequence[DistrictEngagement],
    teams: dict[int, Team],
    challenges: dict[int, Challenge],
) -> list[Column]:
    found: dict[Standing, list[Place]] = defaultdict(list)
    everybody = reverse("programs:cohort", args=[cohort.ref])
    for one in seated:
        team = teams.get(one.pk)
        challenge = challenges.get(team.scope_id) if team else None
        href = reverse("teams:team", args=[team.ref]) if team else everybody
        found[_standing(team, challenge.state if challenge else None)].append(Place(str(one), href))
    return [Column(standing, found[standing]) for standing in Standing if found[standing]]


def _standing(team: Team | None, challenge: str | None) -> Standing:
    if team is None or team.state != TeamState.ACTIVE:
        return Standing.NO_TEAM
    if challenge is None:
        return Standing.LOOKING
    return Standing.DRAFTING if challenge == ChallengeState.DRAFT else Standing.CHOSEN


def _figures(person: Person, cohort: Cohort, ledger: Read) -> list[Figure]:
    """Return the first four promises and what became of them. One query."""
    lines = promise_lines(person, cohort, ledger)
    return [_figure(line) for line in sorted(lines, key=lambda line: not line.has_number)][:4]


def _figure(line: Line) -> Figure:
    unit = {"unit": line.unit_words, "n": line.scheduled}
    if not line.has_number:
        note = _("%(unit)s on request, delivered so far") % unit
        return Figure(line.title, line.delivered, "", note)
    note = _("%(unit)s delivered; %(n)s more booked") % unit
    return Figure(line.title, line.delivered, _("of %(n)s") % {"n": line.granted}, note)
