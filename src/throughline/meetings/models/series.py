"""A team's monthly meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from throughline.core.refs import PublicRef
from throughline.people.models import Network, Scope


class MeetingSeries(models.Model):
    """One meeting a month on the same weekday at the same local time. Reached through its scope.

    ``rule`` is a weekday of the month, such as "2nd Tuesday"; ``skips`` are numbers of months
    without a meeting. ``minutes_min`` and ``minutes_max`` are what the program asked for when the
    series was planned; ``beyond_because`` says why its length is another.
    """

    ref = PublicRef()
    network = models.ForeignKey(Network, on_delete=models.PROTECT)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="meeting_series")
    key = models.SlugField(max_length=60)
    rule = models.CharField(max_length=20)
    zone = models.CharField(max_length=60)
    starts_local = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    minutes_min = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes_max = models.PositiveSmallIntegerField(null=True, blank=True)
    beyond_because = models.CharField(max_length=300, blank=True)
    skips = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key"], name="a_series_key_is_used_once_per_scope"
            ),
            models.CheckConstraint(
                name="the_least_minutes_are_not_over_the_most",
                condition=Q(minutes_min__isnull=True)
                | Q(minutes_max__isnull=True)
                | Q(minutes_min__lte=F("minutes_max")),
            ),
            models.CheckConstraint(
                name="a_series_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
