"""When the half-days of an event begin, and what an agenda puts into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from throughline.programs.series import AgendaBlock

MORNING = 210
"""Minutes of a morning: from nine to half past twelve."""

AFTERNOON = 180
"""Minutes of an afternoon: from half past one to half past four."""

LUNCH = 60
NINE = time(9, 0)


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A half-day in local time."""

    position: int
    day: date
    starts_local: time
    minutes: int
    is_morning: bool


def half_days(
    first_day: date, count: int, starts_local: time | None, *, begins: str = "morning"
) -> list[HalfDay]:
    """Return ``count`` half-days from the first morning (or afternoon) on, day after day."""
    morning = starts_local or NINE
    afternoon = later(morning, MORNING + LUNCH)
    found = []
    for position in range(1, count + 1):
        place = position if begins == "afternoon" else position - 1
        is_morning = place % 2 == 0
        found.append(
            HalfDay(
                position=position,
                day=first_day + timedelta(days=place // 2),
                starts_local=morning if is_morning else afternoon,
                minutes=MORNING if is_morning else AFTERNOON,
                is_morning=is_morning,
            )
        )
    return found


def laid_out(
    agenda: Sequence[AgendaBlock], minutes: Sequence[int]
) -> Iterator[tuple[int, AgendaBlock]]:
    """Yield each part of an agenda with the half-day (from 0) it falls into.

    In order, a half-day is filled until the next part no longer fits or as many parts as
    half-days remain, so that none stays empty. What is longer than all is put into the last.
    """
    place, used = 0, 0
    for number, part in enumerate(agenda):
        is_last = place == len(minutes) - 1
        left = len(agenda) - number
        is_full = used + part.minutes > minutes[place] or left < len(minutes) - place
        if used and is_full and not is_last:
            place, used = place + 1, 0
        used += part.minutes
        yield place, part


def later(moment: time, minutes: int) -> time:
    """Return the time of day ``minutes`` later."""
    return (datetime.combine(date(2000, 1, 1), moment) + timedelta(minutes=minutes)).time()
