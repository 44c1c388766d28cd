"""What the ledger asks the staff to look at: nearly used up, asked for, about to lapse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.ledger import make_entitlement, make_entry
from tests.factories.people import NOW, make_staff
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from throughline.core.blueprint.editing import put
from throughline.core.errors import NotAllowed
from throughline.ledger.actions.ask_for_more import ask_for_more
from throughline.ledger.actions.grant_add_on import grant_add_on
from throughline.ledger.actions.make_promises import make_promises
from throughline.ledger.actions.note_alerts import note_alerts
from throughline.ledger.actions.open_engagement import open_engagement
from throughline.ledger.enums import KEPT_BY_DATES
from throughline.ledger.models import Entitlement
from throughline.ledger.queries import todo_items
from throughline.people.models import Person
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState
from throughline.programs.models import Cohort, DistrictEngagement

pytestmark = pytest.mark.django_db


def running(cohort: Cohort | None = None) -> DistrictEngagement:
    cohort = cohort or make_cohort()
    for step in (CohortState.RECRUITING, CohortState.RUNNING):
        move_cohort(cohort, step, by=None, now=NOW)
    return make_engagement(cohort)


def titles(person: Person) -> list[str]:
    return [one.title for one in todo_items(person, now=NOW)]


def test_at_75_and_90_percent_staff_are_told_once_each_and_a_note_takes_it_off():
    engagement = running()
    director = make_staff(engagement.network)
    entitlement = make_entitlement(engagement, quantity=100)

    make_entry(entitlement, 74)
    early = titles(director)
    make_entry(entitlement, 6)
    at_75 = titles(director)
    note_alerts(entitlement, by=director, now=NOW)
    noted = titles(director)
    make_entry(entitlement, 12)
    at_90 = titles(director)

    assert (early, noted) == ([], [])
    assert at_75 == ["Look at Maple County: 80% used or booked"]
    assert at_90 == ["Look at Maple County: 92% used or booked"]


def test_what_was_added_to_since_asks_for_nothing():
    engagement = running()
    director = make_staff(engagement.network)
    entitlement = make_entitlement(engagement, quantity=100)
    make_entry(entitlement, 100)

    before = titles(director)
    grant_add_on(entitlement, quantity=100, reason="A hard year.", by=director, now=NOW)

    assert (before, titles(director)) == (["Look at Maple County: 100% used or booked"], [])


@pytest.mark.parametrize("kind", sorted(KEPT_BY_DATES))
def test_that_dates_use_a_promise_up_is_the_plan_and_no_alarm(kind: str):
    engagement = running()
    entitlement = make_entitlement(engagement, quantity=100, kind=kind)

    make_entry(entitlement, 100)

    assert titles(make_staff(engagement.network)) == []


def test_whoever_asks_for_more_stands_on_the_list_of_staff_until_they_answer():
    engagement = running()
    entitlement = make_entitlement(engagement, quantity=100)
    fellow = fellow_of(engagement)

    ask_for_more(entitlement, quantity=360, reason="A hard year.", by=fellow, now=NOW)

    [todo] = todo_items(make_staff(engagement.network), now=NOW)
    assert todo.title == "Answer Maple County: 6.0 hours more asked for"
    assert str(fellow) in todo.about and todo.href == f"/ledger/held/{entitlement.ref}/"
    assert titles(fellow) == []


def test_a_program_that_reminds_of_what_lapses_does_so_in_one_line_a_promise():
    place = ("ledger", "entitlements", "coaching-hours", "show_unused")
    text = put(blueprint_text("lern"), {place: "8 weeks"})
    engagement = running(make_cohort(source=text))
    cohort = engagement.cohort
    make_promises(cohort, None, NOW)
    open_engagement(engagement, fellows=[], by=None, now=NOW)
    director = make_staff(engagement.network)
    near = NOW + (cohort.ends_on - NOW.date()) - timedelta(days=40)

    far = [one.title for one in todo_items(director, now=NOW)]
    found = {one.title: one.due_on for one in todo_items(director, now=near)}

    assert not any(title.startswith("Offer what is left") for title in far)
    assert found["Offer what is left: 20.0 hours"] == cohort.ends_on


def test_only_staff_note_an_alert():
    engagement = running()
    entitlement = make_entitlement(engagement, quantity=100)
    make_entry(entitlement, 80)

    with pytest.raises(NotAllowed):
        note_alerts(entitlement, by=fellow_of(engagement), now=NOW)

    assert Entitlement.objects.get(pk=entitlement.pk).alerts.filter(noted_at=None).count() == 1
