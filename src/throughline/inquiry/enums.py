"""Closed lists of inquiry, and the life of a challenge."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.core.tiers import Tier
from throughline.people.enums import Role


class ChallengeKind(models.TextChoices):
    """What sort of challenge."""

    EQUITY_CHALLENGE = "equity_challenge", _("Equity challenge")
    PROBLEM_OF_PRACTICE = "problem_of_practice", _("Problem of practice")
    PRACTICE_AUDIT = "practice_audit", _("Practice audit")


class ChallengeState(models.TextChoices):
    """The life of a challenge."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("The team is asked")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Active")
    CLOSED = "closed", _("Closed")
    REPLACED = "replaced", _("Replaced")


MAY_BECOME: dict[ChallengeState, frozenset[ChallengeState]] = {
    ChallengeState.DRAFT: frozenset({ChallengeState.PROPOSED, ChallengeState.CLOSED}),
    ChallengeState.PROPOSED: frozenset({ChallengeState.DRAFT, ChallengeState.AGREED}),
    ChallengeState.AGREED: frozenset(
        {ChallengeState.ACTIVE, ChallengeState.REPLACED, ChallengeState.CLOSED}
    ),
    ChallengeState.ACTIVE: frozenset({ChallengeState.REPLACED, ChallengeState.CLOSED}),
    ChallengeState.CLOSED: frozenset(),
    ChallengeState.REPLACED: frozenset(),
}
"""The whole life of a challenge. Editing one that the team is asked about makes it a draft again."""

EDITABLE = frozenset({ChallengeState.DRAFT, ChallengeState.PROPOSED})
ENDED = frozenset({ChallengeState.CLOSED, ChallengeState.REPLACED})


class EvidenceKind(models.TextChoices):
    """What a challenge is known by."""

    QUANTITATIVE = "quantitative", _("Figures")
    VOICE = "voice", _("What students and families say")


WRITERS = frozenset({Role.FELLOW, Role.TEAM_LEAD, Role.MEMBER, Role.DISTRICT_ANALYST, Role.STUDENT})
"""Who writes a team's challenge, from a role in the team or its district."""

LEADS = frozenset({Role.FELLOW, Role.TEAM_LEAD})
"""Who may say that the team has agreed."""

OFFERED_TIERS = (Tier.TEAM, Tier.HOST, Tier.COHORT, Tier.NETWORK)
"""A challenge belongs to its team, so nobody keeps one to herself."""

PARTS = ("who", "experience", "where", "since", "why_now")
"""The blanks of the sentence, in its order."""
