"""Start processes, wait for them, and say how long that took and how much memory it needed."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from throughline.commands.processes import HOST, free_port
from throughline.commands.serve import GRANIAN

BARE = """
from django.conf import settings
settings.configure(SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("healthz", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""
"""A project with one view and nothing else, served in the same way."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, and the seconds from its start to its first 200."""

    port: int
    pid: int
    seconds: float


@contextmanager
def bare_server(folder: Path) -> Iterator[Server]:
    """Serve the one-view project."""
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    port = free_port()
    command = ["-m", "granian", *GRANIAN, "--port", str(port), "bare:application"]
    with _running(command, {**os.environ, "PYTHONPATH": str(folder)}, port, folder) as server:
        yield server


@contextmanager
def our_server(variables: Mapping[str, str]) -> Iterator[Server]:
    """Run ``throughline serve``."""
    port = free_port()
    command = ["-m", "throughline.cli", "serve", "--port", str(port)]
    with _running(command, variables, port, Path(variables["THROUGHLINE_HOME"])) as server:
        yield server


@contextmanager
def _running(
    command: Sequence[str], variables: Mapping[str, str], port: int, folder: Path
) -> Iterator[Server]:
    with (folder / "benchmark.log").open("ab") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command], env=dict(variables), cwd=folder, stdout=log, stderr=log
        )
        try:
            while not _answers(port):
                if process.poll() is not None:
                    raise SystemExit(f"{' '.join(command)} ended: see {log.name}")
                time.sleep(0.02)
            yield Server(port, process.pid, time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait()


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection(HOST, port, timeout=20)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def page_ms(server: Server, path: str, headers: Mapping[str, str], runs: int) -> float:
    """Return the median milliseconds of a page over one connection, after three to warm up."""
    connection = HTTPConnection(HOST, server.port, timeout=60)

    def once() -> float:
        begun = time.perf_counter()
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}")
        return (time.perf_counter() - begun) * 1000

    for _warm in range(3):
        once()
    return statistics.median(once() for _run in range(runs))


def step(command: Sequence[str], variables: Mapping[str, str]) -> tuple[float, float]:
    """Run a command to its end; return its seconds and the megabytes at its peak."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], env=dict(variables), stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def peak_mb(pid: int) -> float:
    """Return the megabytes that a process and those below it held at their peaks (Linux)."""
    parents = {
        int(stat.parent.name): int(stat.read_text().rpartition(")")[2].split()[1])
        for stat in Path("/proc").glob("[0-9]*/stat")
    }
    family = {pid}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(_high_water(one) for one in family) / 1024


def _high_water(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def medians(measure: Callable[[], tuple[float, float]], runs: int) -> tuple[float, float]:
    """Measure so many times; return the median of each of the two numbers."""
    first, second = zip(*(measure() for _run in range(runs)), strict=True)
    return statistics.median(first), statistics.median(second)
