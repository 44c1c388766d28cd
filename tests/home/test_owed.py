"""Who owes what: person by person, late first, and nothing of other cohorts or of coaching's texts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coaching, plan
from tests.factories.convenings import make_event, seat_of_fellow
from tests.factories.counting import queries_of
from tests.factories.people import make_person, make_staff
from tests.factories.programs import make_cohort
from throughline.convenings.queries import ANSWER_BEFORE
from throughline.core import clock
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AsPerson = Callable[[Person | None], Client]


def words(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def before_event(event, days: int):
    """A moment so many days before an answer is due."""
    gap = event.first_day - ANSWER_BEFORE - timedelta(days=days) - clock.today()
    return clock.at(clock.now() + gap)


def test_an_answer_is_later_then_due_then_late_and_gone_once_given(
    two_networks: TwoNetworks, as_person: AsPerson
):
    event = make_event(two_networks.ours)
    seat = seat_of_fellow(event)
    address = f"/cohort/{event.scope.cohort.ref}/owed/"
    director = as_person(two_networks.our_director)
    titles = {30: "Later: 1", 5: "Due within a week: 1", -2: "Late: 1"}

    for days, title in titles.items():
        with before_event(event, days):
            page = words(director, address)
            assert title in page and str(seat.person) in page
    with before_event(event, 5):
        as_person(seat.person).post(
            f"/convenings/seats/{seat.ref}/answer/", {f"seat-{seat.ref}-coming": "yes"}
        )
        assert "Nobody owes anything." in words(director, address)


def test_a_coach_owes_the_log_of_a_session_that_is_over(as_person: AsPerson):
    coaching = make_coaching()
    session = plan(coaching, day=clock.today() + timedelta(days=3))
    cohort = coaching.engagement.cohort
    director = as_person(make_staff(cohort.network))

    before = words(director, f"/cohort/{cohort.ref}/owed/")
    with clock.at(session.occasion.starts_at + timedelta(days=2)):
        after = words(director, f"/cohort/{cohort.ref}/owed/?kind=coaching")

    asked = f"Log the session with {coaching.coachee}"
    assert asked not in before
    assert asked in after and str(coaching.coach.person) in after and "Late: 1" in after


def test_the_page_takes_as_many_queries_for_many_as_for_few(
    two_networks: TwoNetworks, as_person: AsPerson
):
    few, many = (
        make_event(two_networks.ours, districts=1),
        make_event(two_networks.ours, districts=4),
    )
    director = as_person(two_networks.our_director)

    counts = []
    for event in (few, many):
        with before_event(event, 5):
            counts.append(queries_of(director, f"/cohort/{event.scope.cohort.ref}/owed/"))

    assert counts[0] == counts[1]


def test_for_others_the_page_does_not_exist(two_networks: TwoNetworks, as_person: AsPerson):
    cohort = make_cohort(two_networks.ours)

    for person in (make_person(two_networks.ours), two_networks.their_director):
        assert as_person(person).get(f"/cohort/{cohort.ref}/owed/").status_code == 404
