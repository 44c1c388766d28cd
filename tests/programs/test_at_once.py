"""Programs, teams and people while several press at the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from tests.factories.people import (
    NOW,
    make_district,
    make_network,
    make_person,
    make_staff,
    root_of,
)
from tests.factories.programs import blueprint_text, fellow_of, make_cohort, make_engagement
from tests.factories.threads import at_once
from throughline.core.errors import DomainError
from throughline.people.actions import add_affiliation, add_organization, delegate
from throughline.people.actions.invite_staff import invite_staff
from throughline.people.enums import Role, Verb
from throughline.people.models import Affiliation, Delegation, Organization, Person
from throughline.programs.actions.begin_engagement import begin_engagement
from throughline.programs.actions.import_blueprint import import_blueprint
from throughline.programs.actions.succeed import succeed
from throughline.programs.models import BlueprintVersion, DistrictEngagement, Program, Succession

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_one_file_brought_in_eight_times_is_one_version():
    network = make_network()
    director = make_staff(network)

    at_once([lambda: import_blueprint(network, blueprint_text(), by=director, now=NOW)] * 8)

    assert (Program.objects.count(), BlueprintVersion.objects.count()) == (1, 1)


def test_one_district_begins_once_and_is_one_organization():
    cohort = make_cohort()
    place = make_district(make_network()).place

    def begin() -> DistrictEngagement:
        district = add_organization(
            cohort.network, kind="district_office", name="Maple", place=place, by=None, now=NOW
        )
        return begin_engagement(cohort, district, by=None, now=NOW)

    results = at_once([begin] * 8)

    assert len({one.pk for one in results}) == 1  # type: ignore[attr-defined]
    assert Organization.objects.filter(network=cohort.network, place=place).count() == 1


def test_a_colleague_who_is_invited_eight_times_is_one_person():
    network = make_network()
    director = make_staff(network)

    at_once(
        [
            partial(
                invite_staff, root_of(network), full_name="Ada Coe", email="ada@host.example",
                role=Role.COORDINATOR, by=director, now=NOW,
            )
        ]
        * 8
    )  # fmt: skip

    assert Person.objects.filter(network=network, full_name="Ada Coe").count() == 1


def test_what_is_handed_to_an_assistant_eight_times_is_one_grant():
    engagement = make_engagement()
    leader, assistant = fellow_of(engagement), make_person(engagement.network)

    at_once(
        [partial(delegate, leader, assistant, engagement.scope, [Verb.BOOK], by=leader, now=NOW)]
        * 8
    )

    assert Delegation.objects.filter(principal=leader, to_on=None).count() == 1


def test_somebody_works_at_one_place_once():
    network = make_network()
    person, district = make_person(network), make_district(network)

    at_once([partial(add_affiliation, person, district, title="Principal", by=None, now=NOW)] * 8)

    assert Affiliation.objects.filter(person=person, to_on=None).count() == 1


def test_a_leader_is_followed_once():
    engagement = make_engagement()
    leaving, following = fellow_of(engagement), make_person(engagement.network)

    results = at_once(
        [
            partial(
                succeed, DistrictEngagement.objects.get(pk=engagement.pk), leaving=leaving,
                taking_over=following, role=Role.FELLOW, by=None, now=NOW,
            )
            for _ in range(8)
        ]
    )  # fmt: skip

    assert [one for one in results if isinstance(one, DomainError)] == []
    assert Succession.objects.count() == 1
