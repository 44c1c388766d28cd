"""Naming, inviting, answering, replacing: a team from its first name on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import NOW, make_person, make_staff
from tests.factories.programs import fellow_of, make_engagement
from tests.factories.teams import make_member, make_team
from throughline.audit.models import AuditEvent
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.messaging.models import Delivery
from throughline.people.actions import delegate
from throughline.people.enums import Role, Verb
from throughline.people.models import Affiliation, Person
from throughline.teams import hooks
from throughline.teams.actions.activate_team import form_team
from throughline.teams.actions.answer_invitation import accept_invitation, decline_invitation
from throughline.teams.actions.invite_member import OPEN_FOR, invite_member, invite_members
from throughline.teams.actions.leave_team import leave_team
from throughline.teams.actions.name_member import name_member, remove_member, replace_member
from throughline.teams.actions.propose_team import describe_team, propose_team
from throughline.teams.enums import MemberState, TeamState
from throughline.teams.models import Team, TeamMembership

pytestmark = pytest.mark.django_db


def forming_team(members: int = 1) -> Team:
    """A team whose district has its place, with names that were not asked yet."""
    team = make_team(make_engagement(), members, state=TeamState.PROPOSED)
    return form_team(team, by=None, now=NOW)


def invited_member() -> tuple[TeamMembership, Person]:
    """A member who was asked, and the person at her address."""
    member = forming_team().memberships.get()
    invite_member(member, by=None, now=NOW)
    return member, Person.objects.get(aliases__value=member.email)


def test_a_team_is_proposed_once_with_a_scope_below_its_district():
    engagement = make_engagement(state="applying")
    fellow = fellow_of(engagement)

    team = propose_team(engagement, name=" Equity team ", by=fellow, now=NOW)
    again = propose_team(engagement, name="Another", by=fellow, now=NOW)

    assert (team.name, team.state, again) == ("Equity team", TeamState.PROPOSED, team)
    assert (team.scope.kind, team.scope.parent) == ("team", engagement.scope)
    assert AuditEvent.objects.filter(verb="proposed").count() == 1


@pytest.mark.requirement("RELN-29")
def test_an_existing_team_may_serve_and_says_what_it_has_worked_on():
    engagement = make_engagement(state="applying")
    fellow = fellow_of(engagement)

    team = propose_team(
        engagement, name="", by=fellow, now=NOW, is_existing=True, prior_mandate="Discipline codes"
    )
    before = (team.name, team.is_existing, team.prior_mandate)
    describe_team(team, is_existing=False, prior_mandate="Ignored", by=fellow, now=NOW)

    assert before == ("Maple County", True, "Discipline codes")
    assert (team.is_existing, team.prior_mandate) == (False, "")


def test_who_edits_a_roster():
    engagement = make_engagement()
    fellow, assistant = fellow_of(engagement), make_person(engagement.network)
    delegate(fellow, assistant, engagement.scope, [Verb.EDIT_ROSTER], by=fellow, now=NOW)
    other = make_person(engagement.network)
    delegate(fellow, other, engagement.scope, [Verb.REPLY], by=fellow, now=NOW)
    peer = fellow_of(make_engagement(engagement.cohort, name="Oak County"))
    team = make_team(engagement, members=0, state=TeamState.PROPOSED)

    for person in (fellow, assistant, make_staff(engagement.network)):
        name_member(team, full_name="A Name", by=person, now=NOW)
    for person in (other, peer, make_person(engagement.network)):
        with pytest.raises(NotAllowed, match="Only the leader of this district"):
            name_member(team, full_name="A Name", by=person, now=NOW)

    named = AuditEvent.objects.filter(verb="named").order_by("pk")
    assert list(named.values_list("on_behalf_of", flat=True)) == [None, fellow.pk, None]


def test_a_name_is_needed_an_address_is_checked_and_used_once():
    team = make_team(members=1, state=TeamState.PROPOSED)
    address = team.memberships.get().email

    with pytest.raises(BadInput, match="Enter the member's name") as missing:
        name_member(team, full_name=" ", by=None, now=NOW)
    with pytest.raises(BadInput, match="like name@district"):
        name_member(team, full_name="A Name", email="nowhere", by=None, now=NOW)
    with pytest.raises(BadInput, match="already on the roster"):
        name_member(team, full_name="A Name", email=address.upper(), by=None, now=NOW)

    assert missing.value.field == "full_name"


def test_an_eighth_name_is_refused():
    team = make_team(members=7, state=TeamState.PROPOSED)

    with pytest.raises(BadInput, match="Your design team has 7 members, the most it can have"):
        make_member(team)


def test_members_are_invited_by_letter_once_their_district_has_its_place():
    team = make_team(make_engagement(state="offered"), members=1, state=TeamState.PROPOSED)
    member = team.memberships.get()

    with pytest.raises(WrongState, match="once the district has a place"):
        invite_member(member, by=None, now=NOW)
    with pytest.raises(WrongState, match="once its district has a place"):
        form_team(team, by=None, now=NOW)


@pytest.mark.requirement("RELN-28")
def test_everybody_named_gets_one_letter():
    team = forming_team(members=5)
    make_member(team, email="")
    fellow = fellow_of(team.engagement)

    sent = invite_members(team, by=fellow, now=NOW)
    again = invite_members(team, by=fellow, now=NOW)

    assert (len(sent), again) == (5, [])
    addresses = set(team.memberships.exclude(email="").values_list("email", flat=True))
    assert set(Delivery.objects.values_list("address", flat=True)) in (addresses, {""})
    assert Delivery.objects.count() == 5
    assert set(team.memberships.values_list("state", flat=True)) == {"invited", "named"}
    with pytest.raises(BadInput, match="Add an e-mail address"):
        invite_member(team.memberships.get(email=""), by=fellow, now=NOW)


@pytest.mark.requirement("RELN-28")
def test_who_says_yes_becomes_a_member_with_a_role_and_a_place_in_the_district():
    member, person = invited_member()

    accept_invitation(member, by=person, now=NOW)
    again = accept_invitation(member, by=person, now=NOW)

    assert (again.state, again.person, again.accepted_at) == (MemberState.ACCEPTED, person, NOW)
    assert again.assignment is not None
    assert (again.assignment.role, again.assignment.scope) == (Role.MEMBER, member.team.scope)
    place = Affiliation.objects.get(person=person)
    assert (place.organization, place.title, place.is_cabinet) == (
        member.team.engagement.district, "Principal", True,
    )  # fmt: skip
    assert AuditEvent.objects.filter(verb="accepted").count() == 1


def test_before_she_says_yes_she_holds_no_role_and_sees_no_team():
    member, person = invited_member()

    assert list(person.roles.all()) == []
    assert not Team.objects.visible_to(person).exists()
    assert list(TeamMembership.objects.visible_to(person)) == [member]


def test_nobody_else_answers_not_even_the_leader():
    member, person = invited_member()
    leader = fellow_of(member.team.engagement)

    for other in (leader, make_person(member.network)):
        with pytest.raises(NotAllowed, match="Only the person who was invited"):
            accept_invitation(member, by=other, now=NOW)
        with pytest.raises(NotAllowed, match="Only the person who was invited"):
            decline_invitation(member, by=other, now=NOW)
    decline_invitation(member, by=person, now=NOW)
    decline_invitation(member, by=person, now=NOW)
    with pytest.raises(WrongState, match="already been answered"):
        accept_invitation(member, by=person, now=NOW)

    assert AuditEvent.objects.filter(verb="declined").count() == 1


def test_an_invitation_lapses_and_is_renewed():
    member, person = invited_member()
    late = NOW + OPEN_FOR

    with pytest.raises(NotAllowed, match="has lapsed"):
        accept_invitation(member, by=person, now=late)
    invite_member(member, by=None, now=late)
    accept_invitation(member, by=person, now=late + timedelta(days=1))

    assert member.invitations.filter(answered_at__isnull=True).count() == 0
    assert member.invitations.count() == 2


def test_a_name_that_was_not_invited_cannot_accept():
    member = forming_team().memberships.get()

    with pytest.raises(WrongState, match="has not been invited yet"):
        accept_invitation(member, by=None, now=NOW)


def test_a_mere_name_is_deleted_and_an_invitation_lapses():
    team = forming_team(members=2)
    named, invited = team.memberships.all()
    invite_member(invited, by=None, now=NOW)

    remove_member(named, by=None, now=NOW)
    remove_member(invited, by=None, now=NOW)
    with pytest.raises(WrongState, match="no longer on the roster"):
        remove_member(invited, by=None, now=NOW)

    assert list(team.memberships.values_list("state", flat=True)) == [MemberState.LAPSED]


@pytest.mark.requirement("RELN-28")
def test_the_history_says_who_followed_whom(monkeypatch: pytest.MonkeyPatch):
    team = make_team()
    leaving = team.memberships.first()
    assert leaving is not None
    left: list[object] = []
    monkeypatch.setattr(hooks, "MEMBER_LEFT", [lambda one, by, now: left.append(one)])

    follower = replace_member(
        leaving, full_name="New Name", email="new@district.example", by=None, now=NOW
    )
    invite_member(follower, by=None, now=NOW)
    accept_invitation(follower, by=None, now=NOW)

    leaving.refresh_from_db()
    assert (leaving.state, leaving.to_on, left) == (MemberState.LEFT, NOW.date(), [leaving])
    assert leaving.assignment is not None
    assert leaving.assignment.to_on == NOW.date()
    assert (follower.replaces, follower.position, follower.state) == (
        leaving, leaving.position, MemberState.ACTIVE,
    )  # fmt: skip


def test_a_member_leaves_by_herself_once():
    team = make_team()
    member = team.memberships.first()
    assert member is not None
    stranger = make_person(team.network)

    with pytest.raises(NotAllowed):
        leave_team(member, by=stranger, now=NOW)
    leave_team(member, by=member.person, now=NOW)
    with pytest.raises(WrongState, match="is not a member"):
        leave_team(member, by=None, now=NOW)

    assert member.person is not None
    assert not Team.objects.visible_to(Person.objects.get(pk=member.person.pk)).exists()


def test_the_database_refuses_what_the_rules_forbid():
    team = make_team()
    first, second = team.memberships.all()[:2]
    forbidden: list[dict[str, Any]] = [
        {"position": second.position}, {"person": second.person}, {"email": second.email},
        {"assignment": None}, {"accepted_at": None}, {"replaces": first}, {"full_name": ""},
        {"state": "gone"},
    ]  # fmt: skip

    for fields in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            TeamMembership.objects.filter(pk=first.pk).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Team.objects.create(
            network=team.network, scope=team.engagement.scope, engagement=team.engagement,
            ring=team.ring, name="Second",
        )  # fmt: skip
