"""Reads that serve the pages of inquiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.tiers import Tier
from throughline.core.todo import ToDo
from throughline.evidence.hooks import NextStep
from throughline.evidence.models import Finding
from throughline.inquiry.enums import ENDED, LEADS, WRITERS, ChallengeState, EvidenceKind
from throughline.inquiry.models import Challenge, ChallengeVersion, Citation, MissingEvidence
from throughline.inquiry.rules import Flag, can_start, flags
from throughline.people.models import Person
from throughline.teams.enums import TeamState
from throughline.teams.models import Team, TeamMembership

BEGIN, FINISH, AGREE = 20, 15, 5
"""Minutes that each step honestly takes."""


@dataclass(frozen=True, slots=True)
class Known:
    """One kind of evidence: what is cited, or why it is missing, or neither."""

    kind: EvidenceKind
    citations: list[Citation]
    missing: MissingEvidence | None

    @property
    def is_open(self) -> bool:
        """Whether this kind is neither cited nor explained."""
        return not self.citations and self.missing is None


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """A challenge with what it rests on and its versions, newest first."""

    challenge: Challenge
    known: list[Known]
    versions: list[ChallengeVersion]
    flags: list[Flag]
    team: list[TeamMembership]


def challenge_page(person: Person, challenge: Challenge) -> ChallengePage:
    """Return what the page of a challenge shows; findings that the reader may not read stay away."""
    readable = Finding.objects.visible_to(person).select_related(
        "release__cells__population__owner_place"
    )
    citations = list(
        challenge.citations.filter(finding__in=readable.values("pk"))
        .prefetch_related(Prefetch("finding", queryset=readable))
        .order_by("at", "pk")
    )
    missing = {one.kind: one for one in challenge.missing.all()}
    known = [
        Known(kind, [one for one in citations if one.kind == kind], missing.get(kind))
        for kind in EvidenceKind
    ]
    versions = list(challenge.versions.select_related("by", "agreed_by").order_by("-number"))
    text = f"{challenge.who} {challenge.experience}"
    team = (
        TeamMembership.objects.visible_to(person)
        .joined()
        .filter(team__scope=challenge.owner_scope_id)
        .select_related("person")
        .order_by("position", "pk")
    )
    return ChallengePage(challenge, known, versions, flags(text), list(team))


def team_of(person: Person, finding: Finding) -> Team | None:
    """Return the team that a finding lives in, if this person writes its challenge."""
    team = Team.objects.visible_to(person).live().filter(scope=finding.scope_id).first()
    return team if team and can_start(person, team) else None


def live_challenge(person: Person, team: Team) -> Challenge | None:
    """Return the team's priority challenge that has not ended."""
    found: Challenge | None = (
        Challenge.objects.visible_to(person)
        .exclude(state__in=sorted(ENDED))
        .filter(owner_scope=team.scope_id, is_priority=True)
        .first()
    )
    return found


def next_step(person: Person, finding: Finding) -> NextStep | None:
    """Offer to use a finding in the team's challenge, to who writes it."""
    if finding.tier in {Tier.MINE, Tier.PAIR} or team_of(person, finding) is None:
        return None
    return NextStep(_("Add to our challenge"), reverse("inquiry:use", args=[finding.ref]))


def todo_items(person: Person, *, now: datetime) -> list[ToDo]:  # noqa: ARG001 - as everywhere
    """Return what a team's challenge asks of who leads the team. Two queries at most."""
    led = {scope for role, scope in person.live_roles if role in LEADS}
    if not led:
        return []
    teams = list(
        Team.objects.visible_to(person)
        .filter(state=TeamState.ACTIVE, scope__paths_up__ancestor__in=led)
        .select_related("engagement__district__place")
        .distinct()
        .order_by("pk")
    )
    live = {
        challenge.owner_scope_id: challenge
        for challenge in Challenge.objects.visible_to(person)
        .exclude(state__in=sorted(ENDED))
        .filter(owner_scope__in=[team.scope_id for team in teams], is_priority=True)
    }
    items = [_todo(team, live.get(team.scope_id)) for team in teams]
    return [item for item in items if item is not None]


def _todo(team: Team, challenge: Challenge | None) -> ToDo | None:
    if challenge is None:
        place = team.engagement.district.place
        href = (
            reverse("evidence:graduation", args=[place.code])
            if place
            else reverse("evidence:districts")
        )
        return ToDo(
            _("Choose a finding to begin your equity challenge"), BEGIN, None, href, team.name
        )
    href = reverse("inquiry:challenge", args=[challenge.ref])
    if challenge.state == ChallengeState.DRAFT:
        return ToDo(
            _("Finish your equity challenge and ask the team"), FINISH, None, href, team.name
        )
    if challenge.state == ChallengeState.PROPOSED:
        return ToDo(
            _("Record that your team agrees to its challenge"), AGREE, None, href, team.name
        )
    return None


def may_write(person: Person, challenge: Challenge) -> bool:
    """Whether she is one of those who write this challenge."""
    return person.holds(challenge.scope, *WRITERS)
