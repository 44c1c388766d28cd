"""kill -9 loses nothing and does nothing twice. Real processes, on whichever database is tested."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from throughline.core import clock
from throughline.jobs.queue import enqueue

JOBS = 40
KILLS = 5


Ask = Callable[[str], list[tuple[Any, ...]]]


def outside(folder: Path) -> tuple[dict[str, str], Ask]:
    """Return a database that other processes see, holding what this test has, and a way to ask it."""
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {key: str(connection.settings_dict[key]) for key in wanted}
    if connection.vendor == "postgresql":
        return database, ask_the_test_database
    file = folder / "rows.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)

    def ask(question: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(file, timeout=20)) as one:
            return one.execute(question).fetchall()

    return {**database, "NAME": str(file)}, ask


def ask_the_test_database(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def start(database: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    """Start workers that follow one another."""
    script = Path(__file__).with_name("killed_worker.py")
    return subprocess.Popen(
        [sys.executable, str(script), json.dumps(database), str(folder)],
        env={**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "throughline.settings"},
        process_group=0,
    )


def begun(folder: Path) -> int:
    return len(list(folder.glob("begun-*")))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_random_moments_leaves_every_effect_done_exactly_once(
    tmp_path: Path,
) -> None:
    with clock.at(timezone.now()):
        for number in range(JOBS):
            enqueue("effect", key=str(number), now=clock.now(), number=number)
    database, ask = outside(tmp_path)
    chance = random.Random(7)
    last = time.monotonic() + 90

    killed: list[int] = []
    seen = 0
    workers = start(database, tmp_path)
    while ask("SELECT 1 FROM jobs_job WHERE state <> 'done'") and time.monotonic() < last:
        time.sleep(0.02)
        assert workers.poll() is None, "the workers ended by themselves"
        if len(killed) < KILLS and begun(tmp_path) > seen:
            time.sleep(chance.uniform(0, 0.12))
            victim = int((tmp_path / "pid").read_text(encoding="utf-8"))
            if victim not in killed:
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)
                seen = begun(tmp_path)
    os.killpg(workers.pid, signal.SIGKILL)
    workers.wait()

    assert len(killed) == KILLS
    assert ask("SELECT DISTINCT state FROM jobs_job") == [("done",)]
    assert ask("SELECT count(*) FROM audit_once") == [(JOBS,)]
    assert ask("SELECT max(attempts) FROM jobs_job")[0][0] <= KILLS + 1
