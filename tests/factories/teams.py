"""Teams with members."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from tests.factories.people import NOW
from tests.factories.programs import make_engagement
from throughline.programs.models import DistrictEngagement
from throughline.teams.actions.activate_team import activate_team, form_team
from throughline.teams.actions.answer_invitation import accept_invitation
from throughline.teams.actions.invite_member import invite_member
from throughline.teams.actions.name_member import name_member
from throughline.teams.actions.propose_team import propose_team
from throughline.teams.enums import TeamState
from throughline.teams.models import Team, TeamMembership

_numbers = count(1)


def make_team(
    engagement: DistrictEngagement | None = None,
    members: int = 5,
    *,
    state: str = TeamState.ACTIVE,
    cabinet: int = 1,
    now: datetime = NOW,
) -> Team:
    """A team of this many members, ``cabinet`` of them in the cabinet.

    Proposed teams hold names; forming ones members who said yes; by default it has started.
    """
    engagement = engagement or make_engagement()
    team = propose_team(engagement, name="Design team", by=None, now=now)
    for number in range(members):
        make_member(team, is_cabinet=number < cabinet, now=now)
    if state == TeamState.PROPOSED:
        return team
    form_team(team, by=None, now=now)
    for member in team.memberships.all():
        invite_member(member, by=None, now=now)
        accept_invitation(member, by=None, now=now)
    if state == TeamState.ACTIVE:
        activate_team(team, by=None, now=now)
    return team


def make_member(
    team: Team, *, email: str | None = None, is_cabinet: bool = False, now: datetime = NOW
) -> TeamMembership:
    """A name on a roster, with an address."""
    number = next(_numbers)
    return name_member(
        team,
        full_name=f"Member {number}",
        email=f"member{number}@district.example" if email is None else email,
        title="Principal",
        is_cabinet=is_cabinet,
        by=None,
        now=now,
    )
