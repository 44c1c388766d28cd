"""The ledger's page: what asks for a look, and a trail that reads as a person would tell it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.ledger import make_entitlement, make_entry
from tests.factories.people import NOW, make_staff
from throughline.core import clock
from throughline.ledger.models import Entitlement
from throughline.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AsPerson = Callable[[Person | None], Client]


def words(as_person: AsPerson, entitlement: Entitlement, days: int = 0) -> str:
    cohort = entitlement.promise.cohort
    later = NOW + (cohort.starts_on - NOW.date()) + timedelta(days=days)
    with clock.at(later):
        client = as_person(make_staff(cohort.network))
        page = client.get(
            f"/ledger/cohorts/{cohort.ref}/", {"promise": entitlement.promise.key}
        ).content.decode()
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
