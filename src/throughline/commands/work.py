"""``throughline work``: run background jobs until told to end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence

from throughline.commands.speaking import Arguments, Stop


def main(arguments: Sequence[str]) -> int:
    """Run due jobs in one process, or in several beside one another (PostgreSQL)."""
    parser = Arguments("throughline work", description=__doc__)
    parser.add_argument("--processes", type=int, default=1, help="how many beside one another (1)")
    options = parser.parse_args(arguments)
    if not 1 <= options.processes <= 64:
        raise Stop("--processes: write a number from 1 to 64.")
    others = [
        multiprocessing.get_context("spawn").Process(target=work, daemon=True)
        for _ in range(options.processes - 1)
    ]
    for other in others:
        other.start()
    work()
    for other in others:
        other.terminate()
        other.join(10)
    return 0


def work() -> None:
    """Run due jobs in this process until SIGTERM or Ctrl-C; the job in hand is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.settings")
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())

    import django

    django.setup()

    from throughline.composition.jobs import JOBS, RECURRING
    from throughline.jobs.worker import work_until

    work_until(stopping, JOBS, RECURRING)
