"""Name what keeps a session from any time: whose hours and blackouts, or which other sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from throughline.engines.matching.calendars import (
    Calendar,
    CalendarPlan,
    Hours,
    Party,
    Series,
    moment,
)
from throughline.engines.matching.problems import Conflict, Ease
from throughline.engines.matching.serving import smallest

if TYPE_CHECKING:
    from throughline.engines.matching.diaries import Session, Wanted
    from throughline.engines.matching.windows import Hall

ALWAYS = tuple(Hours(day, time(0), time(0)) for day in range(7))


def conflicts_calendar(problem: Calendar, plan: CalendarPlan) -> tuple[Conflict, ...]:
    """Say for each session that has no time what cannot hold together.

    Where parties have no common window: whose hours and blackouts, none of which can be spared;
    the fix is the start at which they lack fewest minutes in all.
    Where sessions compete: which sessions cannot all be held, each of which can be spared; only if
    the solver can prove it, so a session that is merely not placed has no conflict.

    Notes
    -----
    Deletion filters: what still fails without something did not need it.
    """
    from throughline.engines.matching.diaries import wanted  # noqa: PLC0415 - slow import

    asked = wanted(problem)
    found: dict[tuple[str, ...], Conflict] = {}
    for one in plan.skipped:
        series = next(other for other in problem.series if other.key == one.series)
        conflict: Conflict | None
        if one.reason == "no common window":
            conflict = _no_window(problem, series, one.period)
        else:
            conflict = _contention(asked, (problem.series.index(series), one.period))
        if conflict is not None:
            found.setdefault((conflict.sentence, *conflict.core), conflict)
    return tuple(found.values())


def _no_window(problem: Calendar, series: Series, period: str) -> Conflict:
    from throughline.engines.matching.wallclock import common  # noqa: PLC0415 - slow import
    from throughline.engines.matching.windows import Hall  # noqa: PLC0415 - slow import

    hall = Hall(problem)
    parts = [
        part
        for key in series.parties
        for part in (
            (key, "hours"),
            *((key, str(place)) for place in range(len(hall.parties[key].blackouts))),
        )
    ]

    def fails(some: list[int]) -> bool:
        kept = {parts[place] for place in some}
        spans = [hall.free_with(_with_parts(hall.parties[key], kept)) for key in series.parties]
        return not len(hall.windows_in(series, common(spans), (period,))[period].at)

    core = smallest(list(range(len(parts))), fails)
    names = tuple(_part_name(hall.parties[parts[one][0]], parts[one][1]) for one in core)
    sentence = f"{series.key}: no common window in {period}: {', '.join(names)}"
    return Conflict(names, sentence, _least_lack(hall, series, period))


def _least_lack(hall: Hall, series: Series, period: str) -> tuple[Ease, ...]:
    """Return for the start at which parties lack fewest free minutes who lacks how many."""
    import numpy as np  # noqa: PLC0415 - slow import

    always = hall.free_with(Party("", "UTC", ALWAYS))
    at = hall.windows_in(series, always, (period,))[period].at
    if not len(at):
        return ()
    lacks = []
    for key in series.parties:
        spans = hall.free(key)
        edges = np.concatenate([[0], spans.ravel()])
        minutes = np.diff(spans, axis=1).ravel().cumsum()
        so_far = np.concatenate([[0], np.repeat(minutes, 2)])
        so_far[1::2] = np.concatenate([[0], minutes])[:-1]
        free = np.interp(at + series.minutes, edges, so_far) - np.interp(at, edges, so_far)
        lacks.append(series.minutes - np.rint(free).astype(np.int64))
    best = int(np.argmin(np.sum(lacks, axis=0)))
    when = f"minutes from {moment(int(at[best])):%Y-%m-%d %H:%M} UTC"
    return tuple(
        Ease(key, when, int(lack[best]))
        for key, lack in zip(series.parties, lacks, strict=True)
        if lack[best]
    )


def _with_parts(party: Party, kept: set[tuple[str, str]]) -> Party:
    """Return a party with only these of its rules; without its hours it is always free."""
    dark = tuple(
        one for place, one in enumerate(party.blackouts) if (party.key, str(place)) in kept
    )
    hours = party.hours if (party.key, "hours") in kept else ALWAYS
    return replace(party, hours=hours, blackouts=dark)


def _part_name(party: Party, part: str) -> str:
    if part == "hours":
        return f"the hours of {party.key}"
    one = party.blackouts[int(part)]
    days = f"{one.first_on} to {one.last_on}" if one.first_on != one.last_on else f"{one.first_on}"
    return f"{party.key} is not free on {days}" + (f" ({one.reason})" if one.reason else "")


def _contention(asked: Wanted, session: Session) -> Conflict | None:
    """Return sessions around one that cannot all be held, each of which can be spared."""
    circle = _around(asked, session)
    near = [one for one in circle if one[1] == session[1] or one[0] == session[0]]
    for some in (near, circle):
        if _cannot(asked, some):
            core = smallest(list(range(len(some))), partial(_cannot_these, asked, some))
            return _named(asked, [some[one] for one in core])
    return None


def _cannot_these(asked: Wanted, some: Sequence[Session], places: list[int]) -> bool:
    return _cannot(asked, [some[one] for one in places])


def _around(asked: Wanted, session: Session) -> list[Session]:
    from throughline.engines.matching.diaries import circles  # noqa: PLC0415 - slow import

    circle = next(one for one in circles(asked) if session[0] in one)
    every = [other for place in circle for other in asked.of(place)]
    return [one for one in every if len(asked.windows[one].at)]


def _cannot(asked: Wanted, some: Sequence[Session]) -> bool:
    import numpy as np  # noqa: PLC0415 - slow import

    from throughline.engines.matching.calendar_program import settle  # noqa: PLC0415 - slow import

    options = {one: np.arange(len(asked.windows[one].at)) for one in some}
    settled = settle(asked, options, lambda _one, starts: np.zeros_like(starts))
    return settled is not None and settled.most is not None and settled.most < len(some)


def _named(asked: Wanted, some: Sequence[Session]) -> Conflict:
    names = tuple(f"{asked.series[place].key} in {period}" for place, period in some)
    keys = [set(asked.series[place].parties) for place, _period in some]
    shared = sorted(set.intersection(*keys))
    minutes = sum(asked.series[place].minutes for place, _period in some)
    ends = f" with {', '.join(shared)}" if shared else ""
    return Conflict(
        names,
        f"{', '.join(names)}: {len(some)} sessions, {minutes} minutes{ends}, cannot all be held",
    )
