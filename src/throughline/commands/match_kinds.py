"""What the command asks of the matching engine: one entry a kind of problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from throughline.commands.speaking import Stop
from throughline.engines import matching
from throughline.engines.matching import (
    Agenda,
    AgendaPlan,
    Calendar,
    CalendarPlan,
    Coaching,
    Grouping,
    GroupPlan,
    Pair,
    PairPlan,
    Place,
    Plan,
    Problem,
    Reviewing,
)
from throughline.engines.matching.pair_checking import points_of
from throughline.engines.matching.pairs import Meeting

Row = Sequence[object]
Options = Mapping[str, Any]
"""``limits`` and ``watch``; ``mode`` and ``partial`` where they were given."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of problem is solved, checked, explained, repaired and shown.

    ``table`` yields the head and then the rows of a plan; ``explained`` says what --explain names.
    ``check`` takes what a plan repaired beside it, or nothing. ``takes`` are the options beside limits that ``solve`` knows; ``margins`` and ``prices`` are
    there for some kinds alone.
    """

    name: str
    about: str
    problem: type
    plan: type
    solve: Callable[..., Any]
    check: Callable[[Any, Any, Any], None]
    table: Callable[[Any, Any], Iterator[Row]]
    explain: Callable[[Any, Any, Sequence[str], Options], object]
    explained: str
    repair: Callable[[Any, Any, Options], Any]
    conflict: Callable[[Any], object]
    takes: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    margins: Callable[..., Any] | None = None
    prices: Callable[..., Any] | None = None


def _named(names: Sequence[str], *wanted: str) -> Sequence[str]:
    if len(names) != len(wanted):
        raise Stop(f"--explain takes here: {', '.join(wanted)}.")
    return names


def _pairs_table(problem: Meeting, plan: PairPlan) -> Iterator[Row]:
    names = ("application", "reader") if isinstance(problem, Reviewing) else ("leader", "coach")
    yield *names, "points"
    points = points_of(problem, problem.parts)
    for pair in plan.pairs:
        yield pair.whom, pair.by, points[pair.whom, pair.by]
    for one in plan.unmet:
        yield one.whom, f"{one.missing} missing", ""


def _explain_pair(
    problem: Meeting, plan: PairPlan, names: Sequence[str], options: Options
) -> object:
    return matching.why(problem, plan, Pair(*_named(names, "who is served", "by whom")), **options)


def _seats_table(problem: Problem, plan: Plan) -> Iterator[Row]:
    yield "candidate", "points", "seat"
    chosen = set(plan.chosen)
    for one in sorted(problem.candidates, key=lambda one: (one.key not in chosen, -one.points)):
        yield one.key, one.points, "yes" if one.key in chosen else ""
    for missed in plan.unmet:
        yield missed.rule, "", f"missed by {missed.by}"


def _groups_table(_problem: Grouping, plan: GroupPlan) -> Iterator[Row]:
    yield "round", "group", "people"
    for seating in plan.rounds:
        for number, group in enumerate(seating.groups, start=1):
            yield seating.key, number, ", ".join(group)
    for clash in plan.unmet:
        yield clash.round, "", f"{clash.one} and {clash.other}: {clash.rule}"


def _times_table(problem: Calendar, plan: CalendarPlan) -> Iterator[Row]:
    yield "series", "period", "UTC", "on the clock of each party"
    zones = {one.key: ZoneInfo(one.zone) for one in problem.parties}
    parties = {one.key: one.parties for one in problem.series}
    for one in plan.bookings:
        walls = (
            f"{key} {one.starts_at.astimezone(zones[key]):%Y-%m-%d %H:%M}"
            for key in parties[one.series]
        )
        yield one.series, one.period, f"{one.starts_at:%Y-%m-%d %H:%M}", "; ".join(walls)
    for skipped in plan.skipped:
        yield skipped.series, skipped.period, "no time", skipped.reason


def _explain_time(
    problem: Calendar, plan: CalendarPlan, names: Sequence[str], _options: Options
) -> object:
    if len(names) == 2:
        return matching.why_calendar(problem, plan, names[0], names[1])
    series, period, at = _named(names, "a series", "a period", "perhaps a time with its zone")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise Stop(f"--explain: {at!r} is no time such as 2027-03-04T15:00Z.") from error
    return matching.why_calendar(problem, plan, series, period, moment)


def _agenda_table(problem: Agenda, plan: AgendaPlan) -> Iterator[Row]:
    yield "slot", "room", "session", "people"
    seated: dict[str, int] = {}
    for seat in plan.seats:
        seated[seat.session] = seated.get(seat.session, 0) + 1
    order = {one.key: place for place, one in enumerate(problem.slots)}
    for one in sorted(plan.places, key=lambda one: (order[one.slot], one.room)):
        yield one.slot, one.room, one.session, seated.get(one.session, "")
    for session in plan.unplaced:
        yield "no slot", "", session, ""


def _explain_place(
    problem: Agenda, plan: AgendaPlan, names: Sequence[str], options: Options
) -> object:
    if len(names) == 2:
        return matching.why_seat(problem, plan, *names)
    place = Place(*_named(names, "a session", "a slot", "a room; or somebody and a session"))
    return matching.why_agenda(problem, plan, place, limits=options["limits"])


_PAIRS: dict[str, Any] = {
    "plan": PairPlan,
    "check": lambda problem, plan, _old: matching.check_pairs(problem, plan),
    "table": _pairs_table,
    "explain": _explain_pair,
    "repair": lambda problem, old, options: matching.repair(problem, old.pairs, **options),
    "conflict": matching.conflicts_pairs,
    "takes": ("mode", "partial"),
    "margins": matching.margins_pairs,
}

KINDS = {
    one.name: one
    for one in (
        Kind(
            "assign", "readers for applications", Reviewing,
            solve=matching.assign, explained="APPLICATION READER", modes=("fair", "total"),
            **_PAIRS,
        ),
        Kind(
            "select", "a cohort under rules", Problem, Plan,
            solve=matching.select, table=_seats_table,
            check=lambda problem, plan, _old: matching.check(problem, plan),
            explain=lambda problem, plan, names, options: matching.why_select(
                problem, plan, *_named(names, "a candidate"), **options
            ),
            explained="CANDIDATE",
            repair=lambda problem, old, options: matching.repair_select(
                problem, old.chosen, **options
            ),
            conflict=matching.conflicts_select,
            margins=matching.margins_select, prices=matching.prices,
        ),
        Kind(
            "match", "coaches for leaders", Coaching,
            solve=matching.match, explained="LEADER COACH", modes=("fair", "total", "stable"),
            **_PAIRS,
        ),
        Kind(
            "group", "small groups, round after round", Grouping, GroupPlan,
            solve=matching.group, table=_groups_table,
            check=lambda problem, plan, _old: matching.check_group(problem, plan),
            explain=lambda problem, plan, names, options: matching.why_group(
                problem, plan, *_named(names, "one person", "another"), **options
            ),
            explained="PERSON PERSON",
            repair=lambda problem, old, options: matching.repair_group(
                problem, old.rounds, **options
            ),
            conflict=matching.conflicts_group, takes=("partial",),
        ),
        Kind(
            "calendar", "times of recurring sessions", Calendar, CalendarPlan,
            solve=matching.calendar, table=_times_table,
            check=lambda problem, plan, _old: matching.check_calendar(problem, plan),
            explain=_explain_time, explained="SERIES PERIOD [TIME]",
            repair=lambda problem, old, options: matching.repair_calendar(
                problem, old.bookings, **options
            ),
            conflict=lambda _problem: None,
        ),
        Kind(
            "agenda", "sessions to slots and rooms, people to sessions", Agenda, AgendaPlan,
            solve=matching.agenda, table=_agenda_table,
            check=lambda problem, plan, old: matching.check_agenda(
                problem, plan, old=old.places if old else ()
            ),
            explain=_explain_place, explained="SESSION SLOT ROOM, or PERSON SESSION",
            repair=lambda problem, old, options: matching.repair_agenda(
                problem, old.places, old.seats, **options
            ),
            conflict=matching.conflicts_agenda, takes=("partial",),
        ),
    )
}  # fmt: skip
"""Every kind by its name."""
