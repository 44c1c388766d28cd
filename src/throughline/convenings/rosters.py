"""What the pages of one event show: agenda, who comes, who is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughline.convenings.enums import SeatPart, SeatState
from throughline.convenings.models import Block, Event, Seat, SeatBlock, Session
from throughline.core.told import Told
from throughline.meetings.enums import THERE, Mark
from throughline.meetings.models import Attendance, Occasion
from throughline.programs.models import DistrictEngagement
from throughline.ui import spelling


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """A session with the moment at which it begins."""

    session: Session
    title: Told
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.session.minutes)


@dataclass(frozen=True, slots=True)
class AgendaHalf:
    """A half-day with its sessions."""

    block: Block
    parts: list[AgendaPart]


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """A day of the agenda."""

    day: date
    halves: list[AgendaHalf]


@dataclass(frozen=True, slots=True)
class Guest:
    """One line of who comes."""

    seat: Seat
    name: str
    district: str
    answer: str
    is_there: int
    is_marked: int

    @property
    def is_guest(self) -> bool:
        return self.seat.part == SeatPart.GUEST


@dataclass(frozen=True, slots=True)
class Tally:
    """How many come. Counts of adults who are named on the same page."""

    asked: int
    coming: int
    one_day: int
    not_coming: int
    no_reply: int
    guests: int


@dataclass(frozen=True, slots=True)
class DistrictReplies:
    """The answers of one district in a line, and whose answer is missing."""

    engagement: DistrictEngagement
    tally: Tally
    silent: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One line of the check-in list; ``tap`` goes with the next tap on it."""

    seat: Seat
    name: str
    district: str
    mark: Attendance | None
    is_expected: bool
    tap: UUID

    @property
    def is_here(self) -> bool:
        return self.mark is not None and self.mark.status in THERE

    @property
    def undo(self) -> str:
        """What an undo writes."""
        return Mark.ABSENT


def agenda_of(event: Event) -> list[AgendaDay]:
    """Return the agenda by day and half-day. Two queries."""
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in event.sessions.all():
        sessions[session.block_id].append(session)
    days: dict[date, list[AgendaHalf]] = {}
    for block in event.blocks.select_related("occasion"):
        half = AgendaHalf(block, _parts(event, block, sessions[block.pk]))
        days.setdefault(block.occasion.day, []).append(half)
    return [AgendaDay(day, halves) for day, halves in days.items()]


def _parts(event: Event, block: Block, sessions: list[Session]) -> list[AgendaPart]:
    moment, parts = block.occasion.starts_at, []
    for session in sessions:
        parts.append(AgendaPart(session, session.called_in(event), moment))
        moment += timedelta(minutes=session.minutes)
    return parts


def next_half_day(agenda: list[AgendaDay], now: datetime) -> Block | None:
    """Return the half-day whose desk is wanted: the first that is not over, else the last."""
    blocks = [half.block for day in agenda for half in day.halves]
    to_come = [block for block in blocks if block.occasion.ends_at > now]
    return next(iter(to_come or blocks[-1:]), None)


def occasions_of(event: Event) -> QuerySet[Occasion]:
    """Return the half-days of an event that its reader may see, as times."""
    return Occasion.objects.filter(block__event=event)


def guests_of(event: Event) -> list[Guest]:
    """Return everybody who was asked, by district and name. Three queries."""
    seats = list(
        event.seats.select_related("person", "registration__engagement__district").order_by(
            "registration__engagement__district__name", "person__full_name", "pk"
        )
    )
    half_days: dict[int, list[SeatBlock]] = defaultdict(list)
    for half_day in SeatBlock.objects.filter(seat__event=event).select_related("block__occasion"):
        half_days[half_day.seat_id].append(half_day)
    marks: dict[int, list[str]] = defaultdict(list)
    for person, status in Attendance.objects.filter(occasion__block__event=event).values_list(
        "person", "status"
    ):
        marks[person].append(status)
    return [_guest(seat, half_days[seat.pk], marks[seat.person_id]) for seat in seats]


def _guest(seat: Seat, half_days: list[SeatBlock], marks: list[str]) -> Guest:
    return Guest(
        seat=seat,
        name=str(seat.person),
        district=district_of(seat),
        answer=answer_of(seat, half_days),
        is_there=sum(status in THERE for status in marks),
        is_marked=len(marks),
    )


def district_of(seat: Seat) -> str:
    """Return the district through which somebody comes."""
    engagement = seat.registration.engagement
    return str(engagement) if engagement else ""


def answer_of(seat: Seat, half_days: list[SeatBlock]) -> str:
    """Return a seat's answer in words: "Coming", "Fri, Dec 4 only", "Not coming", "No reply"."""
    if seat.state != SeatState.CONFIRMED or all(one.is_expected for one in half_days):
        return str(SeatState(seat.state).label)
    days = sorted({one.block.occasion.day for one in half_days if one.is_expected})
    return _("%(day)s only") % {"day": ", ".join(spelling.day(day) for day in days)}


def tally_of(guests: list[Guest]) -> Tally:
    """Count the answers of a list."""
    coming = [one for one in guests if one.seat.state == SeatState.CONFIRMED]
    whole = str(SeatState.CONFIRMED.label)
    return Tally(
        asked=len(guests),
        coming=len(coming),
        one_day=sum(one.answer != whole for one in coming),
        not_coming=sum(one.seat.state == SeatState.RELEASED for one in guests),
        no_reply=sum(one.seat.state == SeatState.HELD for one in guests),
        guests=sum(one.is_guest for one in guests),
    )


def replies_of(
    guests: list[Guest], districts: Iterable[DistrictEngagement]
) -> list[DistrictReplies]:
    """Return a line for each of these districts, also where nobody has a seat yet."""
    by_district: dict[int, list[Guest]] = defaultdict(list)
    for guest in guests:
        by_district[guest.seat.registration.engagement_id or 0].append(guest)
    return [
        DistrictReplies(one, tally_of(by_district[one.pk]), _silent(by_district[one.pk]))
        for one in districts
    ]


def _silent(guests: list[Guest]) -> str:
    return ", ".join(one.name for one in guests if one.seat.state == SeatState.HELD)


def arrivals_of(block: Block) -> list[Arrival]:
    """Return the check-in list of a half-day by name: who said no is not on it. Two queries."""
    marks = {mark.person_id: mark for mark in Attendance.objects.filter(occasion=block.occasion_id)}
    half_days = (
        block.places.exclude(seat__state=SeatState.RELEASED)
        .select_related("seat__person", "seat__registration__engagement__district")
        .order_by("seat__person__full_name", "pk")
    )
    return [
        Arrival(
            seat=one.seat,
            name=str(one.seat.person),
            district=district_of(one.seat),
            mark=marks.get(one.seat.person_id),
            is_expected=one.is_expected,
            tap=uuid4(),
        )
        for one in half_days
    ]
