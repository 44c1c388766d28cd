"""The worked calendars of the design, date by date."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from itertools import pairwise

import holidays
import pytest

from tests.factories.blueprints import MINIMAL, edited, shipped, text_of
from throughline.composition.sections import load
from throughline.core.blueprint.amounts import Amount
from throughline.core.blueprint.moments import parse_span
from throughline.learning.blueprint import LearningSection
from throughline.learning.weeks import weeks_of
from throughline.ledger.blueprint import LedgerSection
from throughline.programs.almanac import Almanac
from throughline.programs.blueprint import CalendarSettings
from throughline.programs.blueprints import Blueprint
from throughline.programs.calendar import Planned
from throughline.programs.federal import federal_holidays

MONDAY = date(2027, 1, 11)


def dates_of(blueprint: Blueprint, key: str, start: date) -> list[Planned]:
    return [row for row in blueprint.calendar(start) if row.key == key]


@pytest.mark.requirement("RELN-08")
def test_reln_meets_five_times_two_days_as_worked_by_hand():
    rows = dates_of(shipped("reln"), "series.network", MONDAY)

    assert [(row.begins_on, row.ends_on) for row in rows] == [
        (date(2027, 2, 11), date(2027, 2, 12)),
        (date(2027, 6, 24), date(2027, 6, 25)),
        (date(2027, 10, 14), date(2027, 10, 15)),
        (date(2028, 2, 17), date(2028, 2, 18)),
        (date(2028, 6, 15), date(2028, 6, 16)),
    ]
    assert {row.half_days for row in rows} == {4}
    assert rows[1].moved_because.startswith("moved from 17 June, holiday")
    assert rows[1].window_ends_on == date(2027, 7, 2)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]


def test_reln_lasts_eighteen_months_wherever_it_starts():
    ends = {
        start: dates_of(shipped("reln"), "end", start)[0].begins_on
        for start in (MONDAY, date(2027, 8, 31))
    }

    assert ends == {MONDAY: date(2028, 7, 10), date(2027, 8, 31): date(2029, 2, 27)}


def test_deadlines_of_reln_move_forward_from_a_closed_day():
    plan = {row.key: row.begins_on for row in shipped("reln").calendar(MONDAY)}

    assert plan["stage.application.opens"] == date(2026, 4, 13)
    assert plan["stage.application.closes"] == date(2026, 8, 11)
    assert plan["stage.review.closes"] == date(2026, 9, 22)
    assert plan["report.funder-interim.1"] == date(2027, 10, 12)


def test_phases_of_reln_fill_the_time_without_a_gap():
    phases = [row for row in shipped("reln").calendar(MONDAY) if row.key.startswith("phase.")]

    assert [row.key for row in phases] == ["phase.see", "phase.design", "phase.implement"]
    assert phases[0].begins_on == MONDAY
    assert phases[-1].ends_on == date(2028, 7, 10)
    for earlier, later in pairwise(phases):
        assert later.begins_on == earlier.ends_on + timedelta(1)


def test_the_minimal_program_moves_off_new_year():
    blueprint = load(MINIMAL)

    rows = dates_of(blueprint, "series.gathering", date(2027, 9, 1))

    assert [row.begins_on for row in rows] == [
        date(2027, 9, 15),
        date(2028, 1, 3),
        date(2028, 5, 1),
    ]
    assert rows[1].moved_because == "moved from 1 January, holiday: New Year's Day"
    assert dates_of(blueprint, "end", date(2027, 9, 1))[0].begins_on == date(2028, 5, 31)


def lern(length: str = "10 months", *, skip: bool = True) -> Blueprint:
    text = edited(text_of("lern"), 'length = "10 months"', f'length = "{length}"')
    if not skip:
        text = text.replace('on = "2nd Tuesday"\nskip = ["July"]', 'on = "2nd Tuesday"')
    return load(text)


def test_strategy_sessions_of_a_season_from_september():
    rows = dates_of(lern(), "series.strategy", date(2027, 9, 1))

    assert [f"{row.begins_on:%d %b}" for row in rows] == [
        "14 Sep", "12 Oct", "09 Nov", "14 Dec", "11 Jan", "08 Feb", "14 Mar", "11 Apr", "09 May",
        "13 Jun",
    ]  # fmt: skip


def test_a_season_over_summer_has_no_july():
    rows = dates_of(lern(), "series.strategy", date(2027, 2, 1))
    sessions = dates_of(lern(), "series.learning", date(2027, 2, 1))
    cadence = dates_of(lern(), "series.executive", date(2027, 2, 1))

    assert [f"{row.begins_on:%d %b}" for row in rows] == [
        "09 Feb", "09 Mar", "13 Apr", "11 May", "08 Jun", "10 Aug", "14 Sep", "12 Oct", "09 Nov",
    ]  # fmt: skip
    assert (sessions[0].begins_on, sessions[-1].begins_on) == (
        date(2027, 2, 24),
        date(2027, 10, 27),
    )
    assert len(cadence) == 9
    assert all(row.is_period for row in cadence)


def test_a_year_without_skipped_months_has_twelve():
    rows = dates_of(lern("12 months", skip=False), "series.strategy", date(2027, 9, 1))
    sessions = dates_of(lern("12 months"), "series.learning", date(2027, 9, 1))

    assert (len(rows), len(sessions)) == (12, 8)


def test_sessions_from_september_end_in_may():
    rows = dates_of(lern(), "series.learning", date(2027, 9, 1))

    assert (rows[0].begins_on, rows[-1].begins_on) == (date(2027, 9, 22), date(2028, 5, 24))


def hours_of(blueprint: Blueprint, meetings: int) -> tuple[int, int]:
    """Minutes of a district that uses everything: fewest, most."""
    ledger = blueprint.section("ledger", LedgerSection).entitlements
    fixed = sum(
        amount.high
        for key in ("convenings", "coaching-hours")
        if isinstance(amount := ledger[key].quantity, Amount)
    )
    fixed += 6 * 120
    return fixed + meetings * 60, fixed + meetings * 90


def test_hours_of_a_district_are_those_of_the_flyer():
    ten, twelve = hours_of(lern(), 10), hours_of(lern("12 months"), 12)

    assert ten == (51 * 60, 56 * 60)
    assert twelve == (53 * 60, 59 * 60)


def test_weeks_follow_the_learner_and_her_pause():
    course = shipped("lee").section("learning", LearningSection)

    weeks = weeks_of(course, MONDAY, zone="Africa/Nairobi", paused_after=(6,))

    opens = {week.number: week.opens_at.astimezone(UTC) for week in weeks}
    assert f"{opens[1]:%d %b %H:%M}" == "10 Jan 21:00"
    assert f"{opens[6]:%d %b}" == "14 Feb"
    assert f"{opens[7]:%d %b}" == "28 Feb"
    assert f"{opens[8]:%d %b}" == "07 Mar"
    assert f"{weeks[11].closes_at:%a %Y-%m-%d %H:%M}" == "Sun 2027-04-11 23:59"


def test_a_week_in_which_clocks_change_has_one_hour_less():
    course = shipped("lee").section("learning", LearningSection)

    weeks = weeks_of(course, MONDAY, zone="America/New_York")

    ninth, tenth = weeks[8].opens_at.astimezone(UTC), weeks[9].opens_at.astimezone(UTC)
    assert (ninth.hour, tenth.hour) == (5, 4)
    assert tenth - ninth == timedelta(hours=167)
    assert weeks[8].closes_at.tzname() == "EDT"


def test_months_are_counted_from_the_anchor():
    step = Almanac(CalendarSettings()).step
    last_of_january = date(2027, 1, 31)

    assert step(last_of_january, parse_span("1 month")) == date(2027, 2, 28)
    assert step(last_of_january, parse_span("2 months")) == date(2027, 3, 31)


def test_working_days_step_over_weekends_and_holidays():
    step = Almanac(CalendarSettings()).step

    assert step(date(2027, 6, 17), parse_span("1 working day")) == date(2027, 6, 21)
    assert step(date(2027, 6, 21), parse_span("1 working day"), -1) == date(2027, 6, 17)


@pytest.mark.slow
def test_federal_holidays_agree_with_the_library():
    for year in range(2021, 2061):
        assert set(federal_holidays(year)) == set(holidays.country_holidays("US", years=year))


def test_a_longer_last_day_fills_three_dates():
    text = edited(MINIMAL, 'length = "1 day"', 'length = "5 half-days"\nbegins = "afternoon"')
    text = edited(text, 'quantity = "3 days"', 'quantity = "15 half-days"')

    rows = dates_of(load(text), "series.gathering", date(2027, 9, 1))

    assert (rows[0].ends_on - rows[0].begins_on).days == 2
