"""The newest graduating class of a district: added up over its schools, with its year, through the door."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.evidence import EAST_BATON_ROUGE, TULSA, VICKSBURG, make_graduation
from tests.factories.people import NOW, make_network, make_person, make_place, make_staff
from throughline.evidence.actions.load_graduation import load_rates
from throughline.evidence.graduating import graduating_classes
from throughline.evidence.shipped.reading import SchoolRate
from throughline.people.models import Network, Person, Place
from throughline.releases.actions import recall_release
from throughline.releases.models import Release

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def load(network: Network, place: Place, *rows: tuple[str, int, str, int | None]) -> None:
    """Schools of a district: code, year, group, students."""
    rates = [SchoolRate(code, year, group, n, "80") for code, year, group, n in rows]
    load_rates(
        place, rates, source="A department", license_words="Public domain",
        tables={2014: "T14", 2015: "T15"}, retrieved_on=date(2026, 11, 1), network=network, by=None,
        now=NOW,
    )  # fmt: skip


def students(person: Person, *places: Place) -> dict[str, tuple[int, int, int, str]]:
    found = graduating_classes(person, places)
    return {
        place.name: (one.students, one.schools, one.all_schools, one.year_words)
        for place in places
        if (one := found.get(place.pk))
    }


def test_real_districts_have_the_class_of_their_newest_year():
    network = make_network()
    small, late = make_graduation(network, VICKSBURG), make_graduation(network, EAST_BATON_ROUGE)

    assert students(make_person(network), small, late) == {
        "Vicksburg Warren School District": (569, 2, 2, "2014–15"),
        "East Baton Rouge Parish": (2729, 16, 16, "2013–14"),
    }


def test_everyone_of_each_school_counts_once_and_a_school_without_a_size_is_told():
    network, place = make_network(), make_place()
    load(
        network, place, ("990000000001", 2014, "ALL", 900), ("990000000001", 2015, "ALL", 100),
        ("990000000001", 2015, "MBL", 60), ("990000000002", 2015, "ALL", 40),
        ("990000000003", 2015, "ALL", None),
    )  # fmt: skip

    assert students(make_person(network), place) == {place.name: (140, 2, 3, "2014–15")}


def test_a_district_without_a_figure_is_left_out_and_another_network_reads_nothing():
    network, bare = make_network(), make_place("Bare")
    place = make_graduation(network, VICKSBURG)

    assert students(make_person(network), bare) == {}
    assert students(make_staff(make_network()), place) == {}


def test_when_the_newest_year_is_recalled_the_year_before_answers():
    network, place = make_network(), make_place()
    load(network, place, ("990000000001", 2014, "ALL", 90), ("990000000001", 2015, "ALL", 100))
    newest = Release.objects.get(cells__period="2015")

    recall_release(newest, reason="A wrong file.", by=make_staff(network), now=NOW)

    assert students(make_person(network), place) == {place.name: (90, 1, 1, "2013–14")}


def test_many_districts_take_as_many_queries_as_one():
    network = make_network()
    places = [make_graduation(network, code) for code in (VICKSBURG, TULSA, EAST_BATON_ROUGE)]
    person = make_person(network)

    def queries(*asked: Place) -> int:
        with CaptureQueriesContext(connection) as seen:
            graduating_classes(Person.objects.get(pk=person.pk), asked)
        return len(seen)

    assert queries(*places) == queries(places[0])
