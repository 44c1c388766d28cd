"""What a team sets out to change, in a sentence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.inquiry.enums import PARTS, ChallengeKind, ChallengeState
from throughline.people.models import Network, Person, Scope
from throughline.people.tiered import TieredText


class Challenge(TieredText):
    """Who lives through what, where and since when. Written by the team, read by its tier.

    ``edited`` says at which revision each part was last changed, so that two people who write at
    once lose nothing.
    """

    kind = models.CharField(
        max_length=30, choices=ChallengeKind, default=ChallengeKind.EQUITY_CHALLENGE
    )
    owner_scope = models.ForeignKey(
        Scope, on_delete=models.PROTECT, null=True, related_name="challenges_owned"
    )
    owner_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="challenges_owned"
    )
    who = models.CharField(max_length=300)
    experience = models.TextField(max_length=1000)
    where = models.CharField(max_length=300, blank=True)
    since = models.CharField(max_length=200, blank=True)
    why_now = models.TextField(max_length=1000, blank=True)
    is_priority = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=ChallengeState, default=ChallengeState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    edited = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            *TieredText.tier_constraints("challenge"),
            models.CheckConstraint(
                name="a_challenge_is_at_least_its_teams", condition=~Q(tier__in=["mine", "pair"])
            ),
            models.CheckConstraint(
                name="a_challenge_has_exactly_one_owner",
                condition=Q(owner_scope__isnull=True, owner_person__isnull=False)
                | Q(owner_scope__isnull=False, owner_person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["owner_scope"],
                condition=Q(is_priority=True, state__in=["draft", "proposed", "agreed", "active"]),
                name="one_priority_challenge_per_team",
            ),
            models.CheckConstraint(
                name="a_challenge_state_is_known", condition=Q(state__in=ChallengeState.values)
            ),
        ]
        indexes = [models.Index(fields=["scope", "state"], name="challenges_of_a_scope")]

    @property
    def blanks(self) -> dict[str, str]:
        """The parts of the sentence as they stand in it, without full stops of their own."""
        return {part: getattr(self, part).strip().rstrip(".") for part in PARTS}

    @property
    def sentence(self) -> str:
        """The challenge as one sentence."""
        blanks = self.blanks
        text = " ".join(filter(None, [blanks["who"], blanks["experience"], blanks["where"]]))
        return f"{text}, {blanks['since']}." if blanks["since"] else f"{text}."


class ChallengeVersion(models.Model):
    """What the team was asked to agree to, and who said that it did. Reached through its challenge."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "number"], name="a_challenge_version_is_numbered_once"
            ),
            models.CheckConstraint(
                name="an_agreed_version_says_who_and_when",
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
            ),
        ]
