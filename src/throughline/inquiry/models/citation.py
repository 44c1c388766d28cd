"""How a challenge is known, and what is still missing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.evidence.models import Finding
from throughline.inquiry.enums import EvidenceKind
from throughline.inquiry.models.challenge import Challenge
from throughline.people.models import Network, Person


class Citation(models.Model):
    """A finding that a challenge rests on. Reached through its challenge.

    Records of listening become a second key beside ``finding`` when ``listening`` exists.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="citations")
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, related_name="citations"
    )
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_citation_cites_exactly_one_thing", condition=Q(finding__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["challenge", "finding"], name="a_finding_is_cited_once_per_challenge"
            ),
        ]
        indexes = [models.Index(fields=["finding"], name="citations_of_a_finding")]


class MissingEvidence(models.Model):
    """Why a kind of evidence is not there. Shown with the challenge; reached through it."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="missing")
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "kind"], name="one_reason_per_missing_kind"
            ),
            models.CheckConstraint(name="missing_evidence_says_why", condition=~Q(reason="")),
        ]
