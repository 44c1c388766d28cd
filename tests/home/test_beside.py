"""What stands beside "Next for me": dates with who comes, the thread, coaching, what others owe."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.coaching import make_coaching, make_session
from tests.factories.convenings import make_event, seat_of_fellow
from tests.factories.counting import queries_of
from tests.factories.inquiry import make_challenge, make_real_team
from tests.factories.people import make_staff
from tests.factories.programs import make_cohort
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AsPerson = Callable[[Person | None], Client]


def words(client: Client) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get("/").content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))


def test_a_fellow_sees_who_comes_with_her_and_who_has_not_said(as_person: AsPerson):
    event = make_event(members=5)
    seat = seat_of_fellow(event)

    page = words(as_person(seat.person))

    assert "0 of 6 from your district are coming." in page
    assert "Waiting for others" in page
    assert "and 3 more say whether they come" in page
    assert "Starts " in page and "Foundry Hall, Atlanta, in " in page


def test_another_districts_answers_stay_there(as_person: AsPerson):
    event = make_event(districts=2, members=5)

    assert "of 6 from your district" in words(as_person(seat_of_fellow(event).person))


def test_a_team_sees_its_thread_and_where_it_stands(two_networks: TwoNetworks, as_person: AsPerson):
    team, lead, member = make_real_team(make_cohort(two_networks.ours))
    before = words(as_person(member))
    challenge = make_challenge(team, lead)

    page = words(as_person(member))

    assert "Your throughline" in before and "Not begun yet." in before
    assert challenge.sentence in page and "Draft." in page
    assert "Challenge, where you are" in page and "Outcome, not yet" in page


def test_a_leader_sees_her_coach_and_a_coach_whom_she_coaches(as_person: AsPerson):
    coaching = make_coaching()
    make_session(coaching)

    coached = words(as_person(coaching.coachee))
    coach = words(as_person(coaching.coach.person))

    assert f"{coaching.coach.person}, your coach" in coached and "1 session" in coached
    assert f"{coaching.coachee}, {coaching.engagement.district}" in coach


def test_staff_are_shown_no_cards_of_a_district(two_networks: TwoNetworks, as_person: AsPerson):
    make_event(two_networks.ours, members=5)

    page = words(as_person(make_staff(two_networks.ours)))

    assert "Your throughline" not in page and "from your district" not in page


def test_the_first_page_takes_as_many_queries_for_a_large_team_as_for_a_small_one(
    as_person: AsPerson,
):
    small, large = make_event(members=5), make_event(members=7)

    few = queries_of(as_person(seat_of_fellow(small).person), "/")
    many = queries_of(as_person(seat_of_fellow(large).person), "/")

    assert few == many
