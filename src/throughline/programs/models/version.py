"""A blueprint as it was published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.core.repeated import RepeatedJSON
from throughline.people.models import Network
from throughline.programs.enums import VersionState
from throughline.programs.models.program import Program


class BlueprintVersion(models.Model):
    """One version of a program's file. Once published its source never changes: cohorts run on it.

    ``parsed`` is a function of ``source``: its tables as JSON, days as text. ``sha256`` is the hash
    of the canonical form; while it is a draft, which may have faults, that of its text, so that a
    stale tab is noticed. Reached through its program or cohort.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    parsed = RepeatedJSON()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"], name="a_version_number_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["program", "sha256"], name="a_version_hash_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["program"], condition=Q(state="draft"), name="one_draft_per_program"
            ),
            models.CheckConstraint(
                name="a_published_version_says_when",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_version_state_is_known", condition=Q(state__in=VersionState.values)
            ),
        ]

    @property
    def short(self) -> str:
        """What the program is called in short."""
        about = self.parsed["blueprint"]
        return str(about.get("short") or about["name"])
