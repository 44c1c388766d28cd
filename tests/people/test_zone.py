"""Everybody reads times in a zone of her own choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from zoneinfo import available_timezones

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.convenings import make_event, seat_of_fellow
from tests.factories.meetings import make_occasion
from tests.factories.people import NOW, make_network, make_person, root_of
from throughline.audit.models import AuditEvent
from throughline.core import clock
from throughline.core.errors import BadInput, NotAllowed
from throughline.people.actions.choose_zone import choose_zone
from throughline.people.models import Person
from throughline.people.zones import place_of, zone_choices

As = Callable[[Person | None], Client]
PAGE = "/you/zone/"


def words(content: bytes) -> str:
    return " ".join(content.decode().split())


def test_every_zone_of_the_world_can_be_chosen_under_its_country():
    offered = {name: [zone for zone, _place in zones] for name, zones in zone_choices()}

    assert offered["Kenya"] == ["Africa/Nairobi"]
    assert "Asia/Kathmandu" in offered["Nepal"]
    assert {zone for zones in offered.values() for zone in zones} <= available_timezones()
    assert place_of("America/Kentucky/Louisville") == "Kentucky, Louisville"
    assert place_of("UTC") == "UTC"


@pytest.mark.requirement("LEE-22")
@pytest.mark.django_db
@pytest.mark.slow
def test_a_learner_in_nairobi_reads_her_own_clock_with_the_hosts_beside_it(as_person: As):
    network = make_network()
    learner = make_person(network)
    make_occasion(root_of(network), starts_local=time(15, 30), invited=(learner,))
    client = as_person(learner)

    with clock.at(NOW):
        before = words(client.get(reverse("meetings:calendar")).content)
        client.post(PAGE, {"zone": "Africa/Nairobi"})
        you = words(client.get(reverse("people:you")).content)
        after = words(client.get(reverse("meetings:calendar")).content)

    assert "Fri, Dec 4, 3:30 pm ET" in before
    assert "Times are shown on the clock of Nairobi." in you
    assert "Fri, Dec 4, 11:30 pm EAT (3:30 pm ET)" in after


@pytest.mark.django_db
def test_a_zone_is_chosen_once_however_often_it_is_sent():
    person = make_person()

    choose_zone(person, "Asia/Dhaka", by=person, now=NOW)
    choose_zone(person, "Asia/Dhaka", by=person, now=NOW)

    person.refresh_from_db()
    assert (person.zone, person.time_zone) == ("Asia/Dhaka", "Asia/Dhaka")
    assert AuditEvent.objects.filter(verb="changed", key=person.ref).count() == 1


@pytest.mark.django_db
def test_without_a_choice_the_zone_is_that_of_the_network():
    person = make_person()
    choose_zone(person, "Asia/Dhaka", by=person, now=NOW)

    choose_zone(person, "", by=person, now=NOW)

    assert person.time_zone == "America/New_York"


@pytest.mark.django_db
def test_nobody_chooses_for_another_and_nothing_that_is_no_zone():
    person = make_person()

    with pytest.raises(NotAllowed):
        choose_zone(person, "Asia/Dhaka", by=make_person(person.network), now=NOW)
    with pytest.raises(BadInput) as refused:
        choose_zone(person, "Mars/Olympus", by=person, now=NOW)

    assert refused.value.field == "zone"
    person.refresh_from_db()
    assert person.zone == ""


@pytest.mark.django_db
def test_a_zone_that_is_none_is_refused_beside_the_field(as_person: As):
    person = make_person()

    page = as_person(person).post(PAGE, {"zone": "Mars/Olympus"})

    assert page.status_code == 422
    assert "Choose a time zone of the list." in words(page.content)
    assert as_person(None).get(PAGE).status_code in {302, 404}


@pytest.mark.django_db
def test_a_zone_that_no_country_lists_stays_chosen(as_person: As):
    person = make_person()
    choose_zone(person, "UTC", by=person, now=NOW)

    page = words(as_person(person).get(PAGE).content)

    assert '<option value="UTC" selected>UTC</option>' in page


@pytest.mark.django_db
@pytest.mark.slow
def test_an_agenda_stands_on_both_clocks(as_person: As):
    event = make_event()
    fellow = seat_of_fellow(event).person
    choose_zone(fellow, "Africa/Nairobi", by=fellow, now=NOW)

    page = words(as_person(fellow).get(reverse("convenings:event", args=[event.ref])).content)

    assert '<time>5:00–5:30 pm EAT <span class="sub">9:00–9:30 am ET</span></time>' in page
    assert "Thu, Feb 11, 2027, 5:00 pm EAT (9:00 am ET)" in page
