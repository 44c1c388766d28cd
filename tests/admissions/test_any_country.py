"""Whoever is in no list of districts applies all the same, and a person decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.admissions import fill, make_call
from tests.factories.people import NOW, make_network, make_person, make_place, make_staff
from throughline.admissions.actions.start_application import start_application
from throughline.admissions.actions.submit_application import submit_application
from throughline.admissions.models import Application
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.evidence.actions import ask_for_graduation
from throughline.people.actions import NamedPlace
from throughline.people.models import Organization, Person, Place
from throughline.teams.actions.name_member import name_member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]
SUNRISE = {"name": "Sunrise Schools", "country": "KE", "region": "Nairobi County"}


def url(name: str, *args: str) -> str:
    return reverse(f"admissions:{name}", args=args)


def words(content: bytes) -> str:
    return " ".join(content.decode().split())


def test_the_box_leads_to_three_questions_with_what_was_typed(as_person: As):
    call = make_call()
    client = as_person(make_person(call.network))

    asked = client.post(
        url("start", call.ref),
        {"district": "Sunrise Schools", "elsewhere": "on", "title": "superintendent"},
    )

    assert asked.headers["Location"] == (
        url("start", call.ref) + "?elsewhere=1&district=Sunrise+Schools&title=superintendent"
    )
    form = words(client.get(asked.headers["Location"]).content)
    assert "For which organization do you apply?" in form
    assert 'value="Sunrise Schools"' in form
    assert '<option value="KE">Kenya</option>' in form
    assert not Application.objects.exists()


@pytest.mark.requirement("LEE-22")
def test_an_organization_of_another_country_begins_an_application_once(as_person: As):
    call = make_call()
    person = make_person(call.network)
    client = as_person(person)
    sent = {**SUNRISE, "title": "superintendent"}

    pages = [client.post(url("start", call.ref) + "?elsewhere=1", sent) for _press in range(2)]

    application = Application.objects.get()
    assert {page.headers["Location"] for page in pages} == {url("application", application.ref)}
    district = application.engagement.district
    assert (district.name, district.place and district.place.where) == (
        "Sunrise Schools", "Nairobi County, Kenya",
    )  # fmt: skip
    assert Organization.objects.filter(network=call.network, name="Sunrise Schools").count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({**SUNRISE, "name": " "}, "Enter the name of your organization."),
        ({**SUNRISE, "country": ""}, "Choose a country."),
        ({**SUNRISE, "country": "XX"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_asked_beside_the_field_and_nothing_typed_is_lost(
    as_person: As, sent: dict[str, str], said: str
):
    call = make_call()

    page = as_person(make_person(call.network)).post(url("start", call.ref) + "?elsewhere=1", sent)

    assert page.status_code == 422
    shown = words(page.content)
    assert said in shown
    assert 'value="Nairobi County"' in shown
    assert not Place.objects.filter(authority="host").exists()


def test_another_network_finds_no_call_to_start(as_person: As):
    call = make_call()

    page = as_person(make_person(make_network())).post(
        url("start", call.ref) + "?elsewhere=1", SUNRISE
    )

    assert page.status_code == 404
    assert not Place.objects.filter(authority="host").exists()


def test_nobody_names_a_place_when_the_call_is_closed():
    call = make_call()
    person = make_person(call.network)

    with pytest.raises(NotAllowed):
        start_application(call, district_place=NamedPlace(**SUNRISE), by=person, now=call.closes_at)

    assert not Place.objects.filter(authority="host").exists()


def test_a_colleague_of_the_same_organization_is_told_that_one_was_begun():
    call = make_call()
    for number in range(2):
        person = make_person(call.network)
        if number:
            with pytest.raises(WrongState, match="has begun"):
                start_application(call, district_place=NamedPlace(**SUNRISE), by=person, now=NOW)
        else:
            start_application(call, district_place=NamedPlace(**SUNRISE), by=person, now=NOW)

    assert Application.objects.count() == 1


def test_a_rule_on_the_state_goes_to_a_person_and_staff_read_the_country(as_person: As):
    call = make_call()
    lead = make_person(call.network)
    application = start_application(call, district_place=NamedPlace(**SUNRISE), by=lead, now=NOW)
    fill(application)
    name_member(
        application.team, full_name="Ann", email="ann@sunrise.example", title="Head",
        is_cabinet=True, by=lead, now=NOW,
    )  # fmt: skip
    submit_application(application, typed_name=lead.full_name, by=lead, now=NOW)

    outcomes = dict(application.results.values_list("rule", "outcome"))
    assert outcomes["region"] == "person"
    assert application.cases.get().rule == "region"
    cases = as_person(make_staff(call.network)).get(url("cases", call.ref))
    assert "Sunrise Schools, Nairobi County, Kenya" in words(cases.content)


def test_the_check_answers_whoever_is_in_no_list(as_person: As):
    call = make_call()
    said = {
        "title": "Superintendent", "district": "Sunrise Schools", "elsewhere": "on",
        "dates": "yes", "commitment": "yes",
    }  # fmt: skip

    page = as_person(None).get(url("check", call.ref), said)

    shown = words(page.content)
    assert page.status_code == 200
    assert "You can apply. One point is for a person to decide." in shown
    assert "district=Sunrise+Schools&amp;title=superintendent&amp;elsewhere=1" in shown


def test_evidence_says_that_nothing_is_published_and_loads_nothing(as_person: As):
    call = make_call()
    lead = make_person(call.network)
    application = start_application(call, district_place=NamedPlace(**SUNRISE), by=lead, now=NOW)
    place = application.engagement.district.place
    assert place is not None
    address = reverse("evidence:graduation", args=[place.code])

    page = as_person(lead).get(address)

    shown = words(page.content)
    assert "No published figures exist" in shown
    assert "Load the published figures" not in shown
    with pytest.raises(BadInput, match="federal list"):
        ask_for_graduation(place, by=lead, now=NOW)
    assert as_person(make_person(make_network())).get(address).status_code == 404


def test_a_district_of_the_list_is_still_chosen_by_name(as_person: As):
    call, place = make_call(), make_place("Maple County")

    as_person(make_person(call.network)).post(url("start", call.ref), {"district": "Maple"})

    assert Application.objects.get().engagement.district.place == place
