"""Every date of a cohort, computed from its first day. Civil dates; times and zones come last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property

from throughline.core.blueprint.amounts import OPEN, Amount
from throughline.core.blueprint.faults import Place
from throughline.core.blueprint.moments import Moment, Span
from throughline.core.blueprint.phrases import MONTHS
from throughline.core.blueprint.tables import Dated, Table
from throughline.core.blueprint.whole import Whole
from throughline.programs.almanac import Almanac, on_weekday
from throughline.programs.blueprint import CalendarSettings, ProgramSection
from throughline.programs.series import Series

MOST_STEPS = 60
"""Days, or weeks, that an event may be moved before the calendar gives up."""
MOST_DATES = 400
"""Dates of one series."""
MOST_IN_ALL = 4000
"""Dates of all series."""
FARTHEST = 50
"""Anchors that may lead to one another before the start is reached."""


class NoCalendar(ValueError):  # noqa: N818 - a file, not an accident
    """The calendar cannot be computed. ``place``, or else ``moment``, is to blame."""

    def __init__(self, expected: str, got: str, place: Place = ("program",)) -> None:
        super().__init__(f"expected {expected}, got {got}")
        self.expected, self.got, self.place = expected, got, place
        self.moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A date of the plan. ``number`` counts within a series, from 1; elsewhere it is 0.

    ``key`` is what moments call it: ``series.network``, ``stage.review.closes``, ``phase.see``.
    """

    key: str
    number: int
    title: str
    begins_on: date
    ends_on: date
    zone: str
    time: time | None = None
    half_days: int | None = None
    minutes: int | None = None
    moved_because: str = ""
    window_ends_on: date | None = None
    is_period: bool = False
    """One of these falls on any day between the two: a wanted rhythm."""


def compute(whole: Whole, starts_on: date) -> list[Planned]:
    """Return the plan of a cohort that starts on this day, in order of time.

    Raises
    ------
    NoCalendar
        A circle, a moment without a date, or an event for which no day is open.
    """
    plan = _Plan(whole, starts_on)
    rows = [
        Planned("start", 0, "Start", plan.start, plan.start, plan.settings.zone),
        Planned("end", 0, "Last day", plan.end, plan.end, plan.settings.zone),
    ]
    for place, table in whole.tables(Table):
        rows.extend(plan.dated(place, table))
    for key in plan.series:
        rows.extend(plan.dates(key))
    return sorted(rows, key=lambda row: (row.begins_on, row.key, row.number))


def series_of(whole: Whole) -> dict[str, tuple[Place, Series]]:
    """Return every series of the file by its key, wherever it stands."""
    return {series_key(place): (place, series) for place, series in whole.tables(Series)}


def series_key(place: Place) -> str:
    """Return the key of the series that stands at this place."""
    return str(place[-2] if place[-1] in {"series", "cadence"} else place[-1])


def date_key(dated: Dated, place: Place, number: int) -> str:
    """Return what a date of a table is called in the calendar; ``number`` counts from 0."""
    if len(dated.names) == 2:
        return dated.names[0].rpartition(".")[0]
    if dated.names:
        return dated.names[0]
    return f"report.{place[-1]}.{number + 1}" if "reports" in place else str(place[-1])


