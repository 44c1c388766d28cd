"""Propose a district's team: the roster of an application is a team from its first name on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed
from throughline.core.locks import take
from throughline.people.enums import ScopeKind
from throughline.people.models import Person, Scope
from throughline.programs.models import DistrictEngagement
from throughline.teams.models import Team
from throughline.teams.rules import can_propose, teams_section


@transaction.atomic
def propose_team(
    engagement: DistrictEngagement,
    *,
    name: str,
    by: Person | None,
    now: datetime,
    ring: str = "design-team",
    is_existing: bool = False,
    prior_mandate: str = "",
) -> Team:
    """Propose a team of this ring, with a scope of its own; again returns the live one.

    Raises
    ------
    NotAllowed
        ``by`` neither leads the district nor acts for its leader nor is on the staff.
    BadInput
        The blueprint takes no existing team.
    """
    if not (decision := can_propose(by, engagement)):
        raise NotAllowed(decision.reason)
    found = teams_section(engagement).rings.get(ring)
    if is_existing and found is not None and not found.existing_allowed:
        raise BadInput(_("This program asks for a new team."), field="is_existing")
    take(engagement)  # two tabs cannot both make a team
    live = Team.objects.live().filter(engagement=engagement, ring=ring).first()
    if live is not None:
        return live
    title = name.strip() or str(engagement.district)
    team = Team.objects.create(
        network_id=engagement.network_id,
        scope=Scope.objects.below(engagement.scope, kind=ScopeKind.TEAM, label=title),
        engagement=engagement,
        ring=ring,
        name=title,
        is_existing=is_existing,
        prior_mandate=prior_mandate.strip(),
    )
    trail.record(by, "proposed", team, now=now, on_behalf_of=decision.on_behalf_of)
    return team


@transaction.atomic
def describe_team(
    team: Team, *, is_existing: bool, prior_mandate: str, by: Person | None, now: datetime
) -> Team:
    """Say whether this team exists already, and what it has worked on.

    Raises
    ------
    NotAllowed
        ``by`` may not edit this roster.
    BadInput
        The blueprint takes no existing team.
    """
    decision = can_propose(by, team.engagement)
    if not decision:
        raise NotAllowed(decision.reason)
    found = teams_section(team.engagement).rings.get(team.ring)
    if is_existing and found is not None and not found.existing_allowed:
        raise BadInput(_("This program asks for a new team."), field="is_existing")
    mandate = prior_mandate.strip() if is_existing else ""
    Team.objects.filter(pk=team.pk).update(is_existing=is_existing, prior_mandate=mandate)
    team.refresh_from_db()
    trail.record(
        by, "described", team, now=now, fields=["is_existing", "prior_mandate"],
        on_behalf_of=decision.on_behalf_of,
    )  # fmt: skip
    return team
