"""Fifth act: the cohort starts, teams form (one is late), a superintendent is succeeded."""

from __future__ import annotations

from datetime import datetime, timedelta

from throughline.people.actions import add_affiliation
from throughline.people.enums import Role
from throughline.people.models import RoleAssignment
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.actions.succeed import succeed
from throughline.programs.enums import CohortState
from throughline.programs.models import DistrictEngagement
from throughline.rehearsal.stage import Stage, playing
from throughline.teams.actions.activate_team import activate_team, form_team
from throughline.teams.actions.answer_invitation import accept_invitation
from throughline.teams.actions.invite_member import invite_members
from throughline.teams.models import Team

LATE_TEAM = 7
"""Which district's team is not complete after seven months."""
SUCCEEDED = 4
"""Which district's superintendent leaves in month six."""
LEFT_BEFORE_END = timedelta(days=40)


def has_teams(stage: Stage) -> bool:
    """Whether districts bring teams to this program."""
    return bool(stage.version.parsed.get("teams", {}).get("rings"))


def said(stage: Stage) -> str:
    """Say what happens once the cohort runs."""
    parsed = stage.version.parsed
    who = "Teams form" if has_teams(stage) else "The districts begin"
    coached = ", meet their coaches" if parsed.get("coaching", {}).get("kinds") else ""
    return f"{who}{coached} and convene."


def run(stage: Stage) -> None:
    """Start the cohort and let its teams form."""
    start = stage.at(stage.cohort.starts_on)
    with playing(start) as now:
        move_cohort(stage.cohort, CohortState.RUNNING, by=stage.director, now=now)
    for number, engagement in enumerate(stage.engagements):
        _form_team(stage, engagement, number, start + timedelta(days=2, hours=number))


def lead_of(engagement: DistrictEngagement):  # type: ignore[no-untyped-def]
    """Return who leads a district on the day that is played."""
    held = RoleAssignment.objects.live().filter(scope=engagement.scope_id, role=Role.FELLOW)
    return held.select_related("person__network").latest("pk").person


def _form_team(stage: Stage, engagement: DistrictEngagement, number: int, begun: datetime) -> None:
    team = Team.objects.live().filter(engagement=engagement).first()
    if team is None:
        return
    lead = lead_of(engagement)
    if number == 0:
        stage.people["superintendent"] = lead
    with playing(begun) as now:
        if team.state == "proposed":
            team = form_team(team, by=lead, now=now)
        invite_members(team, by=lead, now=now)
    members = list(team.memberships.filter(state="invited").order_by("position"))
    for place, membership in enumerate(members):
        if number == LATE_TEAM and place >= 4:
            break
        with playing(begun + timedelta(days=1 + place, minutes=7 * place)) as now:
            membership.refresh_from_db()
            accept_invitation(membership, by=membership.person, now=now)
        if number == 0 and membership.kind == "teacher" and membership.person is not None:
            stage.people.setdefault("teacher", membership.person)
    if number != LATE_TEAM and members:
        with playing(begun + timedelta(days=12)) as now:
            team.refresh_from_db()
            activate_team(team, by=lead, now=now)


def replace_leader(stage: Stage) -> None:
    """Let one superintendent leave; her deputy takes over, the district stays."""
    if len(stage.engagements) <= SUCCEEDED:
        return
    engagement = stage.engagements[SUCCEEDED]
    with playing(stage.end - LEFT_BEFORE_END) as now:
        leaving = lead_of(engagement)
        successor = stage.person("offices", now)
        add_affiliation(
            successor, engagement.district, title="Superintendent", title_key="superintendent",
            by=stage.director, now=now,
        )  # fmt: skip
        succeed(
            engagement, leaving=leaving, taking_over=successor, role=Role.FELLOW,
            by=stage.director, now=now,
        )  # fmt: skip
