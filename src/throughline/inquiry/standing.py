"""What inquiry knows for rules of standing: where a team's challenge stands, never its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from throughline.inquiry.enums import ENDED, ChallengeState
from throughline.inquiry.models import Challenge
from throughline.ledger.standing import Holder, Known
from throughline.programs.models import Cohort
from throughline.teams.models import Team

STANDS = {
    ChallengeState.DRAFT: "draft",
    ChallengeState.PROPOSED: "draft",
    ChallengeState.AGREED: "named",
    ChallengeState.ACTIVE: "named",
}
"""What a blueprint calls these states. That it was tried or measured is not recorded here yet."""


def challenges(cohort: Cohort, holders: Sequence[Holder]) -> Mapping[int, Mapping[str, Known]]:  # noqa: ARG001 - hears of a cohort
    """Return where the priority challenge of each holder's team stands. Two queries."""
    engagements = {one.engagement_id for one in holders if one.engagement_id is not None}
    teams = {
        team.scope_id: team.engagement_id
        for team in Team.objects.live().filter(engagement__in=engagements)
    }
    live = (
        Challenge.objects.filter(owner_scope__in=teams, is_priority=True)
        .exclude(state__in=sorted(ENDED))
        .only("owner_scope", "state")
    )
    found = {teams[one.owner_scope_id]: one for one in live if one.owner_scope_id is not None}
    return {
        one.person_id: _facts(found.get(one.engagement_id))
        for one in holders
        if one.engagement_id is not None
    }


def _facts(challenge: Challenge | None) -> dict[str, Known]:
    if challenge is None:
        said = _("The team has no challenge yet.")
        return {"challenge.state": Known("none", said)}
    state = ChallengeState(challenge.state)
    said = _("The challenge stands at “%(state)s”.") % {"state": state.label}
    return {"challenge.state": Known(STANDS[state], said)}
