"""The reader's clock first, that of the event beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from throughline.core import clock
from throughline.ui.clocks import moment_beside, times_beside

NOVEMBER = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HALF_PAST_THREE = datetime(2026, 12, 4, 20, 30, tzinfo=UTC)
"""15:30 in Atlanta."""

NAIROBI = ZoneInfo("Africa/Nairobi")
ATLANTA = "America/New_York"


@pytest.fixture(autouse=True)
def in_november():
    with clock.at(NOVEMBER):
        yield


def test_a_reader_in_nairobi_reads_her_own_time_with_the_hosts_beside_it():
    said = moment_beside(HALF_PAST_THREE, NAIROBI, ATLANTA)

    assert said == "Fri, Dec 4, 11:30 pm EAT (3:30 pm ET)"


def test_the_day_there_is_said_when_it_is_another():
    later = HALF_PAST_THREE + timedelta(hours=1)

    assert moment_beside(later, NAIROBI, ATLANTA) == (
        "Sat, Dec 5, 12:30 am EAT (Fri, Dec 4, 4:30 pm ET)"
    )


def test_where_both_clocks_agree_the_time_is_said_once():
    detroit = ZoneInfo("America/Detroit")
    last = HALF_PAST_THREE + timedelta(minutes=30)

    assert moment_beside(HALF_PAST_THREE, detroit, ATLANTA) == "Fri, Dec 4, 3:30 pm ET"
    assert times_beside(HALF_PAST_THREE, last, detroit, ATLANTA) == ("3:30–4:00 pm ET", "")


def test_from_when_to_when_is_said_on_both_clocks():
    first = datetime(2026, 12, 4, 14, 0, tzinfo=UTC)

    said = times_beside(first, first + timedelta(minutes=30), NAIROBI, ATLANTA)

    assert said == ("5:00–5:30 pm EAT", "9:00–9:30 am ET")


def test_a_part_that_begins_on_another_day_says_so():
    first = datetime(2026, 12, 4, 21, 0, tzinfo=UTC)

    said = times_beside(first, first + timedelta(minutes=30), NAIROBI, ATLANTA)

    assert said == ("Sat, Dec 5, 12:00–12:30 am EAT", "4:00–4:30 pm ET")


@pytest.mark.parametrize(
    ("person", "said"),
    [(None, "Fri, Dec 4, 3:30 pm ET"), (object(), "Fri, Dec 4, 11:30 pm EAT (3:30 pm ET)")],
)
def test_a_visitor_whose_clock_nobody_knows_reads_that_of_the_host(person, said):
    request = RequestFactory().get("/")
    request.person = person  # type: ignore[attr-defined]
    template = Template("{% load ui %}{% own_moment at zone %}")

    with timezone.override(NAIROBI):
        shown = template.render(
            Context({"request": request, "at": HALF_PAST_THREE, "zone": ATLANTA})
        )

    assert shown == said
