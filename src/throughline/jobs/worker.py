"""Run due jobs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection

from throughline.core import clock
from throughline.jobs import leases, repeating
from throughline.jobs.enums import JobState
from throughline.jobs.models import Job
from throughline.jobs.rhythms import Rhythm

logger = logging.getLogger(__name__)

KEPT = timedelta(days=30)
PAUSE_SECONDS = 1.0
TIDY_SECONDS = 3600

Jobs = Mapping[str, Callable[..., None]]


def run_due(jobs: Jobs, *, now: datetime, limit: int = 100) -> int:
    """Run what is due at ``now``, in this thread. Returns how many jobs were run."""
    leases.bury(now=now)
    for done in range(limit):
        claimed = leases.claim(jobs.keys(), now=now)
        if claimed is None:
            return done
        run(claimed, jobs, now=now)
    return limit


def run(claimed: leases.Claim, jobs: Jobs, *, now: datetime) -> None:
    """Call the function of a job; what it raises is noted, and it is tried again later."""
    try:
        jobs[claimed.name](now=now, **claimed.args)
    except Exception as error:  # noqa: BLE001 - whatever it is, the queue goes on
        leases.fail(claimed, error, now=clock.now())
        logger.warning("%s %s: %s", claimed.name, claimed.job_id, leases.without_text(error))
    else:
        leases.finish(claimed, now=clock.now())


def work_until(
    stopping: threading.Event,
    jobs: Jobs,
    recurring: Mapping[str, Rhythm],
    *,
    lease: timedelta = leases.LEASE,
) -> None:
    """Run due jobs until told to stop; the job in hand is finished first."""
    tidied: datetime | None = None
    synced = False
    while not stopping.is_set():
        now = clock.now()
        try:
            if not synced:
                repeating.sync(recurring, now=now)
                synced = True
            if tidied is None or (now - tidied).total_seconds() > TIDY_SECONDS:
                tidy(now=now)
                tidied = now
            repeating.tick(now=now)
            busy = _run_one(jobs, now=now, lease=lease)
        except DatabaseError as error:
            logger.warning("The database did not answer (%s); trying again.", type(error).__name__)
            busy = False
        close_old_connections()
        if not busy:
            stopping.wait(PAUSE_SECONDS)


def _run_one(jobs: Jobs, *, now: datetime, lease: timedelta) -> bool:
    leases.bury(now=now)
    claimed = leases.claim(jobs.keys(), now=now, lease=lease)
    if claimed is None:
        return False
    with heartbeat(claimed, lease):
        run(claimed, jobs, now=now)
    return True


@contextmanager
def heartbeat(claimed: leases.Claim, lease: timedelta) -> Iterator[None]:
    """Extend the lease from a thread of its own for as long as the job runs."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(lease.total_seconds() / 4):
            try:
                if not leases.keep(claimed, now=clock.now(), lease=lease):
                    return
            except DatabaseError:
                logger.warning("The lease of job %s was not extended.", claimed.job_id)
        connection.close()

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def tidy(*, now: datetime) -> int:
    """Remove jobs that were done more than thirty days ago. Returns how many."""
    removed, _ = Job.objects.filter(state=JobState.DONE, finished_at__lt=now - KEPT).delete()
    return removed
