"""Form a team when its district has a place, and start it when enough members said yes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.locks import take
from throughline.core.states import states_before
from throughline.people.models import Person
from throughline.programs.enums import SEATED_STATES
from throughline.programs.models import DistrictEngagement
from throughline.teams import hooks
from throughline.teams.enums import TEAM_MAY_BECOME, MemberState, TeamState
from throughline.teams.models import Team, TeamMembership, TeamWaiver
from throughline.teams.rules import can_activate, can_edit_roster, can_waive


@transaction.atomic
def form_team(team: Team, *, by: Person | None, now: datetime) -> Team:
    """Begin to form a proposed team; its names can now be invited. Again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    WrongState
        The district has no place in the cohort yet, or the team has ended.
    """
    if not (decision := can_edit_roster(by, team)):
        raise NotAllowed(decision.reason)
    seated = DistrictEngagement.objects.filter(pk=team.engagement_id, state__in=SEATED_STATES)
    if not seated.exists():
        raise WrongState(_("A team is formed once its district has a place in the cohort."))
    if _move(team, TeamState.FORMING):
        trail.record(
            by, "formed", team, now=now, fields=["state"], on_behalf_of=decision.on_behalf_of
        )
    elif team.state not in {TeamState.FORMING, TeamState.ACTIVE}:
        raise WrongState(_("This team has ended."))
    return team


@transaction.atomic
def activate_team(team: Team, *, by: Person | None, now: datetime) -> Team:
    """Start a team: from now on it is what works on the district's challenge.

    Raises
    ------
    NotAllowed
        Too few or too many members said yes, or ``by`` may not edit this roster.
    WrongState
        It is not forming, or somebody started it a moment ago.
    """
    take(team)
    if not (decision := can_activate(by, team)):
        raise NotAllowed(decision.reason)
    refusals = [found.reason for ask in hooks.MAY_ACTIVATE if not (found := ask(team))]
    if refusals:
        raise NotAllowed(" ".join(refusals))
    if not _move(team, TeamState.ACTIVE):
        raise WrongState(_("This team is not forming."))
    TeamMembership.objects.filter(team=team, state=MemberState.ACCEPTED).update(
        state=MemberState.ACTIVE
    )
    trail.record(
        by, "activated", team, now=now, fields=["state"], on_behalf_of=decision.on_behalf_of
    )
    return team


@transaction.atomic
def waive_rule(
    team: Team, *, rule: str, reason: str, by: Person | None, now: datetime
) -> TeamWaiver:
    """Set a rule aside for this team, with a reason; again returns the first waiver.

    Raises
    ------
    NotAllowed
        ``by`` is no director.
    BadInput
        The reason is missing.
    """
    if by is None or not can_waive(by, team):
        raise NotAllowed(can_waive(by, team).reason)
    if not reason.strip():
        raise BadInput(_("Say why the rule does not hold for this team."), field="reason")
    waiver, is_new = TeamWaiver.objects.get_or_create(
        team=team,
        rule=rule,
        defaults={
            "network_id": team.network_id, "reason": reason.strip()[:500], "by": by, "at": now,
        },
    )  # fmt: skip
    if is_new:
        trail.record(by, "waived", team, now=now, fields=[rule], reason=reason)
    return waiver


@transaction.atomic
def end_team(team: Team, *, by: Person | None, now: datetime, reason: str = "") -> Team:
    """Dissolve a proposed team, or end one that was formed. Again changes nothing.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    """
    if team.state in {TeamState.ENDED, TeamState.DISSOLVED}:
        return team
    if not (decision := can_edit_roster(by, team)):
        raise NotAllowed(decision.reason)
    if _move(team, TeamState.DISSOLVED) or _move(team, TeamState.ENDED):
        trail.record(by, team.state, team, now=now, fields=["state"], reason=reason)
    return team


def end_teams_of(engagement: DistrictEngagement, by: Person | None, now: datetime) -> None:
    """End every team of a district that left the cohort (hears ``programs.ENGAGEMENT_ENDED``)."""
    for team in Team.objects.live().filter(engagement=engagement):
        end_team(team, by=by, now=now)


def _move(team: Team, state: TeamState) -> bool:
    moved = Team.objects.filter(pk=team.pk, state__in=states_before(TEAM_MAY_BECOME, state)).update(
        state=state
    )
    team.refresh_from_db(fields=["state"])
    return bool(moved)
