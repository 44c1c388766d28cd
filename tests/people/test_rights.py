"""Roles add up; conflicts, and what a delegate lacks, are subtracted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.conftest import TwoNetworks
from tests.factories.people import NOW, make_network, make_person, root_of
from throughline.audit.models import AuditEvent
from throughline.core.errors import NotAllowed
from throughline.people.actions import delegate, end_role, exclude, give_role, lift_exclusion
from throughline.people.enums import OUTSIDE_ROLES, Ground, Role, ScopeKind, Verb
from throughline.people.models import Network, Person, RoleAssignment, Scope
from throughline.people.rights import acting_for

pytestmark = pytest.mark.django_db


def tree(network: Network) -> tuple[Scope, Scope, Scope]:
    program = Scope.objects.below(root_of(network), kind=ScopeKind.PROGRAM, label="Program")
    cohort = Scope.objects.below(program, kind=ScopeKind.COHORT, label="Cohort")
    engagement = Scope.objects.below(cohort, kind=ScopeKind.ENGAGEMENT, label="District")
    return program, cohort, engagement


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_two_roles_of_one_person_add_up():
    network = make_network()
    _, cohort, engagement = tree(network)
    person = make_person(network, role=Role.COORDINATOR, scope=cohort)
    give_role(person, Role.FELLOW, engagement, by=None, now=NOW)

    assert set(person.scopes()) == {cohort, engagement}
    assert set(person.staffed_scopes()) == {cohort, engagement}
    assert person.holds(engagement, Role.COORDINATOR)


@pytest.mark.parametrize("role", sorted(OUTSIDE_ROLES))
def test_who_judges_a_cohort_or_pays_for_it_is_not_in_it(role: str):
    network = make_network()
    _, cohort, _ = tree(network)
    person = make_person(network, role=role, scope=cohort)
    make_person(network, role=Role.LEARNER, scope=cohort)

    assert person.holds(cohort, role)
    assert list(person.scopes()) == list(person.joined_scopes()) == []
    assert list(person.scopes_as(role)) == [cohort]
    assert list(Person.objects.visible_to(person)) == [person]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.RESEARCHER, Role.SAFEGUARDING_LEAD])
def test_a_task_in_a_cohort_makes_nobody_a_member_of_it(role: Role):
    network = make_network()
    _, cohort, _ = tree(network)
    person = make_person(network, role=role, scope=cohort)

    assert (list(person.scopes()), list(person.joined_scopes())) == ([cohort], [])


def test_a_role_below_gives_nothing_above():
    network = make_network()
    program, cohort, engagement = tree(network)
    person = make_person(network, role=Role.FELLOW, scope=engagement)

    assert not person.holds(cohort, Role.FELLOW)
    assert not person.is_staff
    assert list(person.staffed_scopes()) == []
    assert program not in set(Scope.objects.visible_to(person))


def test_a_conflict_closes_a_scope_and_all_below_it_to_a_director():
    network = make_network()
    _, cohort, engagement = tree(network)
    team = Scope.objects.below(engagement, kind=ScopeKind.TEAM, label="Team")
    director = make_person(network, role=Role.DIRECTOR)

    closed = exclude(director, engagement, Ground.CONFLICT, source="test:1", by=None, now=NOW)

    assert not director.holds(team, Role.DIRECTOR)
    assert set(director.staffed_scopes()) & {engagement, team} == set()
    assert cohort in set(director.staffed_scopes())
    lift_exclusion(closed, by=None, now=NOW)
    assert director.holds(team, Role.DIRECTOR)


def test_excluding_twice_for_one_reason_is_one_exclusion():
    network = make_network()
    _, _, engagement = tree(network)
    person = make_person(network)

    first = exclude(person, engagement, Ground.CONFLICT, source="test:1", by=None, now=NOW)
    second = exclude(person, engagement, Ground.CONFLICT, source="test:1", by=None, now=NOW)

    assert first == second


def test_a_role_that_ended_counts_no_more():
    network = make_network()
    person = make_person(network, role=Role.DIRECTOR)

    end_role(RoleAssignment.objects.get(person=person), by=None, now=NOW, reason="Moved on.")

    assert fresh(person).live_roles == []


def test_nobody_gives_a_role_to_herself():
    network = make_network()
    director = make_person(network, role=Role.DIRECTOR)

    with pytest.raises(NotAllowed, match="themselves"):
        give_role(director, Role.FINANCE, root_of(network), by=director, now=NOW)


def test_a_coordinator_gives_no_roles():
    network = make_network()
    coordinator = make_person(network, role=Role.COORDINATOR)

    with pytest.raises(NotAllowed, match="Only a director"):
        give_role(make_person(network), Role.FINANCE, root_of(network), by=coordinator, now=NOW)


def test_a_role_is_given_once_and_leaves_one_line_in_the_trail():
    network = make_network()
    director, person = make_person(network, role=Role.DIRECTOR), make_person(network)

    first = give_role(person, Role.COORDINATOR, root_of(network), by=director, now=NOW)
    second = give_role(person, Role.COORDINATOR, root_of(network), by=director, now=NOW)

    assert first == second
    assert AuditEvent.objects.filter(verb="gave role", key=person.ref).count() == 1


def test_an_assistant_has_the_listed_verbs_for_the_named_scope_alone():
    network = make_network()
    _, cohort, engagement = tree(network)
    principal = make_person(network, role=Role.FELLOW, scope=engagement)
    assistant = make_person(network)

    delegate(principal, assistant, engagement, [Verb.REPLY], by=principal, now=NOW)

    assert acting_for(assistant, engagement, Verb.REPLY) == principal
    assert acting_for(assistant, engagement, Verb.BOOK) is None
    assert acting_for(assistant, cohort, Verb.REPLY) is None
    assert list(assistant.delegated_scopes(Verb.REPLY)) == [engagement]
    assert list(assistant.scopes()) == []


def test_a_conflict_of_the_principal_closes_the_scope_to_her_assistant():
    network = make_network()
    _, _, engagement = tree(network)
    principal = make_person(network, role=Role.FELLOW, scope=engagement)
    assistant = make_person(network)
    delegate(principal, assistant, engagement, [Verb.REPLY], by=principal, now=NOW)

    exclude(principal, engagement, Ground.CONFLICT, source="test:1", by=None, now=NOW)

    assert acting_for(fresh(assistant), engagement, Verb.REPLY) is None
    assert list(fresh(assistant).delegated_scopes(Verb.REPLY)) == []


def test_a_signature_cannot_be_delegated():
    network = make_network()
    _, _, engagement = tree(network)
    principal = make_person(network, role=Role.FELLOW, scope=engagement)

    with pytest.raises(NotAllowed, match="cannot be handed"):
        delegate(principal, make_person(network), engagement, ["sign"], by=principal, now=NOW)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEARNER, Role.DIRECTOR])
def test_who_is_in_no_district_or_team_names_no_assistant(
    as_person: Callable[[Person | None], Client], role: Role
):
    network = make_network()
    _, cohort, _ = tree(network)
    person = make_person(network, role=role, scope=cohort)
    named = {"full_name": "An Assistant", "email": "new@office.example", "may": [Verb.REPLY]}

    answer = as_person(person).post("/you/", named)

    assert answer.status_code == 422
    assert "no district or team" in answer.content.decode()
    assert list(Person.objects.filter(network=network)) == [person]


def test_an_assistant_passes_nothing_on():
    network = make_network()
    _, _, engagement = tree(network)
    principal = make_person(network, role=Role.FELLOW, scope=engagement)
    assistant = make_person(network)
    delegate(principal, assistant, engagement, [Verb.REPLY], by=principal, now=NOW)

    with pytest.raises(NotAllowed):
        delegate(assistant, make_person(network), engagement, [Verb.REPLY], by=assistant, now=NOW)


def test_a_person_sees_nobody_of_another_network(two_networks: TwoNetworks):
    ours = make_person(two_networks.ours)
    make_person(two_networks.theirs)

    seen = set(Person.objects.visible_to(two_networks.our_director))

    assert seen == {two_networks.our_director}
    assert set(Person.objects.visible_to(ours)) == {ours}


def test_a_role_begins_on_its_day():
    network = make_network()
    person = make_person(network)
    give_role(
        person, Role.DIRECTOR, root_of(network), by=None, now=NOW,
        from_on=NOW.date() + timedelta(days=1),
    )  # fmt: skip

    assert not fresh(person).is_staff
