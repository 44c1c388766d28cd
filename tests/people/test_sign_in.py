"""Ways in: a code in the mail, a demo's link, the first host's link; and the second factor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.people import NOW, make_network, make_person
from throughline.core import clock
from throughline.core.errors import NotAllowed, WrongState
from throughline.people.actions.one_time_links import DEMO, find_link, make_link, use_link
from throughline.people.actions.open_installation import make_start_link
from throughline.people.actions.sign_in_links import make_demo_links
from throughline.people.enums import Role
from throughline.people.models import Network, OneTimeLink, Person

pytestmark = pytest.mark.django_db

AsPerson = Callable[[Person | None], Client]


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO", True)


def code_in_the_mail() -> str:
    found = re.search(r"^\s+(\S+)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[1]


def test_a_code_in_the_mail_signs_a_person_in():
    person = make_person()
    client = Client()

    client.post("/account/login/code/", {"email": person.address})
    client.post("/account/login/code/confirm/", {"code": code_in_the_mail()})

    assert client.get("/you/").context["request"].person == person


def test_a_wrong_code_signs_nobody_in():
    person = make_person()
    client = Client()

    client.post("/account/login/code/", {"email": person.address})
    client.post("/account/login/code/confirm/", {"code": "WRONG1"})

    assert client.get("/you/").status_code == 302


def test_a_stranger_cannot_learn_whether_an_address_is_known():
    person = make_person()

    known = Client().post("/account/login/code/", {"email": person.address})
    unknown = Client().post("/account/login/code/", {"email": "nobody@nowhere.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_newcomer_creates_an_account_and_says_her_name():
    network = make_network()
    Network.objects.filter(pk=network.pk).update(domain="testserver")
    client = Client()

    client.post("/account/signup/", {"email": "new@district.example"})
    answer = client.post("/account/confirm-email/", {"code": code_in_the_mail()})
    welcome = client.post(answer["Location"], {"full_name": "Marigold Lane", "next": "/you/"})

    assert welcome["Location"] == "/you/"
    person = Person.objects.get(full_name="Marigold Lane")
    assert (person.network, person.address) == (network, "new@district.example")


def test_a_demo_link_signs_in_once(demo: None):
    person = make_person()
    path = f"/demo/{make_link(DEMO, person=person, now=NOW)}/"
    client = Client()

    assert client.get(path)["Location"] == "/"
    assert client.get("/you/").context["request"].person == person
    assert Client().get(path).status_code == 410


def test_a_demo_link_works_for_24_hours(demo: None):
    path = f"/demo/{make_link(DEMO, person=make_person(), now=NOW)}/"

    with clock.at(NOW + timedelta(hours=24)):
        assert Client().get(path).status_code == 410


def test_a_demo_link_does_not_exist_outside_loopback_or_a_demo(
    demo: None, monkeypatch: pytest.MonkeyPatch
):
    path = f"/demo/{make_link(DEMO, person=make_person(), now=NOW)}/"

    assert Client(REMOTE_ADDR="192.0.2.7").get(path).status_code == 404
    monkeypatch.setattr(settings, "DEMO", False)
    assert Client().get(path).status_code == 404
    with pytest.raises(NotAllowed):
        make_link(DEMO, person=make_person(), now=NOW)


def test_a_code_is_never_stored(demo: None):
    code = make_link(DEMO, person=make_person(), now=NOW)

    assert code not in repr(list(OneTimeLink.objects.values()))


def test_two_clicks_on_one_link_are_one_sign_in(demo: None):
    code = make_link(DEMO, person=make_person(), now=NOW)
    first, second = find_link(DEMO, code, now=NOW), find_link(DEMO, code, now=NOW)
    assert first is not None and second is not None

    use_link(first, now=NOW)

    with pytest.raises(WrongState, match="has been used"):
        use_link(second, now=NOW)


def test_every_role_of_a_demo_gets_a_link(demo: None):
    network = make_network()
    people = [["director", make_person(network).ref], ["coach", make_person(network).ref]]
    Network.objects.filter(pk=network.pk).update(settings={"demo_people": people})

    links = make_demo_links(now=NOW)

    assert list(links) == ["director", "coach"]


START = {
    "network_name": "River Network", "zone": "America/Chicago",
    "full_name": "Marigold Lane", "email": "marigold@host.example",
}  # fmt: skip


@pytest.mark.first_network
def test_the_first_host_names_her_network_and_directs_it():
    path = make_start_link(now=NOW)
    assert path is not None
    client = Client()

    assert client.get(path).status_code == 200
    client.post(path, START)

    network = Network.objects.get()
    assert (network.name, network.zone) == ("River Network", "America/Chicago")
    person = client.get("/you/").context["request"].person
    assert [role for role, _ in person.live_roles] == [Role.DIRECTOR]
    assert Client().get(path).status_code == 410
    assert make_start_link(now=NOW) is None


def test_a_start_without_a_name_keeps_what_was_typed():
    path = make_start_link(now=NOW)
    assert path is not None

    answer = Client().post(path, {**START, "network_name": ""})

    assert answer.status_code == 422
    assert "Enter the name of your network." in answer.content.decode()
    assert "marigold@host.example" in answer.content.decode()
    assert not Network.objects.exists()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.SAFEGUARDING_LEAD])
def test_staff_set_up_a_second_factor_before_anything_else(
    as_person: AsPerson, monkeypatch: pytest.MonkeyPatch, role: Role
):
    monkeypatch.setattr(settings, "SECOND_FACTOR_REQUIRED", True)
    client = as_person(make_person(role=role))

    assert client.get("/you/")["Location"] == "/account/2fa/totp/activate/"
    assert client.get("/account/2fa/totp/activate/").status_code in {200, 302}


def test_a_participant_needs_no_second_factor(as_person: AsPerson, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "SECOND_FACTOR_REQUIRED", True)

    assert as_person(make_person()).get("/you/").status_code == 200


def test_a_director_invites_a_colleague_who_then_signs_in(
    two_networks: TwoNetworks, as_person: AsPerson
):
    client = as_person(two_networks.our_director)

    client.post(
        "/staff/",
        {"full_name": "Odessa Vann", "email": "odessa@host.example", "role": "coordinator"},
    )

    colleague = Person.objects.get(full_name="Odessa Vann")
    assert colleague.network == two_networks.ours
    assert [role for role, _ in colleague.live_roles] == [Role.COORDINATOR]
    assert "Odessa Vann" in client.get("/staff/").content.decode()


def test_staff_pages_do_not_exist_for_others(two_networks: TwoNetworks, as_person: AsPerson):
    assert as_person(make_person(two_networks.ours)).get("/staff/").status_code == 404
    assert as_person(None).get("/staff/").status_code == 302


def test_an_account_in_two_networks_sees_one_at_a_time(
    two_networks: TwoNetworks, as_person: AsPerson
):
    ours = make_person(two_networks.ours, email="both@host.example")
    theirs = make_person(two_networks.theirs, email="both@host.example")
    client = as_person(ours)
    assert client.get("/you/").context["request"].person == ours

    client.post("/you/network/", {"network": two_networks.theirs.key})

    assert client.get("/you/").context["request"].person == theirs
