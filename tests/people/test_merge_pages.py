"""Staff look for two records of one human, compare them, bring them together and part them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import TwoNetworks
from tests.factories.counting import queries_of
from tests.factories.merges import REASON, again, make_record, merged
from tests.factories.people import NOW, make_district, make_person, make_staff, root_of
from throughline.people.actions import add_affiliation, exclude
from throughline.people.duplicates import name_key, suspicions
from throughline.people.enums import Ground, Role, ScopeKind
from throughline.people.holding_words import WORDS
from throughline.people.holdings import ELSEWHERE, Holding, holdings, is_private, kinds
from throughline.people.models import (
    EquityIdentity,
    Network,
    Person,
    PersonAlias,
    PersonMerge,
    RoleAssignment,
    Scope,
    SealingKey,
)

pytestmark = pytest.mark.django_db

As = Callable[[Person | None], Client]
LIST = "/staff/records/"


def in_one_district(network: Network, *names: str) -> list[Person]:
    district = make_district(network)
    people = [make_record(network, full_name=name) for name in names]
    for person in people:
        add_affiliation(person, district, title="Principal", by=None, now=NOW)
    return people


def compare_at(one: Person, other: Person) -> str:
    return reverse("people:compare", args=[one.ref, other.ref])


@pytest.mark.parametrize(
    ("one", "other"),
    [("Marigold Lane", "LANE, Márigold"), ("Ana-Lucía Ruiz", "ana lucia  ruiz"), ("Ng", "NG.")],
)
def test_one_name_is_recognized_however_it_is_written(one: str, other: str):
    assert name_key(one) == name_key(other)


def test_names_of_one_district_and_shared_addresses_are_suggested(two_networks: TwoNetworks):
    network, by = two_networks.ours, two_networks.our_director
    one, other = in_one_district(network, "Marigold Lane", "Lane, Marigold")
    in_one_district(network, "Marigold Lane", "Odessa Vann")
    fellow, learner = make_person(network), make_record(network, full_name="F. Ellow")
    PersonAlias.objects.create(
        network=network, person=learner, kind="email", value=fellow.address.upper()
    )

    found = [(pair.one, pair.other, pair.why) for pair in suspicions(by)]

    assert found == [
        (one, other, "Same name in one district"), (fellow, learner, "Same address"),
    ]  # fmt: skip


def test_roles_in_one_district_are_one_district_too(two_networks: TwoNetworks):
    network = two_networks.ours
    district = Scope.objects.below(root_of(network), kind=ScopeKind.ENGAGEMENT, label="District")
    team = Scope.objects.below(district, kind=ScopeKind.TEAM, label="Team")
    one = make_record(network, role=Role.FELLOW, scope=district)
    other = make_record(network, role=Role.MEMBER, scope=team)

    assert [(pair.one, pair.other) for pair in suspicions(two_networks.our_director)] == [
        (one, other)
    ]


def test_nobody_is_suggested_twice_or_after_staff_said_no(two_networks: TwoNetworks, as_person: As):
    one, other = in_one_district(two_networks.ours, "Marigold Lane", "Marigold Lane")
    by = two_networks.our_director
    client = as_person(by)
    merge = merged(one, other, by=by)
    assert suspicions(by) == []

    client.post(reverse("people:part", args=[merge.ref]), {"reason": "It was her sister."})

    assert again(other).same_as is None
    assert suspicions(by) == []


def test_what_is_closed_to_somebody_is_neither_suggested_nor_opened(
    two_networks: TwoNetworks, as_person: As
):
    network, by = two_networks.ours, two_networks.our_director
    district = Scope.objects.below(root_of(network), kind=ScopeKind.ENGAGEMENT, label="District")
    pair = [make_record(network, role=Role.FELLOW, scope=district) for _place in range(2)]
    assert as_person(by).get(compare_at(*pair)).status_code == 200

    exclude(by, district, Ground.CONFLICT, source="t:1", by=None, now=NOW)

    assert suspicions(again(by)) == []
    assert as_person(by).get(compare_at(*pair)).status_code == 404


def test_every_table_that_names_persons_is_counted_shown_elsewhere_or_private():
    named = {
        relation.related_model
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.related_model
    }

    private = {model for model in named if is_private(model)}

    assert set(kinds()) | set(ELSEWHERE) | private == named
    assert {EquityIdentity, SealingKey} <= private
    assert {model._meta.label_lower for model in kinds()} - set(WORDS) == set()


def test_what_each_holds_is_counted_and_what_would_collide_is_named(two_networks: TwoNetworks):
    network = two_networks.ours
    district = Scope.objects.below(root_of(network), kind=ScopeKind.ENGAGEMENT, label="District")
    one = make_record(network, role=Role.FELLOW, scope=district)
    other = make_record(network, role=Role.FELLOW, scope=district)
    make_role_end(make_record(network), district)

    [roles] = [
        kind for kind in holdings(one, other) if kind.title == WORDS["people.roleassignment"]
    ]

    assert roles == Holding(WORDS["people.roleassignment"], 1, 1, 1)
    RoleAssignment.objects.filter(person=other).update(to_on=NOW.date())
    [ended] = [kind for kind in holdings(one, other) if kind.title == roles.title]
    assert ended.of_both == 0


def make_role_end(person: Person, scope: Scope) -> None:
    RoleAssignment.objects.create(
        network_id=person.network_id, person=person, role=Role.MEMBER, scope=scope,
        from_on=NOW.date(), to_on=NOW.date(),
    )  # fmt: skip


def test_both_records_stand_side_by_side(two_networks: TwoNetworks, as_person: As):
    network = two_networks.ours
    kept = make_person(network, full_name="Marigold Lane")
    record = make_person(network, full_name="M. Lane", email="", is_minor=True)
    add_affiliation(record, make_district(network), title="Principal", by=None, now=NOW)

    said = as_person(two_networks.our_director).get(compare_at(kept, record)).content.decode()

    for words in ("Marigold Lane", "M. Lane", kept.address, "Principal, Maple County"):
        assert words in said


def test_the_page_brings_two_records_together_and_parts_them(
    two_networks: TwoNetworks, as_person: As
):
    network = two_networks.ours
    kept, record = make_person(network), make_record(network)
    client = as_person(two_networks.our_director)

    client.post(compare_at(record, kept), {"keep": kept.ref, "reason": REASON})
    assert again(record).same_as == kept
    listed = client.get(LIST).content.decode()
    assert REASON.rstrip(".") in listed
    merge = PersonMerge.objects.get()
    client.post(reverse("people:part", args=[merge.ref]), {"reason": "It was her sister."})

    assert again(record).same_as is None
    assert client.get(reverse("people:part", args=[merge.ref])).status_code == 404


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    two_networks: TwoNetworks, as_person: As
):
    network = two_networks.ours
    kept, record = make_person(network), make_record(network)
    client = as_person(two_networks.our_director)

    empty = client.post(compare_at(kept, record), {"keep": kept.ref, "reason": ""})
    wrong = client.post(compare_at(kept, record), {"keep": record.ref, "reason": REASON})

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert "Write down how you know" in empty.content.decode()
    assert "Keep the record that signs in." in wrong.content.decode()
    assert REASON in wrong.content.decode()


def test_any_two_records_are_found_by_name_or_address(two_networks: TwoNetworks, as_person: As):
    network = two_networks.ours
    kept, record = make_person(network), make_record(network)
    make_person(two_networks.theirs, full_name="Elsewhere")
    client = as_person(two_networks.our_director)

    there = client.post(LIST, {"one": kept.address.upper(), "other": record.full_name})
    nobody = client.post(LIST, {"one": kept.address, "other": "Elsewhere"})
    make_record(network)
    several = client.post(LIST, {"one": kept.address, "other": record.full_name})
    same = client.post(LIST, {"one": kept.address, "other": kept.full_name})

    assert there["Location"] == compare_at(kept, record)
    assert "No record has this name or address." in nobody.content.decode()
    assert "Several records have this name." in several.content.decode()
    assert "These are not two records." in same.content.decode()
    assert {nobody.status_code, several.status_code, same.status_code} == {422}


def test_a_coordinator_reads_who_may_decide_about_who_sees_confidential_data(
    two_networks: TwoNetworks, as_person: As
):
    network = two_networks.ours
    district = Scope.objects.below(root_of(network), kind=ScopeKind.ENGAGEMENT, label="District")
    coach = make_person(network, role=Role.COACH, scope=district)
    client = as_person(make_staff(network, Role.COORDINATOR))
    page = compare_at(coach, record := make_record(network))

    assert "Only a director" in client.get(page).content.decode()
    refused = client.post(page, {"keep": coach.ref, "reason": REASON})
    assert refused.status_code == 422
    assert again(record).same_as is None


def test_nobody_else_finds_these_pages(two_networks: TwoNetworks, as_person: As):
    network = two_networks.ours
    kept, record = make_person(network), make_record(network)
    merge = merged(kept, make_record(network), by=two_networks.our_director)
    program = Scope.objects.below(root_of(network), kind=ScopeKind.PROGRAM, label="Program")
    pages = [LIST, compare_at(kept, record), reverse("people:part", args=[merge.ref])]

    for person in (kept, make_staff(network, Role.COORDINATOR, program)):
        assert [as_person(person).get(page).status_code for page in pages] == [404] * 3
    theirs = as_person(two_networks.their_director)
    assert [theirs.get(page).status_code for page in pages] == [200, 404, 404]


def test_the_list_and_the_comparison_cost_as_many_queries_for_many_as_for_few(
    two_networks: TwoNetworks, as_person: As
):
    network = two_networks.ours
    client = as_person(two_networks.our_director)
    pair = in_one_district(network, "Marigold Lane", "Marigold Lane")
    pages = [LIST, compare_at(*pair)]
    [client.get(page) for page in pages]
    few = [queries_of(client, page) for page in pages]

    for number in range(3):
        in_one_district(network, f"Person {number} Lane", f"Person {number} Lane")
    for person in pair:
        add_affiliation(person, make_district(network), title="Board", by=None, now=NOW)

    assert [queries_of(client, page) for page in pages] == few
