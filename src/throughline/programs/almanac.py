"""Open and closed days of one program, and steps along the calendar."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from throughline.core.blueprint.moments import Span
from throughline.core.blueprint.phrases import DAYS
from throughline.programs.blueprint import CalendarSettings
from throughline.programs.federal import SINCE, federal_holidays

FARTHEST = 500
"""Working days that one span may count; more is written in months."""

NTH = {"1st": 0, "2nd": 1, "3rd": 2, "4th": 3, "last": -1}


class UnknownHolidays(ValueError):  # noqa: N818 - a code, not an accident
    """No country or part of one has this code."""


@lru_cache(maxsize=256)
def holidays_of(code: str, year: int) -> Mapping[date, str]:
    """Return the public holidays of ``US`` or ``US-GA`` in one year, observed days included.

    Raises
    ------
    UnknownHolidays
        There is no such country or part of it.
    """
    if code == "US" and SINCE <= year < date.max.year:
        return federal_holidays(year)
    from holidays import country_holidays  # noqa: PLC0415 - slow import

    country, _, part = code.partition("-")
    try:
        return dict(country_holidays(country, subdiv=part or None, years=year, language="en_US"))
    except NotImplementedError as error:
        raise UnknownHolidays(code) from error


@dataclass(frozen=True)
class Almanac:
    """Which days are open: working days without public holidays and hard breaks."""

    settings: CalendarSettings
    _closed: dict[date, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def working(self) -> frozenset[int]:
        """Weekdays on which people answer; Monday is 0."""
        return frozenset(DAYS.index(day) for day in self.settings.working_days)

    def closed(self, day: date) -> str:
        """Return why the day is closed, or nothing."""
        if day not in self._closed:
            self._closed[day] = self._reason(day)
        return self._closed[day]

    def _reason(self, day: date) -> str:
        for code in self.settings.holidays:
            if name := holidays_of(code, day.year).get(day):
                return f"holiday: {name}"
        at = f"{day:%m-%d}"
        for pause in self.settings.blackouts:
            if pause.hard and _lies(pause.begins, at, pause.ends):
                return pause.why
        return "" if day.weekday() in self.working else "not a working day"

    def is_open(self, day: date) -> bool:
        """Return whether people answer and events take place."""
        return not self.closed(day)

    def next_open(self, day: date) -> date:
        """Return this day, or the next open one within a year."""
        for ahead in range(366):
            if self.is_open(day + timedelta(ahead)):
                return day + timedelta(ahead)
        return day

    def step(self, day: date, span: Span, sign: int = 1) -> date:
        """Go a span forward or back.

        Months keep the day number, or take the last day of a shorter month. Only open days count
        as working days.

        Raises
        ------
        ValueError
            It leads out of the calendar, or counts too many working days.
        """
        count = span.number * sign
        if span.unit in {"month", "year"}:
            return add_months(day, count * (12 if span.unit == "year" else 1))
        if span.unit != "working day":
            return _days_on(day, count * (7 if span.unit == "week" else 1))
        if span.number > FARTHEST:
            raise ValueError(f"at most {FARTHEST} working days")
        for _ in range(span.number):
            day = _days_on(day, sign)
            for _ in range(366):
                if self.is_open(day):
                    break
                day = _days_on(day, sign)
        return day


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, or its last one.

    Raises
    ------
    ValueError
        The year is not between 1 and 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ValueError("the calendar ends before that")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def on_weekday(day: date, wanted: str) -> date:
    """Return the wanted weekday: "Thursday" on or after the day, "2nd Tuesday" of its month."""
    nth, _, name = wanted.rpartition(" ")
    weekday = DAYS.index(name)
    if not nth:
        return _days_on(day, (weekday - day.weekday()) % 7)
    days = [
        date(day.year, day.month, number)
        for number in range(1, calendar.monthrange(day.year, day.month)[1] + 1)
        if date(day.year, day.month, number).weekday() == weekday
    ]
    return days[NTH[nth]]


def _days_on(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError as error:
        raise ValueError("the calendar ends before that") from error


def _lies(begins: str, day: str, ends: str) -> bool:
    return begins <= day <= ends if begins <= ends else day >= begins or day <= ends
