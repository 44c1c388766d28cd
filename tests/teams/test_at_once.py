"""A team while its leader, its members and two tabs press at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db.models import QuerySet

from tests.factories.people import NOW
from tests.factories.teams import make_member, make_team
from tests.factories.threads import at_once
from throughline.core.errors import DomainError
from throughline.messaging.models import Message
from throughline.people.enums import Role
from throughline.people.models import RoleAssignment
from throughline.teams.actions.activate_team import activate_team
from throughline.teams.actions.answer_invitation import accept_invitation, decline_invitation
from throughline.teams.actions.invite_member import invite_member
from throughline.teams.actions.name_member import name_member, remove_member
from throughline.teams.enums import TeamState
from throughline.teams.models import Team, TeamInvitation, TeamMembership

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def tab(membership: TeamMembership) -> TeamMembership:
    return TeamMembership.objects.select_related("team__engagement").get(pk=membership.pk)


def roles_in(team: Team) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.live().filter(scope=team.scope, role=Role.MEMBER)


def test_the_last_position_is_given_once():
    team = make_team(members=5, state=TeamState.FORMING)

    at_once(
        [
            partial(
                name_member, Team.objects.get(pk=team.pk), full_name=f"No. {one}", by=None, now=NOW
            )
            for one in range(8)
        ]
    )

    assert team.memberships.live().count() == 7


def test_one_press_writes_one_invitation():
    team = make_team(members=4, state=TeamState.FORMING)
    member = make_member(team)

    results = at_once([partial(invite_member, tab(member), by=None, now=NOW) for _ in range(8)])

    assert {one.pk for one in results} == {TeamInvitation.objects.get(membership=member).pk}  # type: ignore[attr-defined]
    assert Message.objects.filter(about_key=member.ref).count() == 1


def test_one_yes_sent_eight_times_makes_one_member():
    team = make_team(members=4, state=TeamState.FORMING)
    member = make_member(team)
    invite_member(member, by=None, now=NOW)

    results = at_once([partial(accept_invitation, tab(member), by=None, now=NOW) for _ in range(8)])

    assert [one for one in results if isinstance(one, DomainError)] == []
    member.refresh_from_db()
    assert (member.state, roles_in(team).count()) == ("accepted", 5)


def test_of_yes_and_no_from_two_tabs_one_counts():
    team = make_team(members=4, state=TeamState.FORMING)
    member = make_member(team)
    invite_member(member, by=None, now=NOW)

    at_once(
        [
            partial(
                accept_invitation if place % 2 else decline_invitation,
                tab(member),
                by=None,
                now=NOW,
            )
            for place in range(8)
        ]
    )

    member.refresh_from_db()
    assert (member.state, member.assignment is None) in {("accepted", False), ("declined", True)}


def test_whoever_says_yes_while_the_team_starts_has_started_with_it():
    team = make_team(members=5, state=TeamState.FORMING)
    member = make_member(team)
    invite_member(member, by=None, now=NOW)

    at_once(
        [
            partial(activate_team, Team.objects.get(pk=team.pk), by=None, now=NOW),
            partial(accept_invitation, tab(member), by=None, now=NOW),
        ]
        * 4
    )

    team.refresh_from_db()
    assert team.state == TeamState.ACTIVE
    assert set(team.memberships.values_list("state", flat=True)) == {"active"}


def test_a_name_is_taken_off_or_says_yes_and_never_both():
    team = make_team(members=4, state=TeamState.FORMING)
    member = make_member(team)
    invite_member(member, by=None, now=NOW)

    at_once(
        [
            partial(
                accept_invitation if place % 2 else remove_member, tab(member), by=None, now=NOW
            )
            for place in range(8)
        ]
    )

    member.refresh_from_db()
    has_role = roles_in(team).filter(person=member.person).exists()
    assert has_role == member.has_joined
