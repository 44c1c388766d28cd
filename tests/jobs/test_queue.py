"""Asking for work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import NOW
from throughline.jobs.enums import JobState
from throughline.jobs.models import Job
from throughline.jobs.queue import enqueue, revive

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[str, str, dict[str, int | str], str]]:
    return list(Job.objects.order_by("pk").values_list("name", "key", "args", "state"))


def test_a_job_holds_a_short_name_a_key_and_ids() -> None:
    enqueue("mail", key="mail:7F3K", now=NOW, message=7)

    assert rows() == [("mail", "mail:7F3K", {"message": 7}, JobState.WAITING)]


def test_asking_twice_while_it_is_not_done_makes_one_job() -> None:
    enqueue("mail", key="mail:7F3K", now=NOW, message=7)
    enqueue("mail", key="mail:7F3K", now=NOW, message=7)

    assert len(rows()) == 1


def test_what_was_done_may_be_asked_for_again() -> None:
    enqueue("mail", key="mail:7F3K", now=NOW)
    Job.objects.update(state=JobState.DONE, finished_at=NOW)

    enqueue("mail", key="mail:7F3K", now=NOW)

    assert [row[3] for row in rows()] == [JobState.DONE, JobState.WAITING]


def test_what_was_given_up_is_tried_again_when_asked_for_again() -> None:
    enqueue("mail", key="mail:7F3K", now=NOW)
    Job.objects.update(state=JobState.DEAD, attempts=8)

    enqueue("mail", key="mail:7F3K", now=NOW)

    assert list(Job.objects.values_list("state", "attempts")) == [(JobState.WAITING, 0)]
    assert revive(Job.objects.all(), now=NOW) == 0


def test_a_transaction_that_fails_asks_for_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("mail", key="mail:7F3K", now=NOW)
        raise RuntimeError

    assert rows() == []


def test_text_of_people_is_refused() -> None:
    with pytest.raises(ValueError, match="words is not an id"):
        enqueue("mail", key="k", now=NOW, words="I am worried about my student")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": JobState.RUNNING},
        {"state": JobState.WAITING, "lease_until": NOW},
        {"state": JobState.DONE},
        {"state": "sleeping"},
        {"progress": 101},
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(wrong: dict[str, object]) -> None:
    enqueue("mail", key="mail:7F3K", now=NOW, run_at=NOW + timedelta(hours=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**wrong)


def test_the_database_refuses_the_same_key_twice() -> None:
    enqueue("mail", key="mail:7F3K", now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name="mail", key="mail:7F3K", run_at=NOW)
