"""A roster under two clients whose pages are old: members, roles and history never come apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from tests.factories.machines import Undone, play
from tests.factories.people import NOW
from tests.factories.programs import make_engagement
from throughline.core.errors import DomainError
from throughline.people.enums import Role
from throughline.people.models import RoleAssignment
from throughline.teams.actions.activate_team import activate_team, form_team
from throughline.teams.actions.answer_invitation import accept_invitation, decline_invitation
from throughline.teams.actions.invite_member import invite_member
from throughline.teams.actions.name_member import name_member, remove_member, replace_member
from throughline.teams.actions.propose_team import propose_team
from throughline.teams.enums import JOINED_STATES, LIVE_MEMBER_STATES, MEMBER_MAY_BECOME
from throughline.teams.models import Team, TeamMembership

MOST = 7
ONE_OF = st.integers(0, 30)
TWICE = st.integers(1, 2)

AFTER: dict[str, set[str]] = {}
for _before, _after in MEMBER_MAY_BECOME.items():
    AFTER[_before.value] = {_before.value, *(one.value for one in _after)}


def reachable(state: str) -> set[str]:
    """Return every state that a membership can come to from this one, itself included."""
    found, edge = {state}, {state}
    while edge := {one for before in edge for one in AFTER[before]} - found:
        found |= edge
    return found


class TwoRosters(Undone):
    """Two people name, invite, answer for, remove and replace from pages that may be old."""

    def __init__(self) -> None:
        super().__init__()
        self.team = propose_team(make_engagement(), name="Design team", by=None, now=NOW)
        form_team(self.team, by=None, now=NOW)
        self.pages: list[TeamMembership] = []
        self.history: Mapping[int, tuple[str, int | None]] = {}
        self.now = NOW
        for number in range(4):
            self.add(number)
        for first_client in self.pages[:4:2]:  # the second client's pages know nothing of the yes
            invite_member(first_client, by=None, now=NOW)
            accept_invitation(first_client, by=None, now=NOW)

    def add(self, number: int) -> None:
        try:
            made = name_member(
                Team.objects.get(pk=self.team.pk), full_name=f"Member {number}",
                email=f"member{number}@district.example", by=None, now=self.now,
            )  # fmt: skip
        except DomainError:
            return
        self.open(made)

    def open(self, membership: TeamMembership) -> None:
        """Two clients open the page of a member, and keep it open."""
        self.pages += [
            TeamMembership.objects.select_related("team__engagement").get(pk=membership.pk)
            for _client in range(2)
        ]

    def page(self, which: int) -> TeamMembership:
        return self.pages[which % len(self.pages)]

    @rule(number=st.integers(0, 8))
    def name(self, number: int) -> None:
        self.add(number)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: self.pages)
    @rule(
        which=ONE_OF,
        times=TWICE,
        act=st.sampled_from(
            [invite_member, accept_invitation, accept_invitation, decline_invitation, remove_member]
        ),
    )
    def act(self, which: int, times: int, act: object) -> None:
        for _ in range(times):
            try:
                act(self.page(which), by=None, now=self.now)  # type: ignore[operator]
            except (DomainError, TeamMembership.DoesNotExist):
                return

    @precondition(lambda self: self.pages)
    @rule(which=ONE_OF, number=st.integers(0, 8))
    def replace(self, which: int, number: int) -> None:
        try:
            made = replace_member(
                self.page(which), full_name=f"Member {number}",
                email=f"member{number}@district.example", by=None, now=self.now,
            )  # fmt: skip
        except (DomainError, TeamMembership.DoesNotExist):
            return
        self.open(made)

    @rule()
    def start(self) -> None:
        try:
            activate_team(Team.objects.get(pk=self.team.pk), by=None, now=self.now)
        except DomainError:
            return

    @invariant()
    def who_said_yes_has_one_role_and_nobody_else_has(self) -> None:
        joined = self.team.memberships.filter(state__in=JOINED_STATES)
        roles = RoleAssignment.objects.filter(
            scope=self.team.scope_id, role=Role.MEMBER, to_on=None
        )
        assert sorted(joined.values_list("assignment", flat=True)) == sorted(
            roles.values_list("pk", flat=True)
        )

    @invariant()
    def a_roster_is_never_too_long_and_names_nobody_twice(self) -> None:
        live = self.team.memberships.filter(state__in=LIVE_MEMBER_STATES)
        addresses = list(live.values_list("email", flat=True))
        assert len(addresses) <= MOST
        assert len(set(addresses)) == len(addresses)

    @invariant()
    def history_goes_forward_only_and_keeps_whoever_was_relied_on(self) -> None:
        found = {
            row[0]: (row[1], row[2])
            for row in self.team.memberships.values_list("pk", "state", "person")
        }
        for pk, (state, person) in self.history.items():
            if pk not in found:
                assert state == "named"
                continue
            assert found[pk][0] in reachable(state)
            assert person is None or found[pk][1] == person
        self.history = found


@pytest.mark.slow
@pytest.mark.django_db
def test_no_order_of_two_old_pages_parts_a_member_from_her_role_or_her_history():
    play(TwoRosters, runs=15, steps=15)
