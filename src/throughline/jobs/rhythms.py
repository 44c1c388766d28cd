"""How often something repeats: ``every 5 minutes``, ``daily 06:00``, ``every monday 06:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES = re.compile(r"every (\d{1,4}) minutes?")
CLOCK = re.compile(r"(daily|every (\w+day)) (\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rule in words and the zone whose clock it means."""

    rule: str
    zone: str = "UTC"


def next_after(rhythm: Rhythm, moment: datetime) -> datetime:
    """Return the first moment after ``moment`` at which the rhythm beats, in UTC.

    Where the clock is put forward over the hour, it beats at the moment after the gap.

    Raises
    ------
    ValueError
        The rule is not one of the three forms.
    """
    if found := MINUTES.fullmatch(rhythm.rule):
        step = int(found[1]) * 60
        if step:
            beats = int(moment.timestamp()) // step + 1
            return datetime.fromtimestamp(beats * step, UTC)
    elif (found := CLOCK.fullmatch(rhythm.rule)) and (found[2] is None or found[2] in DAYS):
        at = time(int(found[3]), int(found[4]))
        return _by_the_clock(at, found[2], ZoneInfo(rhythm.zone), moment)
    raise ValueError(
        f"{rhythm.rule!r}: write 'every 5 minutes', 'daily 06:00' or 'every monday 06:00'"
    )


def _by_the_clock(at: time, weekday: str | None, zone: ZoneInfo, moment: datetime) -> datetime:
    day = moment.astimezone(zone).date()
    for _ in range(9):
        candidate = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
        if candidate > moment and (weekday is None or DAYS[day.weekday()] == weekday):
            return candidate
        day += timedelta(days=1)
    raise AssertionError("a week holds every weekday")
