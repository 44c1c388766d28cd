"""Begin a team's equity challenge from a finding."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from throughline.audit import once as once_only
from throughline.audit import trail
from throughline.core.errors import BadInput, NotAllowed, WrongState
from throughline.core.tiers import Tier
from throughline.evidence.models import Finding
from throughline.inquiry.actions.cite_finding import cite_finding
from throughline.inquiry.enums import OFFERED_TIERS
from throughline.inquiry.models import Challenge
from throughline.inquiry.rules import can_start
from throughline.people.models import Person
from throughline.people.tiered import write_tiered
from throughline.teams.models import Team


@transaction.atomic
def start_challenge(
    team: Team,
    *,
    finding: Finding,
    who: str,
    experience: str,
    by: Person,
    now: datetime,
    where_: str = "",
    since: str = "",
    why_now: str = "",
    tier: str = Tier.TEAM,
    once: UUID | str | None = None,
) -> Challenge:
    """Draft the team's one priority challenge, resting on a finding.

    Raises
    ------
    NotAllowed
        ``by`` is not in the team, the team has ended, or the team cannot read the finding.
    BadInput
        Who, or what they live through, is empty; or the tier is not offered.
    WrongState
        The team already has a challenge.
    """
    if not (decision := can_start(by, team)):
        raise NotAllowed(decision.reason)
    sent = once_only.claim(by.network_id, once, by.pk, "start_challenge", now)
    if sent.result:
        return Challenge.objects.get(ref=sent.result)
    if not who.strip():
        raise BadInput(_("Say which students this is about."), field="who")
    if not experience.strip():
        raise BadInput(_("Say what they live through."), field="experience")
    if tier not in OFFERED_TIERS:
        raise BadInput(
            _("A challenge belongs to its team. Choose who else reads it."), field="tier"
        )
    challenge = Challenge(
        network_id=team.network_id,
        author=by,
        scope=team.scope,
        owner_scope=team.scope,
        tier=Tier(tier),
        who=who.strip(),
        experience=experience.strip(),
        where=where_.strip(),
        since=since.strip(),
        why_now=why_now.strip(),
        saved_at=now,
    )
    try:
        with transaction.atomic():
            write_tiered(challenge, "")
    except IntegrityError as error:
        raise WrongState(
            _(
                "Your team already has an equity challenge. Add the finding to it, or close it first."
            )
        ) from error
    trail.record(by, "started", challenge, now=now)
    cite_finding(challenge, finding, by=by, now=now)
    sent.keep(challenge.ref)
    return challenge
