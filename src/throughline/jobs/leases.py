"""Claim a job, keep it, give it back: each one conditional update, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import traceback
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F

from throughline.jobs.enums import JobState
from throughline.jobs.models import Job

LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at one job. Whoever claims it after us has a higher attempt, and we are out."""

    job_id: int
    name: str
    args: dict[str, int | str]
    attempt: int
    max_attempts: int


def claim(names: Collection[str], *, now: datetime, lease: timedelta = LEASE) -> Claim | None:
    """Take the job that has waited longest, or return nothing when none is due.

    Several workers may see the same candidate; the update lets one of them have it.
    """
    while True:
        candidates = list(
            Job.objects.due(now)
            .filter(name__in=names)
            .order_by("run_at", "pk")
            .values_list("pk", "name", "args", "attempts", "max_attempts")[:CANDIDATES]
        )
        if not candidates:
            return None
        for pk, name, args, attempts, max_attempts in candidates:
            if (
                Job.objects.due(now)
                .filter(pk=pk, attempts=attempts)
                .update(state=JobState.RUNNING, lease_until=now + lease, attempts=attempts + 1)
            ):
                return Claim(pk, name, args, attempts + 1, max_attempts)


def _mine(claimed: Claim) -> dict[str, object]:
    return {"pk": claimed.job_id, "state": JobState.RUNNING, "attempts": claimed.attempt}


def keep(claimed: Claim, *, now: datetime, lease: timedelta = LEASE) -> bool:
    """Extend the lease. Returns whether the job is still ours."""
    return bool(Job.objects.filter(**_mine(claimed)).update(lease_until=now + lease))


def finish(claimed: Claim, *, now: datetime) -> bool:
    """Mark the job done. Returns whether it was still ours."""
    return bool(
        Job.objects.filter(**_mine(claimed)).update(
            state=JobState.DONE, lease_until=None, finished_at=now, progress=100, last_error=""
        )
    )


def fail(claimed: Claim, error: Exception, *, now: datetime) -> bool:
    """Let it be tried again later, or give it up after its last attempt."""
    changes: dict[str, object] = {"lease_until": None, "last_error": without_text(error)}
    if claimed.attempt >= claimed.max_attempts:
        changes |= {"state": JobState.DEAD, "finished_at": now}
    else:
        changes |= {"state": JobState.FAILED, "run_at": now + pause_after(claimed.attempt)}
    return bool(Job.objects.filter(**_mine(claimed)).update(**changes))


def bury(*, now: datetime) -> int:
    """Give up jobs that ended their worker at the last attempt. Returns how many."""
    return Job.objects.abandoned(now).update(
        state=JobState.DEAD, lease_until=None, finished_at=now,
        attempts=F("max_attempts"), last_error="The worker ended while the job ran.",
    )  # fmt: skip


def pause_after(attempt: int) -> timedelta:
    """Return how long to wait after the nth attempt: 30 s, 1 min, 2 min ... at most an hour."""
    return min(FIRST_PAUSE * (1 << min(attempt - 1, 10)), LONGEST_PAUSE)


def without_text(error: Exception) -> str:
    """Return what broke and where; never the message, which may quote what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"[:200]
