"""The ledger's page: what asks for a look, and a trail that reads as a person would tell it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.factories.ledger import make_entitlement, make_entry
from tests.factories.people import NOW, make_staff
from tests.factories.programs import fellow_of, make_engagement
from throughline.core import clock
from throughline.ledger.models import AddOn, Entitlement
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AsPerson = Callable[[Person | None], Client]

ONCE = "0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f"


def words(as_person: AsPerson, entitlement: Entitlement, days: int = 0) -> str:
    cohort = entitlement.promise.cohort
    later = NOW + (cohort.starts_on - NOW.date()) + timedelta(days=days)
    with clock.at(later):
        client = as_person(make_staff(cohort.network))
        page = client.get(f"/ledger/cohorts/{cohort.ref}/", {"promise": entitlement.promise.key})
    return text_of(page)


def text_of(response: HttpResponseBase) -> str:
    page = b"".join(response).decode()
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_a_district_without_any_delivery_asks_for_a_look_once_the_cohort_runs(as_person: AsPerson):
    entitlement = make_entitlement()

    early, late = (words(as_person, entitlement, days) for days in (10, 60))

    assert "Nothing delivered or booked yet" not in early
    assert "Nothing delivered or booked yet" in late
    assert "One line needs a look." in late


def test_entries_of_one_day_are_one_line_and_a_correction_stays_its_own(as_person: AsPerson):
    entitlement = make_entitlement()
    for number in range(3):
        make_entry(entitlement, 60, source=f"tests.session:{number}")

    page = words(as_person, entitlement)

    trail = page[page.index("Last entries") : page.index("What asks for a look")]
    assert trail.count("Delivered") == 1
    assert "3.0 hours: Delivered" in trail


def test_the_page_says_what_asks_for_a_look(as_person: AsPerson):
    page = words(as_person, make_entitlement())

    assert "75% is used or booked." in page
    assert "Nothing was delivered for 45 days, and nothing is booked." in page


def test_staff_grant_more_on_the_page_of_an_entitlement(as_person: AsPerson):
    entitlement = make_entitlement()
    client = as_person(make_staff(entitlement.network))
    url = f"/ledger/held/{entitlement.ref}/"
    filled = {"amount": "1.5", "reason": "A hard year.", "clause": "Letter of May 4", "once": ONCE}

    refused = client.post(url, {"amount": "0.001", "reason": "", "once": ONCE})
    sent = [client.post(url, filled).status_code for _time in range(2)]

    page = text_of(client.get(url))
    assert refused.status_code == 422 and "Say why more is needed." in text_of(refused)
    assert sent == [302, 302]
    assert "1.5 hours: Granted A hard year. Letter of May 4" in page
    assert "21.5 hours can still be booked" in page


def test_the_leader_asks_on_her_page_and_staff_answer_on_theirs(as_person: AsPerson):
    entitlement = make_entitlement()
    assert entitlement.engagement is not None
    leader = as_person(fellow_of(entitlement.engagement))
    staff = as_person(make_staff(entitlement.network))
    url = f"/ledger/held/{entitlement.ref}/"

    leader.post(url, {"amount": "6", "reason": "Two schools close."})
    answer = f"/ledger/more/{AddOn.objects.get().ref}/"
    silent = staff.post(answer, {"decision": "decline"})
    by_herself = leader.post(answer, {"decision": "grant"})
    staff.post(answer, {"decision": "decline", "answer": "The grant ends in June."})

    assert (silent.status_code, by_herself.status_code) == (422, 404)
    assert "Say why not." in text_of(silent)
    assert "Declined Two schools close. The grant ends in June." in text_of(leader.get(url))


def test_an_alert_is_noted_on_the_page_and_leaves_the_list(as_person: AsPerson):
    entitlement = make_entitlement(quantity=100)
    make_entry(entitlement, 80)
    client = as_person(make_staff(entitlement.network))
    url = f"/ledger/held/{entitlement.ref}/"

    before = text_of(client.get(url))
    client.post(f"{url}noted/")

    assert "75% is used or booked" in before
    assert "75% is used or booked" not in text_of(client.get(url))


def test_a_peer_and_a_stranger_find_no_page_of_an_entitlement(as_person: AsPerson):
    entitlement = make_entitlement()
    peer = fellow_of(make_engagement(entitlement.promise.cohort, name="Oak County"))

    for nobody in (peer, make_staff()):
        client = as_person(nobody)
        assert client.get(f"/ledger/held/{entitlement.ref}/").status_code == 404
        assert client.post(f"/ledger/held/{entitlement.ref}/noted/").status_code == 404


def test_a_district_that_got_less_than_promised_is_told_to_the_host(as_person: AsPerson):
    entitlement = make_entitlement(alert_at=[])
    cohort = entitlement.promise.cohort
    days = (cohort.ends_on - cohort.starts_on).days
    make_entry(
        entitlement, 60, now=NOW + (cohort.starts_on - NOW.date()) + timedelta(days=days // 2)
    )

    half, over = (words(as_person, entitlement, one) for one in (days // 2, days + 1))

    assert "9.0 hours behind an even pace" in half
    assert "19.0 hours never delivered" in over
