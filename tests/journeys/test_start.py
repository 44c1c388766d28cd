"""From an empty data folder to an open call, as docs/host/start.md says it, over HTTP."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core import mail
from django.test import Client

from tests.factories.people import NOW
from throughline.admissions.models import Call
from throughline.core import clock
from throughline.evidence.shipped.demo_districts import DEMO_DISTRICTS
from throughline.people.actions.open_installation import make_start_link
from throughline.people.models import Network, Person, Place

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.first_network]

STARTS = {"program": "reln", "starts_on": "2027-06-07", "label": "Cohort 1"}


@pytest.fixture(autouse=True)
def _staff_show_a_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR_REQUIRED", True)


def text_of(answer) -> str:
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(words).split())


def add_authenticator(client: Client):
    """Do what an authenticator app does with the secret that the page shows."""
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    return client.post("/account/2fa/totp/activate/", {"code": code})


def sign_in(address: str) -> Client:
    client = Client()
    client.post("/account/login/code/", {"email": address})
    code = re.search(r"^\s+(\S+)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    client.post("/account/login/code/confirm/", {"code": code[1]})
    return client


def start_the_network() -> Client:
    client = Client()
    link = make_start_link(now=NOW)
    assert link is not None
    client.post(
        link,
        {
            "network_name": "Harbor Network",
            "zone": "America/Chicago",
            "full_name": "Marigold Lane",
            "email": "marigold@harbor.example",
        },
    )
    return client


@pytest.mark.requirement("RELN-08")
def test_a_first_host_walks_from_an_empty_folder_to_an_open_call():
    host = start_the_network()

    # Name the network, add the second factor.
    assert Network.objects.get().name == "Harbor Network"
    assert host.get("/")["Location"] == "/account/2fa/totp/activate/"
    assert add_authenticator(host).status_code == 302
    assert "Recovery" in text_of(host.get("/account/2fa/recovery-codes/"))
    assert host.get("/").status_code == 200

    # Invite a colleague; she signs in with a code and is asked for a second factor too.
    host.post(
        "/staff/",
        {"full_name": "Juniper Vale", "email": "juniper@harbor.example", "role": "coordinator"},
    )
    colleague = sign_in("juniper@harbor.example")
    assert colleague.get("/staff/")["Location"] == "/account/2fa/totp/activate/"
    add_authenticator(colleague)
    assert "Juniper Vale" in text_of(colleague.get("/staff/"))

    # Choose RELN, read every date, open the cohort.
    assert "Racial Equity Leadership Network" in text_of(host.get("/programs/open/"))
    calendar = text_of(host.get("/programs/open/", STARTS))
    assert calendar.count("Network convening") >= 5
    opened = host.post("/programs/open/", STARTS)
    cohort = opened["Location"]
    assert "Not public yet" in text_of(host.get(cohort))

    # It is published when every convening has a place.
    refused = text_of(host.post(f"{cohort}publish/", follow=True))
    assert "needs a place" in refused
    for overview in sorted(set(re.findall(r"/convenings/\w+/overview/", page_of(host)))):
        host.post(overview.replace("overview", "publish"), {"place_words": "Foundry Hall, Atlanta"})
    assert "Published." in text_of(host.post(f"{cohort}publish/", follow=True))

    # On the day the call opens, the public page takes applications for real districts.
    call = Call.objects.get()
    with clock.at(max(call.opens_at, NOW)):
        public = Client().get("/", follow=True)
        assert "Racial Equity Leadership Network" in text_of(public)
        assert f"/admissions/calls/{call.ref}/check/" in public.content.decode()
    assert Place.objects.filter(code=DEMO_DISTRICTS[0].leaid).exists()


def page_of(client: Client) -> str:
    return client.get("/convenings/").content.decode()


def test_the_link_of_the_first_host_works_once():
    link = make_start_link(now=NOW)
    assert link is not None
    values = {
        "network_name": "Harbor Network",
        "zone": "America/Chicago",
        "full_name": "Marigold Lane",
        "email": "marigold@harbor.example",
    }

    assert Client().post(link, values).status_code == 302
    assert Client().post(link, values).status_code == 410
    assert Network.objects.count() == 1
    assert make_start_link(now=NOW) is None


def test_a_start_that_cannot_be_is_said_beside_its_field():
    host = start_the_network()
    add_authenticator(host)

    past = host.post("/programs/open/", STARTS | {"starts_on": "2026-01-05"})
    assert past.status_code == 422
    assert "Choose a first day that lies ahead." in text_of(past)
    owed = host.post("/programs/open/", STARTS | {"program": "lee"})
    assert owed.status_code == 422
    assert "still owes these numbers" in text_of(owed)
    assert host.get("/programs/open/", {"program": "reln"}).status_code == 422


def test_two_clicks_open_one_cohort():
    host = start_the_network()
    add_authenticator(host)

    first = host.post("/programs/open/", STARTS)
    assert host.post("/programs/open/", STARTS)["Location"] == first["Location"]
    other_day = host.post("/programs/open/", STARTS | {"starts_on": "2027-07-12"})
    assert (other_day.status_code, Call.objects.count()) == (422, 1)
    assert date.fromisoformat(STARTS["starts_on"]) == Call.objects.get().cohort.starts_on


def test_a_coordinator_does_not_open_programs():
    host = start_the_network()
    add_authenticator(host)
    host.post(
        "/staff/",
        {"full_name": "Juniper Vale", "email": "juniper@harbor.example", "role": "coordinator"},
    )
    colleague = sign_in("juniper@harbor.example")
    add_authenticator(colleague)

    assert colleague.get("/programs/open/").status_code == 404
    assert "Open a program" not in text_of(colleague.get("/programs/"))
    assert Person.objects.count() == 2


def test_the_picture_that_an_app_scans_is_let_through():
    host = start_the_network()

    page = host.get("/account/2fa/totp/activate/")

    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    assert "data:" not in host.get("/account/2fa/").headers["Content-Security-Policy"]
