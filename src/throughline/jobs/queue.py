"""Ask for work, inside the transaction that makes it necessary."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from throughline.jobs.enums import JobState
from throughline.jobs.models import Job, JobQuerySet

DEFAULT_ATTEMPTS = 8


def enqueue(
    name: str,
    *,
    key: str,
    now: datetime,
    network_id: int | None = None,
    run_at: datetime | None = None,
    **ids: int | str,
) -> None:
    """Ask for one job; asking again while it is not done changes nothing.

    The job exists if and only if the caller's transaction commits. A running job counts as not
    done, so the key names what must be done (``mail:7F3K``), never a place to look for it. A job
    that was given up gets new attempts.

    Parameters
    ----------
    name
        Its short name in ``composition.jobs.JOBS``.
    key
        Tells this piece of work from every other one of the same name.
    ids
        What the function of the job is called with, beside ``now``: ids and references only.

    Raises
    ------
    ValueError
        A value is neither a number nor a short reference.
    """
    for word, value in ids.items():
        if not isinstance(value, int) and (len(value) > 60 or len(value.split()) > 1):
            raise ValueError(f"{name}: {word} is not an id; text of people stays in its own row")
    try:
        with transaction.atomic():
            Job.objects.create(
                name=name, key=key, args=ids, network_id=network_id, run_at=run_at or now,
                max_attempts=DEFAULT_ATTEMPTS,
            )  # fmt: skip
    except IntegrityError:
        known = Job.objects.filter(name=name, key=key).exclude(state=JobState.DONE)
        if not known.exists():
            raise
        revive(known, now=now)


def revive(jobs: JobQuerySet, *, now: datetime) -> int:
    """Give those that were given up all their attempts again. Returns how many there were."""
    return jobs.filter(state=JobState.DEAD).update(
        state=JobState.WAITING, attempts=0, run_at=now, finished_at=None
    )