class _Plan:
    """One computation. Anchors are followed on demand, so a circle shows itself."""

    def __init__(self, whole: Whole, start: date) -> None:
        program = whole.section("program", ProgramSection)
        if program is None or not isinstance(program.length, Span):
            raise NoCalendar(
                "a length before dates are computed", f'"{OPEN}"', ("program", "length")
            )
        self.whole, self.start = whole, start
        self.settings: CalendarSettings = program.calendar
        self.almanac = Almanac(self.settings)
        self.series = series_of(whole)
        self.end = self._step(start, program.length) - timedelta(1)
        self._following: list[str] = []
        self._made: dict[str, list[Planned]] = {}

    @cached_property
    def anchors(self) -> Mapping[str, tuple[Moment, bool]]:
        """Moments that have names, and whether they are deadlines."""
        found: dict[str, tuple[Moment, bool]] = {}
        for _, table in self.whole.tables(Table):
            for dated in table.dated():
                for name, moment in zip(dated.names, (dated.begins, dated.ends), strict=False):
                    found[name] = (moment or dated.begins, dated.is_deadline)
        return found

    def dated(self, place: Place, table: Table) -> Iterator[Planned]:
        for number, dated in enumerate(table.dated()):
            begins = self._due(dated.begins) if dated.is_deadline else self.at(dated.begins)
            ends = self.at(dated.ends) if dated.ends else begins
            if ends < begins:
                raise NoCalendar("an end on or after its begin", f"{begins} to {ends}", place)
            yield Planned(
                key=date_key(dated, place, number),
                number=0,
                title=dated.called,
                begins_on=begins,
                ends_on=ends,
                zone=self.settings.zone,
                time=time.fromisoformat(dated.time) if dated.time else None,
            )

    def at(self, moment: Moment) -> date:
        """Return the day of a moment."""
        if moment.anchor in self._following:
            raise NoCalendar(
                "moments that lead to the start", f'"{moment.anchor}", which depends on itself'
            )
        if len(self._following) >= FARTHEST:
            raise NoCalendar(f"at most {FARTHEST} moments that lead to one another", "more")
        self._following.append(moment.anchor)
        try:
            day = self._anchor(moment.anchor)
            for step in moment.steps:
                day = self._step(day, step.span, step.sign)
        except NoCalendar as error:
            error.moment = error.moment or moment
            raise
        self._following.pop()
        return day

    def _anchor(self, name: str) -> date:
        if name in {"start", "end"}:
            return self.start if name == "start" else self.end
        if name in self.anchors:
            moment, is_deadline = self.anchors[name]
            return self._due(moment) if is_deadline else self.at(moment)
        parts = name.split(".")
        if parts[0] != "series" or len(parts) != 3 or parts[1] not in self.series:
            raise NoCalendar("a moment of this program", f'"{name}"')
        dates = self.dates(parts[1])
        number = len(dates) if parts[2] == "last" else int(parts[2]) if parts[2].isdigit() else 0
        if not 0 < number <= len(dates):
            raise NoCalendar(f"one of the {len(dates)} dates of series.{parts[1]}", f'"{name}"')
        return dates[number - 1].begins_on

    def _due(self, moment: Moment) -> date:
        """A deadline: never on a day when nobody answers."""
        day = self.at(moment)
        return day if self.settings.roll == "none" else self.almanac.next_open(day)

    def _step(self, day: date, span: Span, sign: int = 1) -> date:
        try:
            return self.almanac.step(day, span, sign)
        except ValueError as error:
            raise NoCalendar(
                "dates between the years 1 and 9999, and spans of at most 500 working days",
                str(span),
            ) from error

    def dates(self, key: str) -> list[Planned]:
        """Return the dates of a series."""
        if key not in self._made:
            place, series = self.series[key]
            if series.at:
                rows = [
                    self._placed(key, number, self.at(moment))
                    for number, moment in enumerate(series.at, 1)
                ]
            elif isinstance(series.every, Span):
                rows = self._repeated(key, series.every, place)
            else:
                rows = []
            self._made[key] = self._as_periods(series, rows) if series.is_rhythm else rows
            if sum(map(len, self._made.values())) > MOST_IN_ALL:
                raise NoCalendar(f"at most {MOST_IN_ALL} dates in all", "more", place)
        return self._made[key]

    def _repeated(self, key: str, every: Span, place: Place) -> list[Planned]:
        _, series = self.series[key]
        first, until = self.at(series.first), self.at(series.until)
        wanted = series.count if isinstance(series.count, int) else None
        rows: list[Planned] = []
        for turn in range(MOST_DATES * 2):
            day = self._step(first, Span(every.number * turn, every.unit))
            if len(rows) == wanted or (day > until and not (series.on and " " in series.on)):
                break
            if MONTHS[day.month - 1] in series.skip or self._wanted(series, day) < first:
                continue
            row = self._placed(key, len(rows) + 1, day)
            if row.begins_on > until:
                break
            rows.append(row)
            if len(rows) > MOST_DATES:
                raise NoCalendar(f"at most {MOST_DATES} dates", "more", (*place, "every"))
        if isinstance(series.count, int) and len(rows) < series.count:
            raise NoCalendar(
                f"{series.count} dates before {until}", f"room for {len(rows)}", (*place, "count")
            )
        return rows

    def _wanted(self, series: Series, day: date) -> date:
        return on_weekday(day, series.on) if series.on else day

    def _placed(self, key: str, number: int, day: date) -> Planned:
        place, series = self.series[key]
        length = series.length if isinstance(series.length, Amount) else None
        half_days = length.half_days if length else None
        late = series.begins == "afternoon"
        days = max(1, ((half_days or 1) + late + 1) // 2)
        wanted = self._wanted(series, day)
        found = self._open(series, wanted, days, (*place, "on") if series.on else place, number)
        return Planned(
            key=f"series.{key}",
            number=number,
            title=series.title,
            begins_on=found,
            ends_on=found + timedelta(days - 1),
            zone=self.settings.zone if series.zone == "host" else series.zone,
            time=time.fromisoformat(series.time) if series.time else None,
            half_days=half_days,
            minutes=length.minutes if length else None,
            moved_because=self._moved(wanted, found, days),
            window_ends_on=self._step(day, series.window) if series.window else None,
        )

    def _moved(self, wanted: date, found: date, days: int) -> str:
        if wanted == found:
            return ""
        reasons = (self.almanac.closed(wanted + timedelta(day)) for day in range(days))
        reason = next(filter(None, reasons), "")
        return f"moved from {wanted.day} {MONTHS[wanted.month - 1]}, {reason}"

    def _open(self, series: Series, wanted: date, days: int, place: Place, number: int) -> date:
        """Roll to a day from which all days of the event are open."""
        roll = series.roll or self.settings.roll
        if roll == "none" or series.mode == ("asynchronous",):
            return wanted
        signs = {"next": (1,), "previous": (-1,), "nearest": (1, -1)}[roll]
        for far in range(MOST_STEPS):
            for sign in signs:
                day = self._step(wanted, Span(far * (7 if series.on else 1), "day"), sign)
                if all(self.almanac.is_open(day + timedelta(ahead)) for ahead in range(days)):
                    return day
        weekday = f" begin on a {series.on.rpartition(' ')[2]}" if series.on else ""
        raise NoCalendar(
            f"{days} open days in a row for date {number} of this series",
            f"none that{weekday or ' follow'} after {wanted}",
            place,
        )

    def _as_periods(self, series: Series, rows: list[Planned]) -> list[Planned]:
        """A wanted rhythm asks for one in each period; people find the day."""
        until = self.at(series.until)
        every = series.every if isinstance(series.every, Span) else Span(1, "month")
        return [
            replace(
                row,
                ends_on=max(
                    row.begins_on, min(self._step(row.begins_on, every) - timedelta(1), until)
                ),
                is_period=True,
            )
            for row in rows
        ]
