"""Calendars of coaching sessions: how many get a time, how many in rhythm, and how long it takes.

``python -m benchmarks.matching_calendar`` makes teams in nine zones and the coaches they share,
finds times for a school year and prints a table. There is no peer that does this: the most that
could have a time is counted.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

from throughline.engines.matching import (
    Blackout,
    Calendar,
    CalendarPlan,
    Hours,
    Party,
    Series,
    calendar,
    months,
    repair_calendar,
)

ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "Europe/Berlin", "Africa/Nairobi",
)  # fmt: skip
SHARES = (30, 25, 10, 15, 5, 3, 2, 5, 5)
MANY = ((12, 2), (100, 10), (1_000, 100))
"""Teams, and coaches they share."""
SEEDS = (1, 2, 3)
BEGINS = date(2026, 9, 1)
MONTHS = 8
REPAIRED = 100
"""Teams of the calendar in which one coach loses a weekday."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One calendar: seconds, sessions with a time, the most there could be, those in rhythm."""

    seconds: float
    held: int
    windows: int
    bound: int
    in_rhythm: int


def main() -> None:
    """Measure and print."""
    print("\n".join(lines()))


def lines() -> list[str]:
    """Return the table, line by line: medians over seeds."""
    found = [
        "| teams | coaches | sessions asked | a common window | held | of the windows | in rhythm | s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for teams, coaches in MANY:
        runs = [measured(make(teams, coaches, seed)) for seed in SEEDS]
        asked = teams * MONTHS
        held, windows = (
            middle([getattr(one, name) for one in runs]) for name in ("held", "windows")
        )
        rhythm = min(one.in_rhythm / one.held for one in runs)
        share = min(one.held / one.windows for one in runs)
        seconds = statistics.median(one.seconds for one in runs)
        found.append(
            f"| {teams} | {coaches} | {asked} | {windows} | {held} | {share:.1%} | {rhythm:.1%} | {seconds:.2f} |"
        )
    return [*found, "", *repairs()]


def repairs() -> list[str]:
    """Return what happens when a coach loses the busiest weekday from January on."""
    problem = make(REPAIRED, 10, 1)
    plan = calendar(problem)
    now = without_a_weekday(problem, plan)
    begun = time.perf_counter()
    mended = repair_calendar(now, plan.bookings)
    seconds = time.perf_counter() - begun
    fresh = calendar(now).bookings
    kept = len(set(fresh) & set(plan.bookings))
    return [
        "| a coach loses a weekday | kept | forced to move | moved for others | held | s |",
        "|---|---|---|---|---|---|",
        f"| repaired | {len(mended.kept)} | {len(mended.forced)} | {len(mended.moved)} "
        f"| {len(mended.plan.bookings)} | {seconds:.2f} |",
        f"| found afresh | {kept} | | {len(plan.bookings) - kept} in all | {len(fresh)} | |",
    ]


def without_a_weekday(problem: Calendar, plan: CalendarPlan) -> Calendar:
    """Take from the first coach the weekday of most of its sessions, from January on."""
    first = problem.parties[0]
    mine = {one.key for one in problem.series if one.parties[0] == first.key}
    walls = [
        one.starts_at.astimezone(ZoneInfo(first.zone))
        for one in plan.bookings
        if one.series in mine
    ]
    [(weekday, _many)] = Counter(wall.weekday() for wall in walls).most_common(1)
    days = [date(2027, 1, 4) + timedelta(weeks=week, days=weekday) for week in range(20)]
    gone = tuple(Blackout(day, day, reason="another post") for day in days)
    first = replace(first, blackouts=(*first.blackouts, *gone))
    return replace(problem, parties=(first, *problem.parties[1:]))


def middle(numbers: Sequence[int]) -> int:
    """Return the median of an odd many."""
    return sorted(numbers)[len(numbers) // 2]


def measured(problem: Calendar) -> Measured:
    """Find times once."""
    begun = time.perf_counter()
    plan = calendar(problem)
    seconds = time.perf_counter() - begun
    return Measured(
        seconds, len(plan.bookings), with_window(plan), plan.certificate.bound,
        sum(one.kept for one in plan.rhythms),
    )  # fmt: skip


def with_window(plan: CalendarPlan) -> int:
    """Count sessions whose parties have a common window at all."""
    none = sum(one.reason == "no common window" for one in plan.skipped)
    return len(plan.bookings) + len(plan.skipped) - none


def make(teams: int, coaches: int, seed: int) -> Calendar:
    """Make teams with a superintendent's hours, blackouts of a school year, and coaches."""
    chance = random.Random(seed)
    leads = [coach(chance, number) for number in range(coaches)]
    others = [team(chance, number) for number in range(teams)]
    near = {one.key: nearest(one, leads, number) for number, one in enumerate(others)}
    series = tuple(Series(one.key, (near[one.key], one.key), 60) for one in others)
    return Calendar((*leads, *others), months(BEGINS, MONTHS), series)


def coach(chance: random.Random, number: int) -> Party:
    """Make a coach: four days of eight hours, two weeks away."""
    off = chance.randrange(5)
    hours = tuple(Hours(day, clock(9), clock(17)) for day in range(5) if day != off)
    return Party(f"coach {number}", ZONES[number % 4], hours, weeks_off(chance, 2))


def team(chance: random.Random, number: int) -> Party:
    """Make a team: a few half days a week, board nights, three weeks of tests and holidays."""
    [zone] = chance.choices(ZONES, SHARES)
    days = chance.sample(range(5), chance.randint(2, 4))
    halves = ((clock(8), clock(12)), (clock(12, 30), clock(16, 30)))
    hours = tuple(Hours(day, *chance.choice(halves)) for day in sorted(days))
    return Party(f"team {number}", zone, hours, weeks_off(chance, 3))


def weeks_off(chance: random.Random, many: int) -> tuple[Blackout, ...]:
    """Take whole weeks out of a school year, and the last two of December."""
    starts = [BEGINS + timedelta(weeks=chance.randrange(34)) for _week in range(many)]
    found = [Blackout(one, one + timedelta(days=6), reason="away") for one in starts]
    return (*found, Blackout(date(2026, 12, 19), date(2027, 1, 3), reason="holidays"))


def nearest(party: Party, leads: Sequence[Party], number: int) -> str:
    """Give a team a coach whose clock is near, in turn."""
    at = datetime(2026, 10, 15, 12, tzinfo=UTC)

    def apart(one: Party) -> timedelta:
        away = [at.astimezone(ZoneInfo(zone)).utcoffset() for zone in (one.zone, party.zone)]
        return abs((away[0] or timedelta()) - (away[1] or timedelta()))

    turned = [leads[(number + place) % len(leads)] for place in range(len(leads))]
    return min(turned, key=apart).key


if __name__ == "__main__":
    main()
