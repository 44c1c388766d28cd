"""Write the calendar of a cohort as lines, as JSON, or as a file that calendars import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.core.blueprint.speech import capital
from throughline.learning.blueprint import LearningSection
from throughline.learning.weeks import CourseWeek, weeks_of
from throughline.programs.blueprint import ProgramSection
from throughline.programs.blueprints import Blueprint
from throughline.programs.calendar import Planned

FLOATING = frozenset({"event", "learner", "participant"})
"""Zones that only an event or a learner knows: the time is written without one."""


def weeks(
    blueprint: Blueprint, starts_on: date, zone: str | None, paused_after: Sequence[int]
) -> list[CourseWeek]:
    """Return the weeks of a course, for a learner in this zone or in the host's."""
    course = blueprint.section("learning", LearningSection)
    home = blueprint.section("program", ProgramSection).calendar.zone
    return weeks_of(course, starts_on, zone=zone or home, paused_after=paused_after)


def as_text(
    blueprint: Blueprint, plan: Sequence[Planned], weeks: Sequence[CourseWeek]
) -> Iterator[str]:
    """Yield one line a date: when, what, and why it moved."""
    for row in plan:
        last = f" - {row.ends_on} {row.ends_on:%a}" if row.ends_on != row.begins_on else ""
        clock = f" {row.time:%H:%M}" if row.time else ""
        window = f"; any day to {row.window_ends_on}" if row.window_ends_on else ""
        period = "; any day of this period" if row.is_period else ""
        moved = f" ({row.moved_because})" if row.moved_because else ""
        title = _title(blueprint, row)
        yield f"{row.begins_on} {row.begins_on:%a}{last}{clock}  {title}{moved}{window}{period}"
    for week in weeks:
        opens, closes = week.opens_at, week.closes_at
        yield (
            f"week {week.number:2}: {opens:%Y-%m-%d %a %H:%M} - {closes:%Y-%m-%d %a %H:%M %Z} "
            f"(opens {opens.astimezone(UTC):%Y-%m-%d %H:%M} UTC)  "
            f"{capital(blueprint.speech.fill(week.title))}"
        )


def as_json(
    blueprint: Blueprint,
    starts_on: date,
    plan: Sequence[Planned],
    weeks: Sequence[CourseWeek],
) -> dict[str, object]:
    """Return every date and week, days and times as text."""
    return {
        "key": blueprint.about.key,
        "version": blueprint.about.version,
        "start": starts_on.isoformat(),
        "dates": [_row(blueprint, row) for row in plan],
        "weeks": [
            {
                "number": week.number,
                "title": capital(blueprint.speech.fill(week.title)),
                "type": week.type,
                "phase": week.phase,
                "opens_at": week.opens_at.isoformat(),
                "closes_at": week.closes_at.isoformat(),
            }
            for week in weeks
        ],
    }


def _row(blueprint: Blueprint, row: Planned) -> dict[str, object]:
    return {
        "key": row.key,
        "number": row.number,
        "title": _title(blueprint, row),
        "begins_on": row.begins_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "time": f"{row.time:%H:%M}" if row.time else None,
        "zone": row.zone,
        "half_days": row.half_days,
        "minutes": row.minutes,
        "moved_because": row.moved_because or None,
        "window_ends_on": row.window_ends_on.isoformat() if row.window_ends_on else None,
        "any_day": row.is_period,
    }


def as_ics(blueprint: Blueprint, starts_on: date, plan: Sequence[Planned]) -> str:
    """Return an iCalendar file. The same file and start give the same bytes."""
    from icalendar import Calendar, Event  # slow import

    calendar = Calendar()
    calendar.add("prodid", "-//Throughline//Blueprint//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", blueprint.about.name)
    for row in plan:
        event = Event()
        event.add("uid", f"{row.key}.{row.number}.{starts_on}@{blueprint.about.key}.blueprint")
        event.add("dtstamp", datetime.combine(starts_on, time(0), UTC))
        event.add("summary", _title(blueprint, row))
        if row.moved_because:
            event.add("description", capital(row.moved_because))
        _add_times(event.add, row)
        if row.is_period or row.key.startswith("phase."):
            event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    days = [row.begins_on for row in plan]
    year = timedelta(366)  # zones need a change of the clock before and after
    calendar.add_missing_timezones(first_date=min(days) - year, last_date=max(days) + year)
    return str(calendar.to_ical().decode())


def _add_times(add: object, row: Planned) -> None:
    assert callable(add)  # noqa: S101 - the library gives its method no type
    if row.time is None or row.ends_on != row.begins_on:
        add("dtstart", row.begins_on)
        add("dtend", row.ends_on + timedelta(1))
        return
    zone = None if row.zone in FLOATING else ZoneInfo(row.zone)
    begins = datetime.combine(row.begins_on, row.time, zone)
    add("dtstart", begins)
    if row.minutes:
        add("dtend", begins + timedelta(minutes=row.minutes))


def _title(blueprint: Blueprint, row: Planned) -> str:
    title = capital(blueprint.speech.fill(row.title))
    return f"{title} {row.number}" if row.number else title
