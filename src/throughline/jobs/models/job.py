"""One piece of work to be done once."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from throughline.jobs.enums import JobState
from throughline.people.models import Network


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs are the installation's: no page of a network shows them."""

    def due(self, now: datetime) -> Self:
        """Return jobs whose time has come, and those whose worker has let the lease run out."""
        return self.filter(
            Q(state__in=[JobState.WAITING, JobState.FAILED], run_at__lte=now)
            | Q(state=JobState.RUNNING, lease_until__lte=now, attempts__lt=F("max_attempts"))
        )

    def abandoned(self, now: datetime) -> Self:
        """Return jobs that have taken down as many workers as they may."""
        return self.filter(
            state=JobState.RUNNING, lease_until__lte=now, attempts__gte=F("max_attempts")
        )


class Job(models.Model):
    """Work that a transaction asked for. Whoever runs it finds it done when it runs twice."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    last_error = models.CharField(max_length=200, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=60, blank=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=~Q(state=JobState.DONE),
                name="a_job_key_is_used_once_while_not_done",
            ),
            models.CheckConstraint(
                name="a_running_job_has_a_lease",
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_job_state_is_known", condition=Q(state__in=JobState.values)
            ),
            models.CheckConstraint(
                name="job_progress_is_a_percentage", condition=Q(progress__lte=100)
            ),
            models.CheckConstraint(
                name="a_done_job_says_when",
                condition=~Q(state=JobState.DONE) | Q(finished_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "run_at"], name="job_state_run_at")]
