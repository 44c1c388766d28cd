"""The newest graduating class of a district: added up over its schools, with its year, through the door."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.evidence import (
    EAST_BATON_ROUGE,
    TULSA,
    VICKSBURG,
    make_graduation,
    make_real_place,
)
from tests.factories.people import NOW, make_network, make_person, make_place, make_staff
from throughline.core.errors import NotAllowed
from throughline.evidence.actions.load_graduation import load_rates
from throughline.evidence.actions.load_state_classes import load_state_classes
from throughline.evidence.graduating import Share, graduating_classes
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


def state_of(place: Place) -> Place:
    assert place.parent is not None
    return place.parent


def low_income(person: Person, place: Place) -> tuple[Share | None, Share | None]:
    found = graduating_classes(person, [place])[place.pk]
    return found.low_income, found.of_state


def test_a_real_district_tells_the_share_of_low_income_students_beside_that_of_its_state():
    network = make_network()
    small, late = make_graduation(network, VICKSBURG), make_graduation(network, EAST_BATON_ROUGE)
    person = make_person(network)

    own, of_state = low_income(person, small)
    assert (own, own.words) == (Share(342, 569, 569), "60%")
    assert (of_state, of_state.words) == (Share(20386, 32438, 32455), "63%")
    assert [one.words for one in low_income(person, late)] == ["63%", "53%"]


def test_a_school_that_prints_nothing_about_the_group_is_unknown_and_not_zero():
    network, place = make_network(), make_place()
    load(
        network, place, ("990000000001", 2015, "ALL", 300), ("990000000001", 2015, "ECD", 120),
        ("990000000002", 2015, "ALL", 100), ("990000000003", 2015, "ALL", None),
        ("990000000003", 2015, "ECD", 50),
    )  # fmt: skip

    own, of_state = low_income(make_person(network), place)

    assert (own, own.words) == (Share(120, 300, 400), "30–55%")
    assert of_state is None


@pytest.mark.parametrize("rows", [
    [("990000000001", 2015, "ALL", 300)],
    [("990000000001", 2015, "ALL", 0), ("990000000001", 2015, "ECD", 0)],
])  # fmt: skip
def test_where_no_school_prints_the_group_no_share_is_told(rows: list[tuple[str, int, str, int]]):
    network, place = make_network(), make_place()
    load(network, place, *rows)

    assert low_income(make_person(network), place) == (None, None)


def test_sums_of_a_state_come_in_once_and_another_network_has_its_own():
    network, other = make_network(), make_network()
    state = state_of(make_graduation(network, VICKSBURG))
    before = Release.objects.count()

    again = load_state_classes(state, [2014, 2015], network=network, by=None, now=NOW)
    elsewhere = load_state_classes(state, [2014, 2015], network=other, by=None, now=NOW)

    assert (again, elsewhere, Release.objects.count()) == (0, 2, before + 2)


def test_only_who_takes_part_in_a_network_brings_in_the_sums_of_a_state():
    network, state = make_network(), state_of(make_real_place(VICKSBURG))

    with pytest.raises(NotAllowed, match="take part"):
        load_state_classes(state, [2015], network=network, by=make_staff(make_network()), now=NOW)


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
