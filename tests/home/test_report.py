"""The one-page report of a cohort: who came, hours, who needs a hand, and of how many."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.factories.convenings import make_event, seat_of_fellow
from tests.factories.counting import queries_of
from tests.factories.ledger import make_entitlement, make_entry, open_promises
from tests.factories.pdf import read_back
from tests.factories.people import NOW, make_staff
from tests.factories.programs import blueprint_text, make_cohort, make_engagement
from tests.ledger.test_pages import text_of
from throughline.convenings.actions import check_in, close_event, confirm_seat
from throughline.convenings.models import Event
from throughline.core import clock
from throughline.core.blueprint.editing import put
from throughline.home.queries.cohort_report import Came, cohort_report
from throughline.home.queries.periods import periods_of
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AsPerson = Callable[[Person | None], Client]


def held(came: int) -> Event:
    """A convening of four half-days to which its fellow said yes; she came to so many of them."""
    event = make_event(number=1, districts=2)
    seat = seat_of_fellow(event)
    confirm_seat(seat, coming="yes", by=None, now=NOW - timedelta(days=300))
    blocks = list(event.blocks.select_related("event__scope", "occasion__scope"))
    for place, block in enumerate(blocks):
        status = "present" if place < came else "absent"
        moment = block.occasion.starts_at + timedelta(minutes=5)
        check_in(block, seat.person, status=status, tap=uuid4(), by=None, now=moment)
    close_event(event, by=None, now=blocks[-1].occasion.ends_at + timedelta(hours=1))
    return event


@pytest.mark.requirement("RELN-27")
def test_what_was_promised_to_be_attended_stands_beside_what_was():
    event = held(3)
    cohort = event.scope.cohort

    report = cohort_report(make_staff(event.network), cohort, now=NOW)

    assert [(one.district, one.came) for one in report.lines] == [
        ("District 0", Came(people=1, held=4, said_yes=4, kept=3, there=3)),
        ("District 1", Came(people=1, held=4, said_yes=0, kept=0, there=0)),
    ]
    assert report.came.words == "37%, 3 of 8 half-days, n = 2 people"


def test_hours_are_those_of_the_period_and_the_promise_says_how_much_so_far():
    engagement = make_engagement()
    open_promises(engagement)
    entitlement = make_entitlement(engagement)
    cohort, director = engagement.cohort, make_staff(engagement.network)
    first = NOW + (cohort.starts_on - NOW.date())
    make_entry(entitlement, 90, now=first + timedelta(days=10))
    make_entry(entitlement, 30, now=first + timedelta(days=100))

    whole = cohort_report(director, cohort, now=NOW)
    second = cohort_report(director, cohort, period="2", now=NOW)
    wrong = cohort_report(director, cohort, period="no", now=NOW)

    assert (whole.minutes, second.minutes, wrong.period.number) == (120, 30, 0)
    [line] = [one for one in second.promises if one.line.granted == "20.0"]
    assert (line.in_period_words, line.so_far_words, line.promised_words) == (
        "0.5 hours", "2.0 hours", "20.0 hours",
    )  # fmt: skip


def test_periods_follow_the_program_and_begin_on_the_first_day():
    own = put(blueprint_text(), {("reporting", "periods"): "2 months"})
    by_quarter, by_two = make_cohort(), make_cohort(source=own)

    quarters = periods_of(by_quarter, NOW.date())
    twos = periods_of(by_two, NOW.date())
    early = periods_of(by_quarter, by_quarter.starts_on - timedelta(days=30))

    assert [one.number for one in quarters] == [0, 1, 2, 3]
    assert [str(one.first) for one in quarters[1:]] == ["2026-05-11", "2026-08-11", "2026-11-11"]
    assert [str(one.first) for one in twos[1:]] == [
        "2026-05-11", "2026-07-11", "2026-09-11", "2026-11-11",
    ]  # fmt: skip
    assert [one.number for one in early] == [0, 1]


def test_page_print_and_spreadsheet_say_the_same(as_person: AsPerson):
    event = held(3)
    cohort = event.scope.cohort
    client, url = as_person(make_staff(event.network)), f"/cohort/{cohort.ref}/report/"

    page = text_of(client.get(url))
    printed = read_back(client.get(f"{url}file/").content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{url}numbers/").content))

    assert "3 of 8 half-days, n = 2 people" in page and "3 of 4" in page
    assert "75% of “10 days of network convenings” so far" in page
    assert (printed.standard, printed.is_tagged) == ("ua-1", True)
    assert (
        "37%, 3 of 8 half-days" not in page and "District 0: 75%, 3 of 4 half-days" in printed.text
    )
    assert "75% of “10 days of network convenings” so far" in printed.text
    assert book.get_sheet_by_index(0).to_python()[1] == ["District 0", 1, 4, 4, 3, 3, 75, 0]
    assert len(book.sheet_names) == 4


def test_for_others_the_report_does_not_exist(as_person: AsPerson):
    event = held(4)
    url = f"/cohort/{event.scope.cohort.ref}/report/"

    for nobody in (seat_of_fellow(event).person, make_staff()):
        for place in ("", "file/", "numbers/"):
            assert as_person(nobody).get(url + place).status_code == 404


def test_the_report_takes_as_many_queries_for_many_as_for_few(as_person: AsPerson):
    def queries(districts: int) -> int:
        cohort = make_event(number=1, districts=districts).scope.cohort
        client, url = as_person(make_staff(cohort.network)), f"/cohort/{cohort.ref}/report/"
        with clock.at(NOW):
            client.get(url)
            return queries_of(client, url)

    assert queries(6) == queries(2)
