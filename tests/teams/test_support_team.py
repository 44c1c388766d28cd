"""The support team of NEWS: five to seven people."""

from __future__ import annotations

import pytest

from tests.factories.people import NOW
from tests.factories.programs import blueprint_text, make_cohort, make_engagement
from throughline.core.errors import BadInput, NotAllowed
from throughline.teams.actions.activate_team import activate_team, form_team
from throughline.teams.actions.answer_invitation import accept_invitation
from throughline.teams.actions.invite_member import invite_member
from throughline.teams.actions.name_member import name_member
from throughline.teams.actions.propose_team import propose_team
from throughline.teams.enums import TeamState
from throughline.teams.models import Team

pytestmark = pytest.mark.django_db


def make_support_team(members: int) -> Team:
    """A forming team whose members have said yes."""
    engagement = make_engagement(make_cohort(source=blueprint_text("news")))
    team = propose_team(engagement, name="Support team", ring="support-team", by=None, now=NOW)
    form_team(team, by=None, now=NOW)
    for number in range(members):
        member = name_member(
            team, full_name=f"Member {number}", email=f"m{number}@district.example",
            by=None, now=NOW,
        )  # fmt: skip
        invite_member(member, by=None, now=NOW)
        accept_invitation(member, by=None, now=NOW)
    return team


@pytest.mark.requirement("NEWS-19")
@pytest.mark.parametrize("members", [5, 7])
def test_a_support_team_of_five_to_seven_starts(members: int):
    team = make_support_team(members)

    activate_team(team, by=None, now=NOW)

    assert team.state == TeamState.ACTIVE


@pytest.mark.requirement("NEWS-19")
def test_a_support_team_of_four_does_not_start_and_an_eighth_is_not_named():
    with pytest.raises(NotAllowed, match="it needs 5 to 7"):
        activate_team(make_support_team(4), by=None, now=NOW)
    with pytest.raises(BadInput, match="the most it can have"):
        make_support_team(8)
