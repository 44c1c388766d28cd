"""What a period leaves over: it lapses, or goes on as the program says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.factories.ledger import make_entry, make_promise
from tests.factories.people import NOW, make_staff
from tests.factories.programs import make_engagement
from throughline.ledger.actions.close_period import LOGGED_WITHIN, close_period, close_periods
from throughline.ledger.actions.open_entitlement import open_entitlement
from throughline.ledger.models import Entitlement, Entry
from throughline.ledger.queries import entitlement_on, promise_lines
from throughline.ledger.rules import Sums, sums_of

pytestmark = pytest.mark.django_db


def quarters(carry: str = "none") -> list[Entitlement]:
    """180 minutes a quarter."""
    engagement = make_engagement()
    promise = make_promise(engagement.cohort, period="quarter", quantity=180, carry=carry)
    return open_entitlement(
        promise, scope=engagement.scope, engagement=engagement, by=None, now=NOW
    )


def after(period: Entitlement, days: int = 1) -> datetime:
    day = period.valid_to + LOGGED_WITHIN + timedelta(days=days)
    return datetime.combine(day, time(12), UTC)


def sums(entitlement: Entitlement) -> Sums:
    return sums_of([entitlement.pk])[entitlement.pk]


@pytest.mark.parametrize(
    ("carry", "carried"), [("none", 0), ("all", 120), ("30 minutes", 30), ("5 hours", 120)]
)
def test_what_a_quarter_leaves_over_lapses_and_carries_over_as_the_program_says(
    carry: str, carried: int
):
    first, second, *_ = quarters(carry)
    make_entry(first, 60)

    for _time in range(2):
        close_period(first, by=None, now=after(first))

    assert sums(first) == Sums(granted=180, delivered=60, expired=120)
    assert sums(second) == Sums(granted=180 + carried, carried=carried)


def test_a_quarter_stays_open_while_its_last_days_can_be_logged():
    first, *_ = quarters()

    assert close_period(first, by=None, now=after(first, days=0)) is None
    assert sums(first) == Sums(granted=180)


def test_what_is_still_booked_is_looked_at_again_once_it_is_released():
    first, second, *_ = quarters("all")
    make_entry(first, 60, kind="scheduled", source="tests.session:1")
    close_period(first, by=None, now=after(first))
    before = sums(first), sums(second).carried

    make_entry(first, 60, kind="unscheduled", source="tests.session:1")
    close_period(first, by=None, now=after(first))

    assert before == (Sums(granted=180, scheduled=60, expired=120), 120)
    assert sums(first) == Sums(granted=180, expired=180)
    assert sums(second).carried == 180


def test_the_daily_job_closes_what_ended_and_nothing_else():
    first, second, third, *_ = quarters()
    make_entry(first, 180)

    closed = [close_periods(now=after(second)) for _day in range(2)]

    assert closed == [1, 0]
    assert [sums(one).expired for one in (first, second, third)] == [0, 180, 0]


def test_a_session_draws_on_the_period_of_its_day():
    first, second, *_ = quarters()

    assert entitlement_on(first, second.valid_from) == second
    assert entitlement_on(second, first.valid_to) == first
    assert entitlement_on(first, date(2040, 1, 1)) == first


def test_what_lapsed_stays_visible_and_what_went_on_is_counted_once():
    first, *_ = quarters("30 minutes")
    director = make_staff(first.network)
    cohort = first.promise.cohort
    promised = 180 * Entitlement.objects.filter(promise=first.promise).count()

    close_period(first, by=None, now=after(first))

    line = next(
        one for one in promise_lines(director, cohort) if one.sums.granted and one.unit == "minutes"
    )
    assert (line.sums.granted, line.sums.expired, line.lapsed) == (promised, 150, "2.5 hours")
    assert Entry.objects.filter(kind="expired").count() == 1
