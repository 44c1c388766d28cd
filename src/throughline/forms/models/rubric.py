"""Rubrics: what is judged, and what each level looks like. Immutable."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from throughline.people.models import Network


class Rubric(models.Model):
    """One version of a rubric."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    key = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    comment = models.CharField(max_length=20, default="extremes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "key", "version"], name="a_rubric_version_is_written_once"
            ),
            models.UniqueConstraint(
                fields=["network", "key", "sha256"], name="a_rubric_is_not_written_twice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Criterion(models.Model):
    """One thing that a rubric asks readers to judge."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    weight = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "key"], name="a_criterion_key_is_used_once"),
            models.UniqueConstraint(
                fields=["rubric", "position"], name="a_position_in_a_rubric_is_used_once"
            ),
            models.CheckConstraint(name="a_criterion_weighs_something", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return self.label


class Level(models.Model):
    """One step of a criterion: its points, and in words what earns them."""

    append_only = True

    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    points = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60, blank=True)
    anchor = models.TextField(blank=True)

    class Meta:
        ordering = ["points"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "points"], name="a_level_is_described_once"
            ),
        ]
