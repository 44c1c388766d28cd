"""Workers for the kill test, one after another: ``python killed_worker.py DATABASE FOLDER``.

Each job counts itself under its key, rests in the middle, and says so in a file.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.conf import settings


def main(database: str, folder: str) -> None:
    """Work on the test's database until killed."""
    import throughline.settings
    from throughline.core import environment

    given = json.loads(database)
    if given["ENGINE"].endswith("sqlite3"):
        given["OPTIONS"] = environment.sqlite(Path("x"))["OPTIONS"]
    throughline.settings.DATABASES = {"default": given}
    settings.DATABASES  # noqa: B018 - loads the settings
    django.setup()

    from throughline.audit.models import Once
    from throughline.jobs import worker

    def effect(now: datetime, number: int) -> None:
        (Path(folder) / f"begun-{number}-{time.monotonic_ns()}").touch()
        Once.objects.get_or_create(
            network=1,
            key=f"00000000-0000-4000-8000-{number:012d}",
            defaults={"at": now, "action": "t"},
        )
        time.sleep(0.05)

    worker.PAUSE_SECONDS = 0.05
    while True:  # imports once; a new process takes over whenever one was killed
        child = os.fork()
        if child == 0:
            worker.work_until(threading.Event(), {"effect": effect}, {}, lease=timedelta(seconds=1))
        draft = Path(folder) / "pid.draft"
        draft.write_text(str(child), encoding="utf-8")
        draft.replace(Path(folder) / "pid")
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
