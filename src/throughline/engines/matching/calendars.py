"""What is asked of a calendar of recurring sessions, and what comes back.

Everybody's hours are those of the clock on the wall where they are; sessions are moments, in UTC,
and last whole minutes. The first party of a series leads it: weeks, days and starts that people
remember are read off that wall.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from throughline.engines.matching.problems import Certificate, InvalidProblem
from throughline.engines.matching.working import Made

MIDNIGHT = time(0, 0)
DAY_MINUTES = 24 * 60

Complaint: TypeAlias = tuple[str, object, str]
Reason = Literal["no common window", "too near its own", "others have the time"]


@dataclass(frozen=True, slots=True)
class Hours:
    """Free every week on this day (0 Monday to 6 Sunday), between two times on the wall.

    An end that is not after the beginning is meant on the next day: 22:00 to 02:00, or to 00:00.
    """

    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Blackout:
    """Not free from one day to another, both included: whole days, or between times of each."""

    first_on: date
    last_on: date
    begins: time = MIDNIGHT
    ends: time = MIDNIGHT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, or a team, who takes part; lives by the clock of an IANA zone."""

    key: str
    zone: str
    hours: tuple[Hours, ...]
    blackouts: tuple[Blackout, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A month, say: a session of it begins on one of these days, on the wall of who leads it."""

    key: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Series:
    """One session in each period, for all of these parties together; the first one leads.

    No ``periods`` means every period of the problem.
    """

    key: str
    parties: tuple[str, ...]
    minutes: int
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Booking:
    """One session of a series, and when it begins."""

    series: str
    period: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """Find times for series of sessions.

    Between two sessions of one party lie at least ``buffer_minutes``; between the days of two
    sessions of one series at least ``gap_days``. Starts are multiples of ``step_minutes`` after
    midnight on the wall of who leads. What is ``pinned`` a person has settled: it stays, whatever
    hours and blackouts say.

    Raises
    ------
    InvalidProblem
        Keys repeat or are unknown, a zone does not exist, periods overlap, or a number is out of
        range.
    """

    parties: tuple[Party, ...]
    periods: tuple[Period, ...]
    series: tuple[Series, ...]
    buffer_minutes: int = 15
    gap_days: int = 14
    step_minutes: int = 30
    pinned: tuple[Booking, ...] = ()

    def __post_init__(self) -> None:
        for path, got, expected in self._complaints():
            raise InvalidProblem(path, got, expected)

    def _complaints(self) -> Iterator[Complaint]:
        yield from _repeated("parties", [one.key for one in self.parties])
        yield from _repeated("periods", [one.key for one in self.periods])
        yield from _repeated("series", [one.key for one in self.series])
        for place, party in enumerate(self.parties):
            yield from _about_party(f"parties.{place}", party)
        yield from _about_periods(self.periods)
        for place, series in enumerate(self.series):
            yield from self._about_series(f"series.{place}", series)
        for name, number in (("buffer_minutes", self.buffer_minutes), ("gap_days", self.gap_days)):
            if number < 0:
                yield name, number, "0 or more"
        if self.step_minutes < 1 or DAY_MINUTES % self.step_minutes:
            yield "step_minutes", self.step_minutes, "minutes that divide a day"
        yield from self._about_pins()

    def _about_series(self, path: str, series: Series) -> Iterator[Complaint]:
        known = {one.key for one in self.parties}
        if not series.parties:
            yield f"{path}.parties", series.parties, "at least one party"
        for one in series.parties:
            if one not in known:
                yield f"{path}.parties", one, "a key of a party"
        yield from _repeated(f"{path}.parties", series.parties, name="")
        if series.minutes < 1:
            yield f"{path}.minutes", series.minutes, "1 or more"
        periods = {one.key for one in self.periods}
        for one in series.periods:
            if one not in periods:
                yield f"{path}.periods", one, "a key of a period"
        yield from _repeated(f"{path}.periods", series.periods, name="")

    def _about_pins(self) -> Iterator[Complaint]:
        wanted = {(one.key, period) for one in self.series for period in periods_of(self, one)}
        pinned: set[tuple[str, str]] = set()
        for place, pin in enumerate(self.pinned):
            session = (pin.series, pin.period)
            if session not in wanted:
                yield f"pinned.{place}", session, "a session that is asked for"
            if session in pinned:
                yield f"pinned.{place}", session, "a session that is pinned once"
            pinned.add(session)
            if pin.starts_at.tzinfo is None:
                yield f"pinned.{place}.starts_at", pin.starts_at, "a time with its zone"
            elif session in wanted and not self._is_inside(pin):
                yield f"pinned.{place}.starts_at", pin.starts_at, f"a day of {pin.period}"

    def _is_inside(self, pin: Booking) -> bool:
        """Whether a session begins in its period, on the wall of who leads it."""
        leader = next(one.parties[0] for one in self.series if one.key == pin.series)
        zone = next(one.zone for one in self.parties if one.key == leader)
        period = next(one for one in self.periods if one.key == pin.period)
        on = pin.starts_at.astimezone(ZoneInfo(zone)).date()
        return period.first_on <= on <= period.last_on


def periods_of(problem: Calendar, series: Series) -> tuple[str, ...]:
    """Return the periods in which this series has a session, in their order."""
    every = tuple(one.key for one in problem.periods)
    return tuple(one for one in every if one in series.periods) if series.periods else every


def _repeated(
    path: str, keys: tuple[str, ...] | list[str], name: str = ".key"
) -> Iterator[Complaint]:
    known: set[str] = set()
    for place, key in enumerate(keys):
        if key in known:
            yield f"{path}.{place}{name}", key, "a key that is used once"
        known.add(key)


def _about_party(path: str, party: Party) -> Iterator[Complaint]:
    try:
        ZoneInfo(party.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield f"{path}.zone", party.zone, "a zone such as America/Phoenix"
    for place, hours in enumerate(party.hours):
        if not 0 <= hours.weekday <= 6:
            yield f"{path}.hours.{place}.weekday", hours.weekday, "0 (Monday) to 6 (Sunday)"
        yield from _about_times(f"{path}.hours.{place}", hours)
    for place, blackout in enumerate(party.blackouts):
        if blackout.last_on < blackout.first_on:
            yield f"{path}.blackouts.{place}.last_on", blackout.last_on, "not before its first day"
        yield from _about_times(f"{path}.blackouts.{place}", blackout)


def _about_times(path: str, one: Hours | Blackout) -> Iterator[Complaint]:
    for name, at in (("begins", one.begins), ("ends", one.ends)):
        if at.second or at.microsecond or at.tzinfo is not None:
            yield f"{path}.{name}", at, "hours and minutes on the wall"
    if one.begins == one.ends != MIDNIGHT:
        yield f"{path}.ends", one.ends, "another time than its beginning"


def _about_periods(periods: tuple[Period, ...]) -> Iterator[Complaint]:
    before: date | None = None
    for place, period in enumerate(periods):
        if period.last_on < period.first_on:
            yield f"periods.{place}.last_on", period.last_on, "not before its first day"
        if before is not None and period.first_on <= before:
            yield f"periods.{place}.first_on", period.first_on, "after the period before it"
        before = period.last_on


def months(first_on: date, many: int) -> tuple[Period, ...]:
    """Return so many calendar months, the first from this day on; keys are "2026-09".

    Examples
    --------
    >>> [(one.key, one.last_on.day) for one in months(date(2027, 1, 11), 2)]
    [('2027-01', 31), ('2027-02', 28)]
    """
    found, begins = [], first_on
    for _month in range(many):
        after = (begins.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append(Period(f"{begins:%Y-%m}", begins, after - timedelta(days=1)))
        begins = after
    return tuple(found)


def minute_of(at: datetime) -> int:
    """Return a moment as whole UTC minutes since 1970."""
    return int(at.timestamp()) // 60


def moment(minute: int) -> datetime:
    """Return whole UTC minutes since 1970 as a moment."""
    return datetime.fromtimestamp(minute * 60, UTC)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What people remember of a series: the third Tuesday at 10:00, on the wall of who leads.

    ``week`` is 1 to 5: in the month, or in the period where periods are shorter than 28 days.
    ``kept`` sessions keep to it.
    """

    series: str
    week: int
    weekday: int
    begins: time
    kept: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A session that has no time, and why."""

    series: str
    period: str
    reason: Reason

    @property
    def sentence(self) -> str:
        """Say so in words."""
        return f"{self.series}: {self.reason} in {self.period}"


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """When sessions are, in the order of the problem.

    The certificate counts sessions: those that have a time, and the most that could have one.
    """

    bookings: tuple[Booking, ...]
    skipped: tuple[Skipped, ...]
    rhythms: tuple[Rhythm, ...]
    certificate: Certificate
    made: Made | None = None
