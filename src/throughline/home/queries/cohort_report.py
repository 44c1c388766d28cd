"""One page about a cohort: who came, how many hours were given, who needs a hand, and of how many.

It counts what the host delivers to districts and their people. Nothing in it is about students.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from throughline.convenings.enums import SeatState
from throughline.convenings.models import SeatBlock
from throughline.core.todo import ToDo
from throughline.home.queries.attention import calls_to_make, seated_in, teams_of
from throughline.home.queries.periods import Period, periods_of
from throughline.ledger.enums import EntryKind, RuleList, Unit
from throughline.ledger.models import Entry
from throughline.ledger.queries import Line, promise_lines, read_of, standing_page
from throughline.ledger.rules import in_words
from throughline.ledger.standing import State
from throughline.meetings.enums import THERE, OccasionState
from throughline.meetings.models import Attendance
from throughline.people.models import Person
from throughline.programs.models import Cohort, DistrictEngagement

Given = dict[int | None, dict[tuple[str, str], int]]
"""What was delivered, by district, then by promise and unit."""


@dataclass(frozen=True, slots=True)
class Came:
    """Half-days that people were there, of those that were held for them.

    ``said_yes`` counts those to which they had said yes, ``kept`` those of them to which they came.
    """

    people: int = 0
    held: int = 0
    said_yes: int = 0
    kept: int = 0
    there: int = 0

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down; nothing where nothing was held."""
        return self.there * 100 // self.held if self.held else None

    def __add__(self, other: Came) -> Came:
        return Came(
            self.people + other.people,
            self.held + other.held,
            self.said_yes + other.said_yes,
            self.kept + other.kept,
            self.there + other.there,
        )

    @property
    def words(self) -> str:
        """Say it with the number it stands on."""
        if self.percent is None:
            return _("nothing held yet")
        return _("%(percent)d%%, %(there)d of %(held)d half-days, n = %(people)d people") % {
            "percent": self.percent,
            "there": self.there,
            "held": self.held,
            "people": self.people,
        }


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """What one district had in the period."""

    district: str
    came: Came
    minutes: int

    @property
    def hours(self) -> str:
        return in_words(self.minutes, Unit.MINUTES)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise: what of it was delivered in the period, and so far."""

    line: Line
    in_period: int

    @property
    def in_period_words(self) -> str:
        return in_words(self.in_period, self.line.unit)

    @property
    def so_far_words(self) -> str:
        return in_words(self.line.sums.delivered, self.line.unit)

    @property
    def promised_words(self) -> str:
        if not self.line.has_number:
            return _("on request")
        return in_words(self.line.sums.granted, self.line.unit)


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who needs a hand, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class CohortReport:
    """The report of one cohort for one period."""

    cohort: Cohort
    today: date
    period: Period
    periods: Sequence[Period]
    lines: Sequence[DistrictLine]
    promises: Sequence[PromiseLine]
    hands: Sequence[Hand]

    @property
    def came(self) -> Came:
        """All districts together."""
        return sum((one.came for one in self.lines), Came())

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.lines)

    @property
    def hours(self) -> str:
        return in_words(self.minutes, Unit.MINUTES)


def cohort_report(
    person: Person, cohort: Cohort, *, period: str = "", now: datetime
) -> CohortReport:
    """Return the report. The same number of queries, however many districts and people."""
    today = now.astimezone(ZoneInfo(cohort.zone)).date()
    periods = periods_of(cohort, today)
    chosen = next((one for one in periods if str(one.number) == period), periods[0])
    seated = seated_in(person, [cohort.pk])
    came, given = _came(cohort, chosen), _given(cohort, chosen)
    return CohortReport(
        cohort=cohort,
        today=today,
        period=chosen,
        periods=periods,
        lines=[
            DistrictLine(str(one), came.get(one.pk, Came()), _minutes(given, one)) for one in seated
        ],
        promises=[
            PromiseLine(line, sum(of.get((line.key, line.unit), 0) for of in given.values()))
            for line in promise_lines(person, cohort, read_of(person, cohort))
        ],
        hands=_hands(person, cohort, seated, today),
    )


def _came(cohort: Cohort, period: Period) -> dict[int, Came]:
    """Return who came, by district. One query."""
    there = Attendance.objects.filter(
        occasion=OuterRef("block__occasion"), person=OuterRef("seat__person"), status__in=THERE
    )
    held = (
        SeatBlock.objects.filter(
            seat__event__scope=cohort.scope_id,
            seat__registration__engagement__isnull=False,
            block__occasion__state=OccasionState.HELD,
            block__occasion__day__range=(period.first, period.last),
        )
        .annotate(was_there=Exists(there))
        .order_by()
        .values_list("seat__registration__engagement")
        .annotate(
            people=Count("seat__person", distinct=True),
            held=Sum("block__counts_half_days"),
            yes=Sum(
                "block__counts_half_days", filter=Q(seat__state=SeatState.CONFIRMED), default=0
            ),
            kept=Sum(
                "block__counts_half_days",
                filter=Q(was_there=True, seat__state=SeatState.CONFIRMED),
                default=0,
            ),
            there=Sum("block__counts_half_days", filter=Q(was_there=True), default=0),
        )
    )
    return {district: Came(*numbers) for district, *numbers in held}


def _given(cohort: Cohort, period: Period) -> Given:
    """Return what was delivered in the period, by district, then by promise and unit. One query."""
    rows = (
        Entry.objects.standing()
        .filter(
            entitlement__promise__cohort=cohort,
            kind=EntryKind.DELIVERED,
            happened_on__range=(period.first, period.last),
        )
        .order_by()
        .values_list(
            "entitlement__engagement", "entitlement__promise__key", "entitlement__promise__unit"
        )
        .annotate(total=Sum("quantity"))
    )
    found: Given = defaultdict(dict)
    for district, key, unit, total in rows:
        found[district][key, unit] = total
    return found


def _minutes(given: Given, one: DistrictEngagement) -> int:
    own = given.get(one.pk, {})
    return sum(total for (_key, unit), total in own.items() if unit == Unit.MINUTES)


def _hands(
    person: Person, cohort: Cohort, seated: Sequence[DistrictEngagement], today: date
) -> list[Hand]:
    """Return whom to call and who is not in good standing, each with what is missing."""
    calls: list[ToDo] = calls_to_make({cohort.pk: cohort}, seated, teams_of(seated), today)
    found = [Hand(one.title, one.about) for one in calls]
    for which, lines in standing_page(person, cohort):
        if which != RuleList.GOOD_STANDING:
            continue
        found.extend(
            Hand(
                ", ".join(part for part in (str(one.person), one.district) if part),
                " ".join(one.verdict.missing),
            )
            for line in lines
            for one in line.people
            if one.verdict.state == State.UNMET
        )
    return found
