"""Several hosts on one installation, each at an address of her own."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.messaging import make_message
from tests.factories.people import NOW, make_network, make_person, make_staff
from tests.factories.programs import make_cohort
from throughline.commands.network import main
from throughline.commands.speaking import Stop
from throughline.core import clock
from throughline.messaging.queries import letter_for
from throughline.people.actions.add_person import add_person
from throughline.people.domains import address_of
from throughline.people.enums import Role
from throughline.people.models import Network, Person

pytestmark = pytest.mark.django_db

PROMISE = "promise.example"
SAID = {
    "network_name": "Southern Network", "zone": "America/Chicago",
    "full_name": "Marigold Lane", "email": "marigold@host.example",
}  # fmt: skip


@pytest.fixture
def two_hosts(monkeypatch: pytest.MonkeyPatch) -> Network:
    """The first network of an installation that answers at two addresses."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver", PROMISE])
    monkeypatch.setattr(settings, "SITE_URL", "https://testserver")
    return make_network()


def link_for(host: str, capsys: pytest.CaptureFixture[str]) -> str:
    with clock.at(NOW):
        assert main(["--add", host, "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["start"])


def path_of(link: str) -> str:
    return link.removeprefix(f"https://{PROMISE}")


@pytest.mark.requirement("NEWS-27")
def test_a_second_host_founds_a_network_that_nobody_of_the_first_sees(
    two_hosts: Network, capsys: pytest.CaptureFixture[str]
):
    program = make_cohort(two_hosts).program
    link = link_for(PROMISE, capsys)
    client = Client(HTTP_HOST=PROMISE)

    assert client.post(path_of(link), SAID).status_code == 302

    founded = Network.objects.get(domain=PROMISE)
    assert founded.key != two_hosts.key
    assert [role for role, _ in Person.objects.get(network=founded).live_roles] == [Role.DIRECTOR]
    assert client.get("/you/").context["request"].person.network == founded
    assert client.get(f"/p/{program.ref}/").status_code == 404
    assert Client(HTTP_HOST=PROMISE).get("/").context["programs"] == []


def test_a_newcomer_belongs_to_the_network_at_whose_address_she_signed_up(two_hosts: Network):
    theirs = make_network()
    Network.objects.filter(pk=theirs.pk).update(domain=PROMISE)
    ours = make_staff(two_hosts)
    client = Client(HTTP_HOST=PROMISE)
    client.force_login(ours.account_link.account, backend=settings.AUTHENTICATION_BACKENDS[-1])

    welcome = client.get("/you/")

    assert welcome["Location"].startswith("/welcome/")
    client.post("/welcome/", {"full_name": "Marigold Lane", "next": "/you/"})
    person = client.get("/you/").context["request"].person
    assert (person.network, person.is_staff) == (theirs, False)


def test_one_account_is_another_person_at_each_address(two_hosts: Network):
    theirs = make_network()
    Network.objects.filter(pk=theirs.pk).update(domain=PROMISE)
    ours = make_staff(two_hosts)
    there = add_person(theirs, full_name="The same", email=ours.address, by=None, now=NOW)
    clients = [Client(), Client(HTTP_HOST=PROMISE)]

    for client in clients:
        client.force_login(ours.account_link.account, backend=settings.AUTHENTICATION_BACKENDS[-1])

    assert [one.get("/you/").context["request"].person for one in clients] == [ours, there]


def test_the_link_proves_no_mailbox(two_hosts: Network, capsys: pytest.CaptureFixture[str]):
    director = make_staff(two_hosts)
    client = Client(HTTP_HOST=PROMISE)

    answer = client.post(path_of(link_for(PROMISE, capsys)), {**SAID, "email": director.address})

    assert answer["Location"] == "/account/login/code/"
    assert "_auth_user_id" not in client.session


def test_a_network_is_not_founded_at_the_address_of_another(
    two_hosts: Network, capsys: pytest.CaptureFixture[str]
):
    link = link_for(PROMISE, capsys)

    answer = Client().post(path_of(link), SAID)

    assert answer.status_code == 422
    assert "Another network lives at this address." in answer.content.decode()
    assert not Network.objects.filter(domain=PROMISE).exists()


def test_a_letter_leads_to_the_address_of_its_network(two_hosts: Network):
    Network.objects.filter(pk=two_hosts.pk).update(domain=PROMISE)
    two_hosts.refresh_from_db()
    message = make_message(two_hosts, body="Read on at {site}/you/")

    letter = letter_for(message, make_person(two_hosts))

    assert f"https://{PROMISE}/you/" in letter.body


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("testserver", "testserver is taken, or is no host name."),
        ("", "--add: expected one argument"),
        ("nowhere.example", "This server does not answer at nowhere.example."),
    ],
)
def test_a_host_that_cannot_be_is_refused_with_what_to_do(
    two_hosts: Network, host: str, sentence: str
):
    with pytest.raises(Stop, match=sentence):
        main(["--add", *filter(None, [host])])


def test_before_the_first_network_there_is_no_second():
    with pytest.raises(Stop, match="There is no network yet"):
        main(["--add", PROMISE])


def test_networks_are_listed_with_their_addresses(
    two_hosts: Network, capsys: pytest.CaptureFixture[str]
):
    Network.objects.filter(pk=two_hosts.pk).update(domain=PROMISE)

    assert main(["--json"]) == 0

    listed = json.loads(capsys.readouterr().out)
    assert {"key": two_hosts.key, "name": two_hosts.name, "url": f"https://{PROMISE}"} in listed
    assert address_of(two_hosts) == "https://testserver"
