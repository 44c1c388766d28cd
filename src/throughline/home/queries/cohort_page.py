"""What the director sees first: what to decide, this week, and where each district stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.convenings.enums import SeatState
from throughline.convenings.models import Event, Seat
from throughline.home.queries.next_for_me import NextForMe, next_for_me
from throughline.inquiry.models import Challenge
from throughline.ledger.queries import CohortLedger, Line, ledger_of_cohort
from throughline.people.models import Person
from throughline.programs.models import Cohort
from throughline.programs.queries import DistrictLine, districts_of
from throughline.programs.words import Words, words_of
from throughline.teams.enums import TeamState
from throughline.teams.models import Team

MOST_AHEAD = 2


class Standing(Enum):
    """Where a district stands, in the order of the work."""

    NO_TEAM = "no_team", gettext_lazy("Team not complete"), "warn"
    LOOKING = "looking", gettext_lazy("Looking at data"), ""
    DRAFTING = "drafting", gettext_lazy("Writing its challenge"), "far"
    CHOSEN = "chosen", gettext_lazy("Challenge chosen"), "far"

    @property
    def label(self) -> str:
        return str(self.value[1])

    @property
    def tone(self) -> str:
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Column:
    """Districts that stand at the same place."""

    standing: Standing
    lines: Sequence[DistrictLine]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something of the next three weeks."""

    first: date
    last: date | None
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
    next: NextForMe
    ahead: Sequence[Ahead]
    columns: Sequence[Column]
    districts: int
    figures: Sequence[Figure]
    hand: Sequence[Line]


def cohort_page(person: Person, cohort: Cohort, *, now: datetime) -> CohortPage:
    """Return the page in a fixed number of queries, however many districts there are."""
    today = now.astimezone(ZoneInfo(cohort.zone)).date()
    ledger = ledger_of_cohort(person, cohort, today=today)
    seated = [line for line in districts_of(person, cohort) if line.seat is not None]
    return CohortPage(
        cohort=cohort,
        words=words_of(cohort.version),
        today=today,
        month=cohort.month_on(today),
        next=next_for_me(person, now=now),
        ahead=_ahead(person, cohort, today),
        columns=_columns(person, cohort, seated),
        districts=len(seated),
        figures=_figures(ledger),
        hand=[line for line in ledger.holders if line.flag],
    )


def _ahead(person: Person, cohort: Cohort, today: date) -> list[Ahead]:
    events = list(
        Event.objects.staffed_by(person)
        .filter(scope=cohort.scope_id, first_day__isnull=False, last_day__gte=today)
        .order_by("first_day", "pk")[:MOST_AHEAD]
    )
    states = Seat.objects.filter(event__in=events).values_list("event", "state")
    seats = Counter(states.order_by())
    return [_one_ahead(event, seats) for event in events if event.first_day]


def _one_ahead(event: Event, seats: Counter[tuple[int, str]]) -> Ahead:
    coming = seats[event.pk, SeatState.CONFIRMED]
    asked = coming + seats[event.pk, SeatState.HELD] + seats[event.pk, SeatState.RELEASED]
    place = event.place_words or _("no place yet")
    words = _("%(event)s, %(place)s.") % {"event": event, "place": place}
    if asked:
        said = _("%(coming)d of %(asked)d people are coming.")
        words += " " + said % {"coming": coming, "asked": asked}
    assert event.first_day is not None  # noqa: S101 - filtered
    return Ahead(
        event.first_day, event.last_day, words, reverse("convenings:overview", args=[event.ref])
    )


def _columns(person: Person, cohort: Cohort, seated: Sequence[DistrictLine]) -> list[Column]:
    teams = {
        team.engagement_id: team
        for team in Team.objects.visible_to(person).filter(engagement__cohort=cohort).live()
    }
    challenges = {
        challenge.owner_scope_id: challenge
        for challenge in Challenge.objects.filter(
            owner_scope__in=[team.scope_id for team in teams.values()], is_priority=True
        ).exclude(state__in=["closed", "replaced"])
    }
    found: dict[Standing, list[DistrictLine]] = defaultdict(list)
    for line in seated:
        team = teams.get(line.engagement.pk)
        found[_standing(team, challenges.get(team.scope_id) if team else None)].append(line)
    return [Column(standing, found[standing]) for standing in Standing if found[standing]]


def _standing(team: Team | None, challenge: Challenge | None) -> Standing:
    if team is None or team.state != TeamState.ACTIVE:
        return Standing.NO_TEAM
    if challenge is None:
        return Standing.LOOKING
    return Standing.DRAFTING if challenge.state == "draft" else Standing.CHOSEN


def _figures(ledger: CohortLedger) -> list[Figure]:
    promised = [
        Figure(
            line.title, line.delivered, _("of %(n)s") % {"n": line.granted},
            _("%(unit)s delivered; %(n)s more booked") % {"unit": line.unit_words, "n": line.scheduled},
        )
        for _promise, line in ledger.promises
    ]  # fmt: skip
    asked = [
        Figure(
            line.title,
            line.delivered,
            "",
            _("%(unit)s on request, delivered so far") % {"unit": line.unit_words},
        )
        for _promise, line in ledger.on_request
    ]
    return [*promised, *asked][:4]
