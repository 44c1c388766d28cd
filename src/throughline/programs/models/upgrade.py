"""A cohort that goes on under a later version."""

from __future__ import annotations

from django.db import models

from throughline.people.models import Network, Person
from throughline.programs.models.cohort import Cohort
from throughline.programs.models.version import BlueprintVersion


class BlueprintUpgrade(models.Model):
    """Who moved a cohort to another version of its blueprint, and what differed.

    ``diff`` is a list of [path, before, after]. Reached through its cohort.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="upgrades")
    left = models.ForeignKey(BlueprintVersion, on_delete=models.PROTECT, related_name="+")
    joined = models.ForeignKey(BlueprintVersion, on_delete=models.PROTECT, related_name="+")
    diff = models.JSONField()
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "joined"], name="a_cohort_joins_a_version_once"
            ),
        ]
        ordering = ["applied_at", "pk"]
