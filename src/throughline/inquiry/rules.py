"""Who writes a challenge, what it needs, and what in its words is worth a second look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from throughline.core.decision import YES, Decision, no
from throughline.core.tiers import MAY_WIDEN, Tier
from throughline.evidence.models import Finding
from throughline.inquiry.enums import EDITABLE, LEADS, WRITERS, ChallengeState, EvidenceKind
from throughline.inquiry.models import Challenge
from throughline.people.models import Person, Scope
from throughline.teams.enums import LIVE_TEAM_STATES
from throughline.teams.models import Team


def can_start(person: Person, team: Team) -> Decision:
    """Members of a live team write its challenge; staff and assistants do not."""
    if team.state not in LIVE_TEAM_STATES:
        return no(_("This team has ended."))
    return can_write(person, team.scope)


def can_write(person: Person, scope: Scope) -> Decision:
    """Return whether the person is in the team, or leads its district."""
    if person.holds(scope, *WRITERS):
        return YES
    return no(_("Only the team writes its challenge. Talk to its lead."))


def can_edit(person: Person, challenge: Challenge) -> Decision:
    """A challenge is written until the team has agreed; then a new version replaces it."""
    if challenge.state not in EDITABLE:
        return no(_("The team has agreed to this challenge, so its words stay as they are."))
    return can_write(person, challenge.scope)


def can_cite(person: Person, challenge: Challenge, finding: Finding) -> Decision:
    """A finding is cited where everyone who reads the challenge's team may read it too."""
    if not (decision := can_edit(person, challenge)):
        return decision
    same_team = finding.scope_id == challenge.scope_id and finding.tier not in {
        Tier.MINE,
        Tier.PAIR,
    }
    if same_team or finding.tier in MAY_WIDEN[Tier.HOST]:
        return YES
    return no(_("Your team cannot read this finding. Share it with the team first."))


def can_propose(person: Person, challenge: Challenge) -> Decision:
    """The team is asked when there are figures and voices, or a reason why one is missing."""
    if not (decision := can_write(person, challenge.scope)):
        return decision
    if challenge.state != ChallengeState.DRAFT:
        return no(_("The team has already been asked."))
    lacking = missing_kinds(challenge)
    if EvidenceKind.QUANTITATIVE in lacking:
        return no(_("Add a finding, or say why there is none."))
    if lacking:
        return no(_("Add what students and families say, or say why it is missing."))
    return YES


def can_agree(person: Person, challenge: Challenge) -> Decision:
    """The team's lead says that the team has agreed."""
    if challenge.state != ChallengeState.PROPOSED:
        return no(_("Ask the team first."))
    if person.holds(challenge.scope, *LEADS):
        return YES
    return no(_("The lead of the team records that it has agreed."))


def missing_kinds(challenge: Challenge) -> list[EvidenceKind]:
    """Return the kinds of evidence that are neither cited nor explained."""
    there = set(challenge.citations.values_list("kind", flat=True))
    there |= set(challenge.missing.values_list("kind", flat=True))
    return [kind for kind in EvidenceKind if kind not in there]


@dataclass(frozen=True, slots=True)
class Flag:
    """Words worth a second look: quoted, with a question, and never a block."""

    quote: str
    why: str


_SOLUTION = re.compile(
    r"\b(?:needs?|lacks?|should (?:get|have)|must (?:get|have)) (?:an?|the|more|better) "
    r"[\w -]{0,40}?(?:programs?|training|tutoring|curriculum|software|initiatives?|camps?|class(?:es)?)\b",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"\b(?:(?:are|is|were) (?:not|un)\s?(?:motivated|engaged|interested|prepared|aware)|"
    r"unmotivated|unprepared|do(?:es)?n?(?: not|'t|’t) (?:care|try|want)|lag(?:s|ging)?|"
    r"underperform\w*|low-performing|at[- ]risk)\b",
    re.IGNORECASE,
)


def flags(text: str) -> list[Flag]:
    """Return what sounds like an answer, or puts the cause in the students (US English words)."""
    found = [
        Flag(
            match[0],
            _("sounds like an answer. With a solution in the sentence, a team stops asking why."),
        )
        for match in _SOLUTION.finditer(text)
    ]
    found += [
        Flag(
            match[0],
            _("puts the cause in the students. What does the system do, or not do?"),
        )
        for match in _BLAME.finditer(text)
    ]
    return found
