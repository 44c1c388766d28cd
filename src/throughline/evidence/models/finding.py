"""What somebody kept of an analysis, and for whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.evidence.models.analysis import Analysis
from throughline.people.tiered import TieredText
from throughline.releases.models import Release


class Finding(TieredText):
    """One figure of a release that somebody kept, as a sentence, with a note of a chosen tier.

    The sentence is made of released figures; the note is the author's text, and decides who
    reads the finding.
    """

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="findings")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="findings")
    cell = models.CharField(max_length=80)
    comparator = models.CharField(max_length=60)
    sentence = models.TextField()
    pinned_at = models.DateTimeField()
    again_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="pinned_again"
    )

    class Meta:
        constraints = [
            *TieredText.tier_constraints("finding"),
            models.CheckConstraint(
                name="a_finding_names_its_comparator", condition=~Q(comparator="")
            ),
        ]
        indexes = [models.Index(fields=["scope", "pinned_at"], name="findings_of_a_scope")]
