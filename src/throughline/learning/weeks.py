"""When the weeks of a course open and close for one learner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.core.blueprint.phrases import DAYS
from throughline.learning.blueprint import LearningSection


@dataclass(frozen=True, slots=True)
class CourseWeek:
    """One week of one learner, in the time of her own zone."""

    number: int
    title: str
    type: str
    phase: str
    opens_at: datetime
    closes_at: datetime


def weeks_of(
    course: LearningSection, starts_on: date, *, zone: str, paused_after: Sequence[int] = ()
) -> list[CourseWeek]:
    """Return the weeks of a learner in this zone.

    Week 1 opens on the first opening day on or after the start. A pause after a week shifts every
    later week of this learner by seven days; the same number twice is a pause of two weeks.
    """
    opening_day, opening = _moment(course.opens)
    closing_day, closing = _moment(course.closes)
    first = starts_on + timedelta((opening_day - starts_on.weekday()) % 7)
    length = timedelta((closing_day - opening_day) % 7)
    pauses, where, rows, shift = Counter(paused_after), ZoneInfo(zone), [], 0
    for week in course.weeks:
        opens_on = first + timedelta(7 * (week.number - 1 + shift))
        rows.append(
            CourseWeek(
                number=week.number,
                title=week.title,
                type=week.type,
                phase=week.phase,
                opens_at=datetime.combine(opens_on, opening, where),
                closes_at=datetime.combine(opens_on + length, closing, where),
            )
        )
        shift += pauses[week.number]
    return rows


def _moment(text: str) -> tuple[int, time]:
    day, _, clock = text.partition(" ")
    return DAYS.index(day), time.fromisoformat(clock)
