"""Places of any country: named by whoever is there, known in her network only."""

from __future__ import annotations

import importlib.resources

import pytest
from babel import Locale
from django.conf import settings
from django.utils import translation

from tests.factories.people import NOW, make_network, make_person, make_place
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput
from throughline.forms.districts import district_of, find_districts
from throughline.people.actions import NamedPlace, name_place
from throughline.people.countries import countries, country_name
from throughline.people.enums import OrganizationKind
from throughline.people.models import Organization, Place

OFFICE = OrganizationKind.DISTRICT_OFFICE
NAIROBI = NamedPlace("Sunrise Schools", "KE", "Nairobi County")


def test_countries_are_those_of_the_zone_database_in_each_language_of_the_pages():
    table = importlib.resources.files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text()
    codes = {line[:2] for line in table.splitlines() if line and not line.startswith("#")}

    for language, _name in settings.LANGUAGES:
        said = Locale.parse(language, sep="-").territories
        with translation.override(language):
            assert dict(countries()) == {code: said[code] for code in codes}


def test_countries_stand_by_name_without_regard_to_accents():
    with translation.override("en-us"):
        names = [name for _code, name in countries()]

    assert names[:3] == ["Afghanistan", "Åland Islands", "Albania"]


def test_a_code_that_is_no_country_stays_as_it_is():
    assert country_name("XX") == "XX"


@pytest.mark.django_db
def test_a_place_of_another_country_says_which():
    network = make_network()

    kenya = name_place(network, NAIROBI, kind=OFFICE, by=None, now=NOW).place
    nowhere = name_place(network, NamedPlace("Ala", "IT"), kind=OFFICE, by=None, now=NOW).place
    charter = name_place(network, NamedPlace("Bay", "US"), kind=OFFICE, by=None, now=NOW).place

    assert kenya is not None and nowhere is not None and charter is not None
    assert kenya.where == "Nairobi County, Kenya"
    assert nowhere.where == "Italy"
    assert charter.where == "United States"
    assert make_place("Maple", "GA").where == "GA"
    with translation.override("es"):
        assert kenya.where == "Nairobi County, Kenia"


@pytest.mark.django_db
def test_naming_a_place_twice_names_it_once():
    network = make_network()
    person = make_person(network)

    first = name_place(network, NAIROBI, kind=OFFICE, by=person, now=NOW)
    again = name_place(
        network, NamedPlace(" sunrise  schools ", "KE", "nairobi county"),
        kind=OFFICE, by=person, now=NOW,
    )  # fmt: skip

    assert again == first
    assert Organization.objects.filter(network=network).count() == 1
    assert AuditEvent.objects.filter(verb="added", key=first.ref).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "field"),
    [(NamedPlace(" ", "KE"), "name"), (NamedPlace("Sunrise", "XX"), "country")],
)
def test_a_place_needs_a_name_and_a_country_and_nothing_else(named: NamedPlace, field: str):
    with pytest.raises(BadInput) as refused:
        name_place(make_network(), named, kind=OFFICE, by=None, now=NOW)

    assert refused.value.field == field
    assert not Place.objects.exists()


@pytest.mark.django_db
def test_a_named_place_is_known_in_its_network_only():
    ours, theirs = make_network(), make_network("Other Network")
    place = name_place(ours, NAIROBI, kind=OFFICE, by=None, now=NOW).place
    assert place is not None
    listed = make_place("Sunrise County")

    assert set(Place.objects.visible_to(make_person(ours)).districts()) == {place, listed}
    assert list(Place.objects.visible_to(make_person(theirs)).districts()) == [listed]
    assert list(Place.objects.visible_to(None).districts()) == [listed]
    assert find_districts("Sunrise") == [listed]
    assert district_of(place.code) is None
    elsewhere = name_place(theirs, NAIROBI, kind=OFFICE, by=None, now=NOW)
    assert elsewhere.place != place
