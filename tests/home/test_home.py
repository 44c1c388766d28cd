"""What stands on the first page of a visitor, a participant and the staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import TwoNetworks
from tests.factories.admissions import make_call
from tests.factories.inquiry import make_challenge, make_real_team
from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import (
    blueprint_text,
    fellow_of,
    make_cohort,
    make_engagement,
    place_events,
)
from tests.factories.teams import make_team
from throughline.core import clock
from throughline.core.blueprint.editing import put
from throughline.core.todo import ToDo
from throughline.home.queries.next_for_me import MOST, first_of
from throughline.people.models import Person
from throughline.programs.actions.move_cohort import move_cohort, publish_cohort
from throughline.programs.actions.take_seat import take_seat
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AsPerson = Callable[[Person | None], Client]


def running_cohort(two_networks: TwoNetworks, districts: int) -> Cohort:
    cohort = make_cohort(two_networks.ours)
    place_events(cohort)
    publish_cohort(cohort, by=None, now=NOW)
    move_cohort(cohort, CohortState.RUNNING, by=None, now=NOW)
    for number in range(districts):
        make_team(make_engagement(cohort, name=f"District {number}"))
    return cohort


@pytest.mark.requirement("RELN-51", "RELN-52")
def test_a_visitor_reads_length_cost_rules_and_dates_without_an_account(
    two_networks: TwoNetworks, as_person: AsPerson
):
    cohort = make_cohort(two_networks.ours)
    place_events(cohort)
    publish_cohort(cohort, by=None, now=NOW)

    page = as_person(None).get(f"/p/{cohort.program.ref}/").content.decode()

    assert "18" in page and "months, with your own design team" in page
    assert "network convenings of 2 days" in page
    assert "Your district is in a state that this network serves." in page
    assert "You bring a design team of 5 to 7 people. An existing team is welcome." in page
    assert "Travel, lodging, meals and materials are paid for each fellow." in page
    assert "Funded by The Atlantic Philanthropies." in page
    assert "people in your design team" in page and "AL, AR, DC" in page
    assert "Program coordination team answers" in page


def test_a_visitor_reads_the_dates_in_a_zone_of_her_choice_with_the_hosts_beside(
    as_person: AsPerson,
):
    call = make_call()
    address, client = f"/p/{call.cohort.program.ref}/", as_person(None)

    plain = client.get(address).content.decode()
    chosen = client.get(address, {"zone": "America/Denver"}).content.decode()

    assert "11:59 pm ET" in plain and "9:59 pm MT" not in plain
    assert "9:59 pm MT (11:59 pm ET)" in chosen
    assert "11:59 pm ET" in client.get(address, {"zone": "../etc"}).content.decode()


def test_words_of_a_strangers_file_are_printed_and_never_run(
    two_networks: TwoNetworks, as_person: AsPerson
):
    cohort = make_cohort(two_networks.ours)
    version = cohort.version
    evil = {**version.parsed["blueprint"], "summary": "<script>alert(1)</script>"}
    type(version).objects.filter(pk=version.pk).update(
        parsed={**version.parsed, "blueprint": evil}, sha256="f" * 64
    )

    page = as_person(None).get(f"/p/{cohort.program.ref}/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_planned_cohort_is_not_on_the_public_page(two_networks: TwoNetworks, as_person: AsPerson):
    cohort = make_cohort(two_networks.ours, label="Hidden Cohort")

    page = as_person(None).get(f"/p/{cohort.program.ref}/").content.decode()

    assert "Hidden Cohort" not in page


def test_the_directors_page_says_where_each_district_stands(
    two_networks: TwoNetworks, as_person: AsPerson
):
    cohort = running_cohort(two_networks, 2)

    page = as_person(two_networks.our_director).get(f"/cohort/{cohort.ref}/").content.decode()

    assert "Where the 2 districts stand" in page
    assert "District 0" in page and "District 1" in page
    assert "10 days of network convenings" in page


@pytest.mark.requirement("NEWS-04")
@pytest.mark.parametrize(("least", "is_warned"), [(2, False), (3, True), (None, False)])
def test_a_director_is_warned_of_a_cohort_below_its_least(
    as_person: AsPerson, db: None, least: int | None, is_warned: bool
):
    source = put(blueprint_text(), {("program", "cohort", "min"): least})
    cohort = make_cohort(source=source)
    for state in (CohortState.RECRUITING, CohortState.RUNNING):
        move_cohort(cohort, state, by=None, now=NOW)
    for number in range(2):
        make_engagement(cohort, name=f"District {number}")
    director = as_person(make_staff(cohort.network))

    page, home = director.get(f"/cohort/{cohort.ref}/").text, director.get("/").text

    said = "2 seats are taken; the program says that 3 is the least."
    assert [said in page, said in home] == [is_warned, is_warned]


@pytest.mark.parametrize(("least", "is_warned"), [(3, False), (4, True)])
def test_seats_that_persons_hold_count_towards_the_least(
    as_person: AsPerson, db: None, least: int, is_warned: bool
):
    cohort = make_cohort(source=put(blueprint_text(), {("program", "cohort", "min"): least}))
    for state in (CohortState.RECRUITING, CohortState.RUNNING):
        move_cohort(cohort, state, by=None, now=NOW)
    make_engagement(cohort)
    for _place in range(2):
        take_seat(cohort, person=make_person(cohort.network), by=None, now=NOW)

    home = as_person(make_staff(cohort.network)).get("/").text

    assert (f"3 seats are taken; the program says that {least} is the least." in home) == is_warned


def test_a_team_that_is_late_is_somebody_to_call(two_networks: TwoNetworks, as_person: AsPerson):
    cohort = running_cohort(two_networks, 0)
    make_engagement(cohort, name="District 0")
    late = clock.at(NOW + (cohort.starts_on - NOW.date()) + timedelta(days=90))

    with late:
        page = as_person(two_networks.our_director).get(f"/cohort/{cohort.ref}/").content.decode()

    assert "Call District 0: its design team is not complete" in page


def test_the_directors_page_leads_to_each_team_and_says_what_moved_without_its_words(
    two_networks: TwoNetworks, as_person: AsPerson
):
    cohort = running_cohort(two_networks, 0)
    team, lead, _member = make_real_team(cohort)
    challenge = make_challenge(team, lead)

    page = as_person(two_networks.our_director).get(f"/cohort/{cohort.ref}/").content.decode()

    assert f'href="/teams/{team.ref}/"' in page
    assert "The team is writing its challenge." in page
    assert challenge.experience not in page


@pytest.mark.parametrize("districts", [1, 12])
def test_the_directors_page_takes_at_most_fifteen_queries(
    two_networks: TwoNetworks, as_person: AsPerson, districts: int
):
    cohort = running_cohort(two_networks, districts)
    client = as_person(two_networks.our_director)

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/cohort/{cohort.ref}/")

    assert len(queries) <= 15


def test_a_cohort_page_does_not_exist_for_others(two_networks: TwoNetworks, as_person: AsPerson):
    cohort = running_cohort(two_networks, 1)
    fellow = fellow_of(cohort.engagements.get())

    for person in (fellow, make_person(two_networks.ours), two_networks.their_director):
        assert as_person(person).get(f"/cohort/{cohort.ref}/").status_code == 404


def test_staff_are_led_to_the_cohort_that_runs(two_networks: TwoNetworks, as_person: AsPerson):
    cohort = running_cohort(two_networks, 1)

    answer = as_person(make_staff(two_networks.ours, "coordinator")).get("/cohort/")

    assert answer["Location"] == f"/cohort/{cohort.ref}/"


def test_next_for_me_shows_at_most_seven_things_the_first_due_first():
    day = NOW.date()
    found = [ToDo(f"Do {n}", n, day + timedelta(days=n), "/") for n in range(9, 0, -1)]
    undated = ToDo("Do it some day", 5, None, "/", weight=9)

    shown = first_of([undated, *found], now=NOW)

    assert [one.title for one in shown.todos] == [f"Do {n}" for n in range(1, MOST + 1)]
    assert (shown.minutes, shown.more) == (sum(range(1, 8)), 3)


def test_a_fellow_is_greeted_with_what_is_next(two_networks: TwoNetworks, as_person: AsPerson):
    cohort = running_cohort(two_networks, 1)
    fellow = fellow_of(cohort.engagements.get())

    page = as_person(fellow).get("/").content.decode()

    assert "Next for me" in page
    assert fellow.full_name.split()[0] in page
