"""Fifth act: teams form (one is late), coaches are assigned and log, a superintendent is succeeded."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from throughline.coaching.actions.add_coach import add_coach
from throughline.coaching.actions.assign_coach import assign_coach
from throughline.coaching.actions.log_session import log_session
from throughline.coaching.enums import Mode
from throughline.coaching.models import CoachingEngagement
from throughline.core import chance
from throughline.people.actions import add_affiliation
from throughline.people.enums import Role
from throughline.people.models import RoleAssignment
from throughline.programs.actions.move_cohort import move_cohort
from throughline.programs.actions.succeed import succeed
from throughline.programs.enums import CohortState
from throughline.programs.models import DistrictEngagement
from throughline.rehearsal import words
from throughline.rehearsal.stage import Stage, playing
from throughline.teams.actions.activate_team import activate_team, form_team
from throughline.teams.actions.answer_invitation import accept_invitation
from throughline.teams.actions.invite_member import invite_members
from throughline.teams.models import Team

LATE_TEAM = 7
"""Which district's team is not complete after seven months."""
SUCCEEDED = 4
"""Which district's superintendent leaves in month six."""
SESSIONS_EVERY = timedelta(days=30)
LEFT_BEFORE_END = timedelta(days=40)


def run(stage: Stage) -> None:
    """Start the cohort and play seven months of teams and coaching."""
    start = stage.at(stage.cohort.starts_on)
    with playing(start) as now:
        move_cohort(stage.cohort, CohortState.RUNNING, by=stage.director, now=now)
    for number, engagement in enumerate(stage.engagements):
        _form_team(stage, engagement, number, start + timedelta(days=2, hours=number))
    _coaching(stage, start)


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


def _coaching(stage: Stage, start: datetime) -> None:
    if not stage.version.parsed.get("coaching", {}).get("kinds"):
        return
    pairs = []
    with playing(start + timedelta(days=10)) as now:
        coaches = [
            add_coach(
                person, is_former_superintendent=number % 2 == 0, load_cap=6,
                by=stage.director, now=now,
            )
            for number, person in enumerate(stage.coaches)
        ]  # fmt: skip
        for number, engagement in enumerate(stage.engagements):
            pairs.append(
                assign_coach(
                    coaches[number % len(coaches)],
                    engagement=engagement,
                    coachee=lead_of(engagement),
                    by=stage.director,
                    now=now,
                )
            )
    for number, pair in enumerate(pairs):
        first = start + timedelta(days=24 + number)
        for turn in range(6):
            held = first + turn * SESSIONS_EVERY
            if number == LATE_TEAM and turn > 1:
                continue
            if stage.has_come(held + timedelta(hours=2)) and not _has_left(stage, pair, held):
                _log(pair, number, turn, held)


def _has_left(stage: Stage, pair: CoachingEngagement, held: datetime) -> bool:
    """Whether the coachee will have left by then: her sessions end with her."""
    if len(stage.engagements) <= SUCCEEDED:
        return False
    left = stage.end - LEFT_BEFORE_END
    return pair.engagement == stage.engagements[SUCCEEDED] and held >= left


def _log(pair: CoachingEngagement, number: int, turn: int, held: datetime) -> None:
    with playing(held + timedelta(hours=2)) as now:
        log_session(
            pair,
            day=held.date(),
            starts_local=time(10, 0),
            minutes=60 if turn % 3 else 90,
            mode=Mode.VIRTUAL if turn % 3 else Mode.ON_SITE,
            shared_summary=words.SUMMARIES[(number + turn) % len(words.SUMMARIES)],
            private_note=words.PRIVATE_NOTES[(number + turn) % len(words.PRIVATE_NOTES)],
            by=pair.coach.person,
            now=now,
            log_key=UUID(bytes=chance.token_bytes(16), version=4),
        )


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
