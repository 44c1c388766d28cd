"""Sessions get times that all can keep, on every wall, in every week of the year."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings

from tests.engines.matching.weeks import calendars, how_many, starts_by_hand, ways
from throughline.engines.matching import (
    Blackout,
    Booking,
    BrokenPlan,
    Calendar,
    Certificate,
    Hours,
    Infeasible,
    InvalidProblem,
    Party,
    Period,
    Series,
    Skipped,
    calendar,
    check_calendar,
    months,
)
from throughline.engines.matching import calendar_solving as solving
from throughline.engines.matching import calendars as asking
from throughline.engines.matching.working import Cancelled, Limits

EVERY_DAY = tuple(Hours(day, time(0), time(0)) for day in range(7))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def only(*parties: Party, on: str, minutes: int = 60, step: int = 60, until: str = "") -> list[str]:
    """All starts of one session on one day, in UTC."""
    from throughline.engines.matching.windows import Hall

    first = date.fromisoformat(on)
    last = date.fromisoformat(until or on)
    keys = tuple(one.key for one in parties)
    problem = Calendar(
        parties, (Period("p", first, last),), (Series("s", keys, minutes),), step_minutes=step
    )
    window = Hall(problem).windows(problem.series[0])["p"]
    return [f"{asking.moment(int(one)):%d %H:%M}" for one in window.at]


def party(zone: str, begins: int, ends: int, *days: int, key: str = "p") -> Party:
    return Party(key, zone, tuple(Hours(day, time(begins), time(ends)) for day in days or range(7)))


def test_phoenix_keeps_its_clock_when_new_york_sets_it_back():
    coach = party("America/New_York", 9, 11)
    team = party("America/Phoenix", 6, 8, key="team")

    assert only(coach, team, on="2026-10-27") == ["27 13:00", "27 14:00"]
    assert only(coach, team, on="2026-11-03") == ["03 14:00"]


def test_anchorage_changes_with_the_states_and_four_hours_behind_them():
    coach = party("America/New_York", 12, 17)
    team = party("America/Anchorage", 8, 10, key="team")

    assert only(coach, team, on="2026-03-06") == ["06 17:00", "06 18:00"]
    assert only(coach, team, on="2026-03-09") == ["09 16:00", "09 17:00"]


def test_in_the_weeks_when_only_one_continent_has_changed_an_hour_is_won_or_lost():
    coach = party("America/New_York", 9, 12)
    team = party("Europe/London", 13, 15, key="team")

    assert only(coach, team, on="2026-03-06") == ["06 14:00"]
    assert only(coach, team, on="2026-03-13") == ["13 13:00", "13 14:00"]
    assert only(coach, team, on="2026-03-30") == ["30 13:00"]
    assert only(coach, team, on="2026-10-26") == ["26 13:00", "26 14:00"]


def test_a_time_that_the_clocks_skip_is_no_time():
    night = party("America/New_York", 2, 4, 6)

    assert only(night, on="2026-03-01") == ["01 07:00", "01 08:00"]
    assert only(night, on="2026-03-08") == ["08 07:00"]
    assert only(night, on="2026-03-08", minutes=61) == []
    assert only(party("America/New_York", 2, 3, 6), on="2026-03-08", minutes=1, step=1) == []


def test_a_time_that_the_clocks_show_twice_is_twice_as_long():
    night = party("America/New_York", 1, 2, 6)

    assert only(night, on="2026-10-25") == ["25 05:00"]
    assert only(night, on="2026-11-01") == ["01 05:00", "01 06:00"]
    assert only(night, on="2026-11-01", minutes=120) == ["01 05:00"]


def test_a_session_lasts_its_minutes_while_the_clocks_change():
    night = party("America/New_York", 1, 4, 6)

    assert only(night, on="2026-03-08", minutes=120) == ["08 06:00"]
    assert only(night, on="2026-11-01", minutes=240) == ["01 05:00"]


def test_hours_and_sessions_go_past_midnight():
    coach = party("Asia/Tokyo", 22, 2, 4)
    team = party("America/New_York", 9, 12, 4, key="team")

    assert only(coach, team, on="2026-01-09", until="2026-01-10", minutes=90, step=30) == [
        "09 14:00", "09 14:30", "09 15:00", "09 15:30",
    ]  # fmt: skip
    joined = Party("p", "UTC", (Hours(0, time(22), time(0)), Hours(1, time(0), time(1))))
    assert only(joined, on="2026-01-05", minutes=180) == ["05 22:00"]


def test_starts_are_on_the_wall_of_who_leads():
    assert only(party("Asia/Kathmandu", 9, 11), on="2026-01-09") == ["09 03:15", "09 04:15"]


def test_blackouts_take_days_or_hours_of_days_past_midnight():
    days = Blackout(date(2026, 1, 5), date(2026, 1, 6), reason="tests")
    night = Blackout(date(2026, 1, 7), date(2026, 1, 7), time(20), time(8), "board")
    always = Party("p", "America/Chicago", EVERY_DAY, (days, night))

    starts = only(always, on="2026-01-04", until="2026-01-08", minutes=60)

    assert starts[17:19] == ["04 23:00", "05 00:00"]
    assert starts[22:25] == ["05 04:00", "05 05:00", "07 06:00"]
    assert starts[43:45] == ["08 01:00", "08 14:00"]


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(calendars())
def test_windows_are_what_every_wall_reads_minute_by_minute(problem):
    from throughline.engines.matching.windows import Hall

    hall = Hall(problem)
    for series in problem.series:
        for period in problem.periods:
            window = hall.windows(series)[period.key]
            by_hand = starts_by_hand(problem, series, period)
            assert [asking.moment(int(one)) for one in window.at] == by_hand


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(calendars())
def test_as_many_sessions_are_held_as_any_way_could(problem):
    assume(how_many(problem) < 2_000)

    plan = calendar(problem)

    most = max(len(way) for way in ways(problem))
    assert len(plan.bookings) == most
    assert plan.certificate.bound == most
    assert plan.certificate.kind != "gap"
    alone = {
        (s.key, p.key)
        for s in problem.series
        for p in problem.periods
        if starts_by_hand(problem, s, p)
    }
    none = {(one.series, one.period) for one in plan.skipped if one.reason == "no common window"}
    assert none == {(s.key, p.key) for s in problem.series for p in problem.periods} - alone


COACH = party("America/New_York", 9, 12, 0, 1, 2, 3, key="coach")
NORTH = party("America/Chicago", 8, 11, 1, 2, key="north")
SOUTH = party("America/Phoenix", 6, 9, 1, key="south")
YEAR = Calendar(
    (COACH, NORTH, SOUTH),
    months(date(2026, 9, 1), 8),
    (Series("with north", ("coach", "north"), 60), Series("with south", ("coach", "south"), 60)),
)


def test_sessions_keep_a_rhythm_on_the_wall_of_who_leads():
    plan = calendar(YEAR)

    assert plan.certificate == Certificate(16, 16, "counting")
    assert plan.skipped == ()
    assert [one.kept for one in plan.rhythms] == [8, 8]
    walls = [one.starts_at.astimezone(solving_zone()) for one in plan.bookings[8:]]
    assert len({(one.weekday(), one.time(), (one.day - 1) // 7) for one in walls}) == 1
    assert {one.starts_at.time() for one in plan.bookings[8:]} == {time(13), time(14)}


def solving_zone():
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/New_York")


def test_what_has_no_window_what_competes_and_what_is_too_near_are_told_apart():
    days = tuple(Period(f"{day}", date(2026, 1, day), date(2026, 1, day)) for day in (5, 6))
    lead = party("UTC", 9, 10, 0, 1, key="lead")
    other = party("UTC", 9, 10, 1, key="other")
    series = (
        Series("both", ("lead", "other"), 60),
        Series("own", ("lead",), 60),
    )
    plan = calendar(Calendar((lead, other), days, series, gap_days=1))

    assert [one.series for one in plan.bookings] == ["both", "own"]
    assert plan.skipped == (
        Skipped("both", "5", "no common window"),
        Skipped("own", "6", "others have the time"),
    )
    alone = calendar(Calendar((lead, other), days, series[1:], gap_days=2))
    assert alone.skipped == (Skipped("own", "6", "too near its own"),)
    assert alone.skipped[0].sentence == "own: too near its own in 6"


def test_a_pin_stays_whatever_the_hours_say_and_others_give_way():
    pin = Booking("with north", "2026-10", utc("2026-10-18 20:00"))
    free = calendar(YEAR)

    plan = calendar(replace(YEAR, pinned=(pin,)))

    assert pin in plan.bookings
    assert plan.certificate.value == 16
    taken = replace(free.bookings[9], series="with north")
    moved = calendar(replace(YEAR, pinned=(taken,)))
    assert moved.certificate.value == 16
    assert free.bookings[9] not in moved.bookings


def test_pins_that_overlap_are_named():
    at = utc("2026-10-20 14:00")
    pins = (Booking("with north", "2026-10", at), Booking("with south", "2026-10", at))

    with pytest.raises(Infeasible, match="with north in 2026-10 and with south in 2026-10"):
        calendar(replace(YEAR, pinned=pins))


def test_nothing_to_hold_is_a_calendar_too():
    for nothing in (replace(YEAR, periods=()), replace(YEAR, series=()), Calendar((), (), ())):
        plan = calendar(nothing)
        assert (plan.bookings, plan.skipped, plan.certificate.bound) == ((), (), 0)


def test_short_periods_count_weeks_from_their_own_beginning():
    weeks = tuple(
        Period(
            f"w{n}",
            date(2026, 9, 7) + timedelta(weeks=2 * n),
            date(2026, 9, 20) + timedelta(weeks=2 * n),
        )
        for n in range(4)
    )

    plan = calendar(replace(YEAR, periods=weeks))

    assert [one.kept for one in plan.rhythms] == [4, 4]
    assert plan.certificate.value == 8


def test_the_same_problem_gives_the_same_calendar_whatever_it_is_called():
    renamed = {"coach": "c", "north": "n", "south": "s"}
    other = replace(
        YEAR,
        parties=tuple(replace(one, key=renamed[one.key]) for one in YEAR.parties),
        series=tuple(
            replace(one, parties=tuple(renamed[k] for k in one.parties)) for one in YEAR.series
        ),
    )

    plans = [calendar(YEAR) for _run in range(3)]

    assert len({repr(one) for one in plans}) == 1
    assert calendar(other).bookings == plans[0].bookings
    assert plans[0].made.input_sha256 != calendar(other).made.input_sha256


def test_whoever_watches_may_stop_it_and_gets_what_is_held_so_far():
    heard = []

    def watch(progress):
        heard.append((progress.phase, progress.best))
        return progress.phase != "rhythm"

    with pytest.raises(Cancelled) as stopped:
        calendar(YEAR, watch=watch)

    assert heard == [("windows", 0), ("rhythm", 16)]
    best = stopped.value.best
    assert best is not None
    check_calendar(YEAR, best)


def test_without_work_a_calendar_is_still_valid_and_says_that_it_may_lack():
    lead = party("UTC", 9, 11, 0, key="lead")
    day = Period("d", date(2026, 1, 5), date(2026, 1, 5))
    series = tuple(Series(f"s{n}", ("lead",), 60) for n in range(3))
    crowded = Calendar((lead,), (day,), series, buffer_minutes=0)

    assert calendar(crowded, limits=Limits(work=0)).certificate == Certificate(2, 3, "gap")
    assert calendar(crowded).certificate == Certificate(2, 2, "optimal")


PLAN = calendar(YEAR)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda b: b[1:], "neither held nor named"),
        (lambda b: (*b, b[0]), "named twice"),
        (lambda b: (replace(b[0], series="z"), *b[1:]), "nobody asked"),
        (lambda b: (moved(b[0], minutes=10), *b[1:]), "begins at"),
        (lambda b: (moved(b[0], days=60), *b[1:]), "begins on"),
        (lambda b: (moved(b[0], hours=12), *b[1:]), "is not free"),
        (lambda b: (replace(b[0], starts_at=b[8].starts_at), *b[1:]), "is with"),
        (
            lambda b: (replace(b[0], starts_at=b[0].starts_at.replace(tzinfo=None)), *b[1:]),
            "no zone",
        ),
    ],
)
def test_a_calendar_that_was_tampered_with_does_not_pass(change, complaint):
    check_calendar(YEAR, PLAN)

    with pytest.raises(BrokenPlan, match=complaint):
        check_calendar(YEAR, replace(PLAN, bookings=change(PLAN.bookings)))


def moved(booking: Booking, **by: int) -> Booking:
    return replace(booking, starts_at=booking.starts_at + timedelta(**by))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"certificate": Certificate(15, 16, "gap")}, "16 sessions have a time, not 15"),
        ({"certificate": Certificate(16, 15, "gap")}, "above their own bound"),
        ({"certificate": Certificate(16, 17, "counting")}, "called the most"),
        ({"rhythms": (replace(PLAN.rhythms[0], kept=7),)}, "keep its rhythm, not 7"),
        ({"rhythms": (replace(PLAN.rhythms[0], series="z"),)}, "nobody asked"),
    ],
)
def test_claims_that_are_not_true_do_not_pass(change, complaint):
    with pytest.raises(BrokenPlan, match=complaint):
        check_calendar(YEAR, replace(PLAN, **change))


def test_sessions_too_near_and_pins_not_kept_do_not_pass():
    near = replace(YEAR, gap_days=29)
    with pytest.raises(BrokenPlan, match="meets again after 28 days"):
        check_calendar(near, PLAN)
    pin = moved(PLAN.bookings[0], days=1)
    with pytest.raises(BrokenPlan, match="pinned to another time"):
        check_calendar(replace(YEAR, pinned=(pin,)), PLAN)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"parties": (COACH, COACH)}, "parties.1.key"),
        ({"parties": (replace(COACH, zone="Mars/Base"),)}, "parties.0.zone"),
        ({"parties": (replace(COACH, hours=(Hours(7, time(9), time(10)),)),)}, "parties.0.hours.0.weekday"),
        ({"parties": (replace(COACH, hours=(Hours(1, time(9), time(9)),)),)}, "parties.0.hours.0.ends"),
        ({"parties": (replace(COACH, hours=(Hours(1, time(9, 0, 1), time(9)),)),)}, "parties.0.hours.0.begins"),
        (
            {"parties": (replace(COACH, blackouts=(Blackout(date(2026, 1, 2), date(2026, 1, 1)),)),)},
            "parties.0.blackouts.0.last_on",
        ),
        ({"periods": (*YEAR.periods, YEAR.periods[0])}, "periods.8.key"),
        ({"periods": (Period("a", date(2026, 1, 2), date(2026, 1, 1)),)}, "periods.0.last_on"),
        ({"periods": tuple(reversed(YEAR.periods))}, "periods.1.first_on"),
        ({"series": (Series("s", ("coach", "z"), 60),)}, "series.0.parties"),
        ({"series": (Series("s", (), 60),)}, "series.0.parties"),
        ({"series": (Series("s", ("coach", "coach"), 60),)}, "series.0.parties.1"),
        ({"series": (Series("s", ("coach",), 0),)}, "series.0.minutes"),
        ({"series": (Series("s", ("coach",), 60, ("z",)),)}, "series.0.periods"),
        ({"buffer_minutes": -1}, "buffer_minutes"),
        ({"gap_days": -1}, "gap_days"),
        ({"step_minutes": 7}, "step_minutes"),
        ({"pinned": (Booking("z", "2026-10", utc("2026-10-20 14:00")),)}, "pinned.0"),
        ({"pinned": (PLAN.bookings[0], PLAN.bookings[0])}, "pinned.1"),
        ({"pinned": (replace(PLAN.bookings[0], starts_at=PLAN.bookings[0].starts_at.replace(tzinfo=None)),)}, "pinned.0.starts_at"),
        ({"pinned": (moved(PLAN.bookings[0], days=90),)}, "pinned.0.starts_at"),
    ],
)  # fmt: skip
def test_a_problem_that_contradicts_itself_names_the_path(change, path):
    with pytest.raises(InvalidProblem) as refused:
        replace(YEAR, **change)

    assert refused.value.path == path


def test_the_examples_of_the_docs_are_true():
    assert doctest.testmod(solving).failed == 0
    assert doctest.testmod(asking).failed == 0
