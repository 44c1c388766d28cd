"""The life of a job."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    FAILED = "failed", _("Failed, will be tried again")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")


MAY_BECOME: dict[str, frozenset[str]] = {
    JobState.WAITING: frozenset({JobState.RUNNING}),
    JobState.RUNNING: frozenset({JobState.RUNNING, JobState.DONE, JobState.FAILED, JobState.DEAD}),
    JobState.FAILED: frozenset({JobState.RUNNING}),
    JobState.DONE: frozenset(),
    JobState.DEAD: frozenset({JobState.WAITING}),
}
"""The whole life of a job. A running one is claimed again when its lease has run out."""
