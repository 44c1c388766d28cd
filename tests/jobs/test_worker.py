"""Running due jobs, failing, giving up, and repeating."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.people import NOW
from throughline.core import clock
from throughline.jobs import leases, repeating, worker
from throughline.jobs.enums import MAY_BECOME, JobState
from throughline.jobs.models import Job, Recurring
from throughline.jobs.queue import enqueue
from throughline.jobs.rhythms import Rhythm, next_after

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


class Broken(Exception):  # noqa: N818 - only a name
    """A job's own error, with words that must not be kept."""


def breaking(**ids: object) -> None:
    raise Broken("Ana wrote: I am afraid")


def noting(seen: list[object]) -> dict[str, Callable[..., None]]:
    return {"note": lambda now, number: seen.append(number)}


def test_due_jobs_run_in_the_order_of_their_time() -> None:
    seen: list[object] = []
    for number, minutes in ((1, 30), (2, 10), (3, 90)):
        enqueue(
            "note", key=str(number), now=NOW, run_at=NOW + timedelta(minutes=minutes), number=number
        )

    assert worker.run_due(noting(seen), now=NOW + timedelta(hours=1)) == 2

    assert seen == [2, 1]
    assert list(Job.objects.order_by("key").values_list("state", "progress")) == [
        (JobState.DONE, 100), (JobState.DONE, 100), (JobState.WAITING, 0),
    ]  # fmt: skip


def test_a_name_that_this_worker_does_not_know_waits_for_one_that_does() -> None:
    enqueue("from the next version", key="1", now=NOW)

    assert worker.run_due({}, now=LATER) == 0
    assert Job.objects.get().state == JobState.WAITING


def test_a_job_that_breaks_is_tried_again_later_and_its_words_are_not_kept() -> None:
    enqueue("break", key="1", now=NOW)

    worker.run_due({"break": breaking}, now=NOW)

    job = Job.objects.get()
    assert (job.state, job.attempts, job.run_at) == (JobState.FAILED, 1, NOW + leases.FIRST_PAUSE)
    assert job.last_error.startswith("Broken in test_worker.py:")
    assert "Ana" not in job.last_error


def test_after_its_last_attempt_a_job_is_given_up() -> None:
    enqueue("break", key="1", now=NOW)
    moment = NOW

    for _ in range(10):
        with clock.at(moment):
            worker.run_due({"break": breaking}, now=moment)
        moment += timedelta(hours=2)

    assert list(Job.objects.values_list("state", "attempts")) == [(JobState.DEAD, 8)]


def test_pauses_grow_up_to_an_hour() -> None:
    pauses = [leases.pause_after(attempt).total_seconds() for attempt in range(1, 10)]

    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_two_workers_cannot_claim_the_same_job() -> None:
    enqueue("note", key="1", now=NOW, number=1)

    first, second = (leases.claim(["note"], now=NOW) for _ in range(2))

    assert first is not None
    assert second is None


def test_a_worker_whose_lease_ran_out_can_neither_keep_nor_finish_nor_fail_the_job() -> None:
    enqueue("note", key="1", now=NOW, number=1)
    slow = leases.claim(["note"], now=NOW)
    quick = leases.claim(["note"], now=LATER)
    assert slow is not None and quick is not None

    assert (
        leases.keep(slow, now=LATER),
        leases.finish(slow, now=LATER),
        leases.fail(slow, Broken(), now=LATER),
    ) == (False, False, False)
    assert leases.keep(quick, now=LATER)
    assert leases.finish(quick, now=LATER)
    assert Job.objects.get().state == JobState.DONE


def test_a_job_that_takes_down_every_worker_is_buried() -> None:
    enqueue("note", key="1", now=NOW, number=1)
    moment = NOW
    for _ in range(8):
        assert leases.claim(["note"], now=moment) is not None
        moment += timedelta(minutes=2)

    assert leases.claim(["note"], now=moment) is None
    assert leases.bury(now=moment) == 1
    assert Job.objects.get().state == JobState.DEAD


def test_done_jobs_go_after_thirty_days() -> None:
    enqueue("note", key="1", now=NOW, number=1)
    worker.run_due(noting([]), now=NOW)

    assert worker.tidy(now=NOW + timedelta(days=30)) == 0
    assert worker.tidy(now=NOW + timedelta(days=30, seconds=1)) == 1


def test_every_state_is_in_the_life_of_a_job() -> None:
    assert set(MAY_BECOME) == set(JobState.values)


def test_what_repeats_is_asked_for_once_however_many_beats_were_missed() -> None:
    repeating.sync({"note": Rhythm("every 5 minutes")}, now=NOW)

    assert (repeating.tick(now=NOW), repeating.tick(now=LATER), repeating.tick(now=LATER)) == (
        0,
        1,
        0,
    )
    assert Job.objects.count() == 1
    assert Recurring.objects.get().next_at == LATER + timedelta(minutes=5)


def test_the_table_of_what_repeats_follows_the_code() -> None:
    repeating.sync({"a": Rhythm("every 5 minutes"), "b": Rhythm("daily 06:00")}, now=NOW)

    repeating.sync({"b": Rhythm("daily 07:00", "America/Chicago")}, now=NOW)

    assert list(Recurring.objects.values_list("name", "rule", "zone")) == [
        ("b", "daily 07:00", "America/Chicago")
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("every 5 minutes", datetime(2026, 11, 24, 15, 5, tzinfo=UTC)),
        ("daily 06:00", datetime(2026, 11, 25, 11, 0, tzinfo=UTC)),
        ("daily 11:00", datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
        ("every monday 06:00", datetime(2026, 11, 30, 11, 0, tzinfo=UTC)),
        ("every tuesday 10:00", datetime(2026, 12, 1, 15, 0, tzinfo=UTC)),
    ],
)
def test_a_rhythm_beats_by_the_clock_of_its_zone(rule: str, expected: datetime) -> None:
    assert next_after(Rhythm(rule, "America/New_York"), NOW) == expected


@pytest.mark.parametrize("rule", ["", "hourly", "every 0 minutes", "every someday 06:00"])
def test_a_rhythm_that_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="write 'every 5 minutes'"):
        next_after(Rhythm(rule), NOW)
