"""A list of hundreds costs as many queries as a list of five."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.admissions import make_call
from tests.factories.counting import queries_of
from tests.factories.many import (
    many_applications,
    many_decisions,
    many_districts,
    many_entitlements,
    many_reviews,
)
from tests.factories.merges import many_entered_twice
from tests.factories.people import NOW, make_network, make_person, make_staff, root_of
from tests.factories.programs import make_cohort
from throughline.people.actions import give_role
from throughline.people.models import Person
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.enums import CohortState

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

As = Callable[[Person | None], Client]
FEW, HUNDRED, FIVE_HUNDRED = 5, 100, 500


def counted(client: Client, pages: dict[str, str]) -> dict[str, int]:
    """Return how many queries each page takes, once nothing is new to the process."""
    return {name: (client.get(url), queries_of(client, url))[1] for name, url in pages.items()}


def pages_of_a_call(number: int, as_person: As) -> dict[str, int]:
    """Everything that staff and one reader open of a call with this many applications."""
    call = make_call()
    director = make_staff(call.network)
    readers = [make_person(call.network) for _place in range(3)]
    applications = many_applications(call, number)
    many_reviews(call, applications, readers)
    many_decisions(call, applications, by=director)
    names = ("call", "cases", "reading", "selection", "decisions")
    pages = {name: reverse(f"admissions:{name}", args=[call.ref]) for name in names}
    for_staff = counted(as_person(director), {**pages, "home": "/"})
    for_reader = counted(
        as_person(readers[-1]), {"desk": reverse("admissions:reviews"), "reader's home": "/"}
    )
    return {**for_staff, **for_reader}


def test_pages_of_a_call_take_as_many_queries_for_500_applications_as_for_5(as_person: As):
    few = pages_of_a_call(FEW, as_person)

    assert pages_of_a_call(FIVE_HUNDRED, as_person) == few


def pages_of_a_cohort(number: int, as_person: As) -> dict[str, int]:
    """Everything that staff open of a running cohort with this many districts."""
    cohort = make_cohort()
    for step in (CohortState.RECRUITING, CohortState.RUNNING):
        move_cohort(cohort, step, by=None, now=NOW)
    many_entitlements(many_districts(cohort, number), cohort)
    return counted(
        as_person(make_staff(cohort.network)),
        {
            "home": "/",
            "dashboard": reverse("home:cohort", args=[cohort.ref]),
            "cohort": reverse("programs:cohort", args=[cohort.ref]),
            "ledger": reverse("ledger:cohort", args=[cohort.ref]),
            "spreadsheet": reverse("ledger:spreadsheet", args=[cohort.ref]),
            "standing": reverse("ledger:standing", args=[cohort.ref]),
            "report": reverse("home:report", args=[cohort.ref]),
            "teams": reverse("teams:mine"),
            "challenges": reverse("inquiry:challenges"),
            "coaching": reverse("coaching:coaching"),
            "assign a coach": reverse("coaching:assign"),
        },
    )


def test_pages_of_a_cohort_take_as_many_queries_for_100_districts_as_for_5(as_person: As):
    few = pages_of_a_cohort(FEW, as_person)
    many = pages_of_a_cohort(HUNDRED, as_person)

    assert many == few
    assert many["dashboard"] <= 15


def test_the_staff_page_takes_as_many_queries_for_forty_colleagues_as_for_five(as_person: As):
    def queries(number: int) -> int:
        network = make_network()
        for _place in range(number):
            give_role(make_person(network), "coordinator", root_of(network), by=None, now=NOW)
        return counted(as_person(make_staff(network)), {"staff": reverse("people:staff")})["staff"]

    assert queries(40) == queries(FEW)


def test_records_of_one_person_take_as_many_queries_for_100_as_for_5(as_person: As):
    def queries(number: int) -> int:
        network = make_network()
        many_entered_twice(network, number)
        client = as_person(make_staff(network))
        return counted(client, {"records": reverse("people:duplicates")})["records"]

    assert queries(HUNDRED) == queries(FEW)
