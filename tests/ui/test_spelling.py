"""Days, moments and lengths as a reader says them. The clock of tests stands in 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from throughline.core import clock
from throughline.ui import spelling

NOVEMBER = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_november():
    with clock.at(NOVEMBER):
        yield


def test_a_day_of_this_year_is_said_without_its_year():
    assert spelling.day(date(2026, 12, 4)) == "Fri, Dec 4"


def test_a_day_of_another_year_carries_it():
    assert spelling.day(date(2027, 11, 10)) == "Wed, Nov 10, 2027"


def test_no_day_is_nothing():
    assert (spelling.day(None), spelling.moment(None), spelling.minutes(None)) == ("", "", "")


def test_a_moment_is_said_in_the_zone_that_is_asked_for():
    nine = datetime(2026, 12, 4, 14, 0, tzinfo=UTC)

    assert spelling.moment(nine, "America/New_York") == "Fri, Dec 4, 9:00 am ET"
    assert spelling.moment(nine, "America/Chicago") == "Fri, Dec 4, 8:00 am CT"


def test_a_moment_is_said_in_the_readers_own_zone_and_day():
    late = datetime(2026, 12, 5, 3, 30, tzinfo=UTC)

    with timezone.override("America/Los_Angeles"):
        assert spelling.moment(late) == "Fri, Dec 4, 7:30 pm PT"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/New_York", "ET"),
        ("America/Denver", "MT"),
        ("America/Anchorage", "AKT"),
        ("UTC", "UTC"),
        ("Asia/Dubai", "UTC+4"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("Europe/Berlin", "CET"),
    ],
)
def test_a_zone_is_called_what_people_call_it_in_summer_and_winter(zone, name):
    winter = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

    assert spelling.zone_name(winter.astimezone(spelling.zone_of(zone))) == name
    if name.endswith("T") and zone.startswith("America"):
        summer = datetime(2026, 7, 5, 12, 0, tzinfo=UTC)
        assert spelling.zone_name(summer.astimezone(spelling.zone_of(zone))) == name


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 12, 4), date(2026, 12, 5), "Dec 4–5"),
        (date(2026, 11, 30), date(2026, 12, 1), "Nov 30 – Dec 1"),
        (date(2027, 3, 5), date(2027, 3, 6), "Mar 5–6, 2027"),
        (date(2026, 12, 31), date(2027, 1, 1), "Dec 31, 2026 – Jan 1, 2027"),
        (date(2026, 12, 4), None, "Fri, Dec 4"),
        (date(2026, 12, 4), date(2026, 12, 4), "Fri, Dec 4"),
    ],
)
def test_a_span_of_days_says_no_more_than_it_must(first, last, said):
    assert spelling.days(first, last) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (1200, "20 h")],
)
def test_minutes_are_said_in_hours_when_there_are_some(count, said):
    assert spelling.minutes(count) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(45, "45 minutes"), (60, "1 hour"), (90, "1½ hours"), (125, "2 hours"), (None, "")],
)
def test_a_sentence_says_hours_in_halves(count, said):
    assert spelling.hours(count) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Ben"], "Ana and Ben"),
        (["Ana", "Ben", "Cara"], "Ana, Ben and Cara"),
        (["Ana", "Ben", "Cara", "Dee", "Eli"], "Ana, Ben and 3 more"),
    ],
)
def test_three_people_are_named_and_more_are_counted(names, said):
    assert spelling.listed(names) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((14, 0), (14, 30), "9:00–9:30 am ET"),
        ((16, 30), (17, 30), "11:30 am – 12:30 pm ET"),
    ],
)
def test_a_stretch_of_a_day_says_its_half_and_its_zone_once(first, last, said):
    start, end = (datetime(2026, 12, 4, hour, minute, tzinfo=UTC) for hour, minute in (first, last))
    assert spelling.times(start, end, "America/New_York") == said
