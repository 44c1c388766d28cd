"""A calendar says why a time, why not another, what cannot be, and changes as little as can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from tests.engines.matching.weeks import calendars, how_many, starts_by_hand, ways
from throughline.engines.matching import (
    Blackout,
    Booking,
    Calendar,
    Conflict,
    Ease,
    Hours,
    InvalidProblem,
    Party,
    Period,
    Series,
    calendar,
    conflicts_calendar,
    months,
    repair_calendar,
    why_calendar,
)

NEW_YORK = ZoneInfo("America/New_York")
MORNINGS = tuple(Hours(day, time(9), time(12)) for day in (0, 1, 2, 3))
COACH = Party("coach", "America/New_York", MORNINGS)
TESTS = Blackout(date(2026, 10, 12), date(2026, 10, 16), reason="tests")
NORTH = Party("north", "America/Chicago", (Hours(1, time(8), time(11)),), (TESTS,))
SOUTH = Party("south", "America/Phoenix", (Hours(1, time(6), time(9)),))
YEAR = Calendar(
    (COACH, NORTH, SOUTH),
    months(date(2026, 9, 1), 4),
    (Series("with north", ("coach", "north"), 60), Series("with south", ("coach", "south"), 60)),
)
PLAN = calendar(YEAR)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


def test_why_reads_every_wall_and_counts_what_else_could_be():
    held = PLAN.bookings[1]

    said = why_calendar(YEAR, PLAN, "with north", "2026-10", held.starts_at)

    assert (said.held, said.in_rhythm, said.blocked) == (True, True, ())
    assert [(key, f"{wall:%a %H:%M}") for key, wall in said.walls] == [
        ("coach", "Tue 09:00"),
        ("north", "Tue 08:00"),
    ]
    assert (said.starts, said.open) == (15, 10)
    assert why_calendar(YEAR, PLAN, "with north", "2026-10") == said


@pytest.mark.parametrize(
    ("moment", "blocked"),
    [
        (
            "2026-10-13 09:00",
            [
                ("north", "Tue 13 08:00", "not free: tests"),
                ("coach", "Tue 13 09:00", "with with south"),
            ],
        ),
        (
            "2026-10-20 11:30",
            [
                ("coach", "Tue 20 12:00", "outside its hours"),
                ("north", "Tue 20 11:00", "outside its hours"),
            ],
        ),
        (
            "2026-11-03 09:00",
            [
                ("coach", "Tue 03 09:00", "outside 2026-10"),
                ("coach", "Tue 03 09:00", "0 days from its session in 2026-11"),
            ],
        ),
        ("2026-10-20 09:10", [("coach", "Tue 20 09:10", "not on a start of 30 minutes")]),
        ("2026-10-07 09:30", [("north", "Wed 07 08:30", "outside its hours")]),
    ],
)
def test_why_not_names_who_is_in_the_way_and_what_their_clock_reads(moment, blocked):
    said = why_calendar(YEAR, PLAN, "with north", "2026-10", at(moment))

    assert not said.held
    assert [(one.party, f"{one.wall:%a %d %H:%M}", one.reason) for one in said.blocked] == blocked


def test_why_not_names_the_other_session_and_the_gap():
    other = next(one for one in PLAN.bookings if one.series == "with south")
    near = PLAN.bookings[0].starts_at + timedelta(days=7)

    taken = why_calendar(YEAR, PLAN, "with north", other.period, other.starts_at)
    soon = why_calendar(YEAR, PLAN, "with north", "2026-10", near)
    free = why_calendar(YEAR, PLAN, "with north", "2026-11", at("2026-11-17 09:00"))

    assert ("coach", "with with south") in [(one.party, one.reason) for one in taken.blocked]
    assert (taken.moves, taken.lost) == ((other,), 0)
    assert (free.blocked, free.moves, free.lost) == ((), (), 0)
    assert "7 days from its session in 2026-09" in [one.reason for one in soon.blocked]


def test_why_refuses_strangers_and_times_without_a_zone():
    with pytest.raises(InvalidProblem, match="series"):
        why_calendar(YEAR, PLAN, "z", "2026-10", at("2026-10-20 09:00"))
    with pytest.raises(InvalidProblem, match=r"at: .* with its zone"):
        why_calendar(
            YEAR, PLAN, "with north", "2026-10", at("2026-10-20 09:00").replace(tzinfo=None)
        )


def test_no_common_window_names_whose_hours_and_whose_blackouts_and_nothing_that_can_be_spared():
    dark = Blackout(date(2026, 10, 31), date(2026, 12, 1), reason="board")
    other = Blackout(date(2026, 11, 2), date(2026, 11, 2), reason="travel")
    north = replace(NORTH, blackouts=(TESTS, dark, other))
    east = Party("east", "Europe/Berlin", (Hours(2, time(8), time(12)),))
    series = (*YEAR.series, Series("with east", ("coach", "east"), 60, ("2026-09",)))
    problem = replace(YEAR, parties=(COACH, north, SOUTH, east), series=series)

    plan = calendar(problem)

    assert conflicts_calendar(problem, plan) == (
        Conflict(
            ("north is not free on 2026-10-31 to 2026-12-01 (board)",),
            "with north: no common window in 2026-11: "
            "north is not free on 2026-10-31 to 2026-12-01 (board)",
            (Ease("north", "minutes from 2026-11-02 14:00 UTC", 60),),
        ),
        Conflict(
            ("the hours of coach", "the hours of east"),
            "with east: no common window in 2026-09: the hours of coach, the hours of east",
            (Ease("east", "minutes from 2026-09-01 13:00 UTC", 60),),
        ),
    )
    assert conflicts_calendar(YEAR, PLAN) == ()


def test_the_fix_is_the_start_at_which_fewest_minutes_are_lacking():
    early = Party("early", "UTC", (Hours(0, time(9), time(10, 20)), Hours(2, time(9), time(10))))
    late = Party("late", "UTC", (Hours(0, time(9, 50), time(11)), Hours(2, time(9, 20), time(11))))
    week = Period("week", date(2026, 1, 5), date(2026, 1, 11))
    problem = Calendar((early, late), (week,), (Series("both", ("early", "late"), 60),))

    [conflict] = conflicts_calendar(problem, calendar(problem))

    assert conflict.core == ("the hours of early", "the hours of late")
    assert conflict.fix == (Ease("late", "minutes from 2026-01-07 09:00 UTC", 20),)


def test_sessions_that_compete_are_named_and_each_could_be_spared():
    lead = Party("lead", "UTC", (Hours(0, time(9), time(11)), Hours(1, time(9), time(10))))
    early = Party("early", "UTC", (Hours(0, time(9), time(11)),))
    week = Period("week", date(2026, 1, 5), date(2026, 1, 11))
    series = (
        Series("open", ("lead",), 60),
        *(Series(f"s{n}", ("lead", "early"), 60) for n in range(3)),
    )
    problem = Calendar((lead, early), (week,), series, buffer_minutes=0)

    [conflict] = conflicts_calendar(problem, calendar(problem))

    assert conflict.core == ("s0 in week", "s1 in week", "s2 in week")
    assert conflict.sentence == (
        "s0 in week, s1 in week, s2 in week: 3 sessions, 180 minutes with early, lead, "
        "cannot all be held"
    )


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(calendars())
def test_conflicts_are_irreducible(problem):
    plan = calendar(problem)
    competing = [one for one in plan.skipped if one.reason != "no common window"]
    conflicts = conflicts_calendar(problem, plan)
    assert bool(conflicts) == bool(plan.skipped)
    if not competing:
        return
    assume(how_many(problem) < 1_500)
    everything = [{f"{series} in {period}" for series, period in way} for way in ways(problem)]
    for conflict in conflicts:
        if not conflict.sentence.endswith("cannot all be held"):
            continue
        core = set(conflict.core)
        assert not any(core <= way for way in everything)
        for one in core:
            assert any(core - {one} <= way for way in everything)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(calendars(), some.data())
def test_a_repair_holds_as_many_as_can_be_and_then_keeps_as_many_as_any_way_could(problem, data):
    old = calendar(problem).bookings
    assume(old)
    lost = data.draw(some.sampled_from(old))
    series = next(one for one in problem.series if one.key == lost.series)
    key = data.draw(some.sampled_from(series.parties))
    zone = next(one.zone for one in problem.parties if one.key == key)
    on = lost.starts_at.astimezone(ZoneInfo(zone)).date()
    now = replace(
        problem,
        parties=tuple(
            replace(one, blackouts=(*one.blackouts, Blackout(on, on, reason="ill")))
            if one.key == key
            else one
            for one in problem.parties
        ),
    )
    assume(how_many(now) < 1_500)

    mended = repair_calendar(now, old)

    before = {(one.series, one.period): one.starts_at for one in old}
    best = max(
        (len(way), sum(before.get(one) == moment for one, moment in way.items()))
        for way in ways(now)
    )
    assert (len(mended.plan.bookings), len(mended.kept)) == best
    assert lost in mended.forced
    assert len(mended.kept) + len(mended.forced) + len(mended.moved) == len(old)
    assert set(mended.into) == set(mended.plan.bookings) - set(old)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(calendars(), some.data())
def test_a_pin_costs_what_the_best_other_calendar_has_fewer(problem, data):
    assume(how_many(problem) < 1_500)
    plan = calendar(problem)
    series = data.draw(some.sampled_from(problem.series))
    period = data.draw(some.sampled_from(problem.periods))
    starts = starts_by_hand(problem, series, period)
    if not starts:
        return
    pin = Booking(series.key, period.key, data.draw(some.sampled_from(starts)))

    said = why_calendar(problem, plan, pin.series, pin.period, pin.starts_at)

    if said.held:
        assert (said.lost, said.moves, said.blocked) == (None, (), ())
        return
    most = max(len(way) for way in ways(replace(problem, pinned=(pin,))))
    assert said.lost == len(plan.bookings) - most
    assert said.starts == len(starts)


def test_a_pin_stays_where_another_session_would_rather_be():
    late, early = (
        Party(key, "America/New_York", (Hours(5, time(begins), time(ends)),))
        for key, begins, ends in (("p0", 0, 5), ("p1", 1, 3))
    )
    two = (Series("s0", ("p0",), 60), Series("s1", ("p0", "p1"), 60))
    periods = (
        Period("one", date(2026, 3, 7), date(2026, 3, 8)),
        Period("two", date(2026, 3, 9), date(2026, 3, 9)),
    )
    free = Calendar((late, early), periods, two, buffer_minutes=0, gap_days=0, step_minutes=120)
    at = datetime(2026, 3, 7, 7, tzinfo=UTC)

    said = why_calendar(free, calendar(free), "s0", "one", at)

    assert (said.held, said.lost) == (False, 1)


def test_nothing_changed_is_the_old_calendar():
    mended = repair_calendar(YEAR, PLAN.bookings)

    assert mended.plan.bookings == mended.kept == PLAN.bookings
    assert mended.forced == mended.moved == mended.into == ()


def test_a_lost_day_moves_only_what_is_on_it_to_the_nearest_start():
    lost = PLAN.bookings[3]
    day = lost.starts_at.astimezone(NEW_YORK).date()
    ill = replace(NORTH, blackouts=(TESTS, Blackout(day, day, reason="ill")))
    alone = replace(YEAR, parties=(COACH, ill, SOUTH), series=YEAR.series[:1])

    mended = repair_calendar(alone, PLAN.bookings[:4])

    assert mended.forced == (lost,)
    assert mended.moved == ()
    [new] = mended.into
    assert (new.series, new.period) == (lost.series, lost.period)
    assert abs(new.starts_at - lost.starts_at) == timedelta(days=7)


def test_what_left_is_forced_and_what_a_pin_takes_too():
    gone = replace(YEAR, series=YEAR.series[:1])
    pin = Booking("with south", "2026-10", PLAN.bookings[1].starts_at)

    left = repair_calendar(gone, PLAN.bookings)
    pinned = repair_calendar(replace(YEAR, pinned=(pin,)), PLAN.bookings)

    assert left.forced == PLAN.bookings[4:]
    assert PLAN.bookings[1] in pinned.forced
    assert pinned.moved == ()
