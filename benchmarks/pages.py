"""How long the product takes, beside a bare Django of the same stack, measured in one run.

``python -m benchmarks.pages`` builds the demo aside, measures, prints a table and leaves nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib import metadata
from itertools import count
from pathlib import Path

from benchmarks.measuring import Server, bare_server, medians, our_server, page_ms, peak_mb, step
from throughline.commands.processes import HOST

PAGES = (
    ("public program page", "", "/", r"/p/\w+/", "{}"),
    ("home of a director", "director", "", "", "/"),
    ("home of a superintendent", "superintendent", "", "", "/"),
    ("dashboard of the cohort", "director", "/programs/", r"/programs/cohorts/(\w+)/", "/cohort/{}/"),
    ("list of applications", "director", "/admissions/calls/", r"/admissions/calls/\w+/", "{}"),
    ("whole application as PDF", "reviewer", "/admissions/reviews/", r"/admissions/reviews/\w+/", "{}pdf/"),
    ("graduation rates of a district", "superintendent", "/evidence/", r"/evidence/\d+/graduation/", "{}"),
)  # fmt: skip
"""What is opened: as whom, the page on which the pattern finds something, and the address made of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: ours and the bare one in the same unit, and our memory."""

    what: str
    ours: float
    bare: float
    unit: str
    megabytes: float | None = None

    def __str__(self) -> str:
        memory = f"{self.megabytes:.0f} MB" if self.megabytes else ""
        ours, bare = (f"{value:.1f} {self.unit}" for value in (self.ours, self.bare))
        return f"| {self.what} | {ours} | {bare} | {self.ours / self.bare:.1f} | {memory} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="builds and starts to take a median of")
    parser.add_argument("--requests", type=int, default=30, help="requests a page")
    options = parser.parse_args()
    print(versions(options.runs, options.requests))
    print("| what | ours | bare | ratio | memory at its peak |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="throughline-benchmark-") as folder:
        for line in measured(Path(folder), options.runs, options.requests):
            print(line, flush=True)


def versions(runs: int, requests: int) -> str:
    """Say what was measured with what."""
    parts = [f"{name} {metadata.version(name)}" for name in ("Django", "granian", "pydantic")]
    parts += [f"SQLite {sqlite3.sqlite_version}", f"{os.cpu_count()} cores, {platform.machine()}"]
    day = datetime.now(UTC).date()
    return (
        f"{day}, Python {platform.python_version()}, {', '.join(parts)}; medians of {runs} builds "
        f"and starts, and of {requests} requests a page.\n"
    )


def measured(folder: Path, runs: int, requests: int) -> Iterator[Line]:
    """Yield every line: the build, the start, then the pages."""
    home, today = folder / "home", datetime.now(UTC).date().isoformat()
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "throughline.settings",
        "THROUGHLINE_DEMO": "1",
        "THROUGHLINE_HOME": str(home),
    }
    number = count()

    def fresh() -> dict[str, str]:
        """Return the variables of a new, empty data folder."""
        place = folder / f"empty-{next(number)}"
        place.mkdir()
        return {**variables, "THROUGHLINE_HOME": str(place)}

    migrate = ["-m", "throughline.cli", "manage", "migrate", "--verbosity", "0"]
    play = ["-m", "throughline.commands.demo_steps", "play", today, "1", ""]
    bare, _memory = medians(lambda: step(migrate, fresh()), runs)
    build, memory = medians(lambda: step(play, fresh()), runs)
    yield Line("demo built; bare: its tables alone", build, bare, "s", memory)

    (folder / f"empty-{next(number) - 1}").rename(home)  # the last demo that was built
    yield from served(folder, variables, runs, requests)


def served(folder: Path, variables: Mapping[str, str], runs: int, requests: int) -> Iterator[Line]:
    """Yield the line of the start, and of each page."""

    def start(serving: AbstractContextManager[Server]) -> tuple[float, float]:
        with serving as server:
            return server.seconds, peak_mb(server.pid)

    ours, memory = medians(lambda: start(our_server(variables)), runs + 1)
    bare, bare_memory = medians(lambda: start(bare_server(folder)), runs + 1)
    yield Line("start to the first 200", ours, bare, "s", memory)
    with bare_server(folder) as server:
        floor = page_ms(server, "/healthz", {}, requests * 5)
    with our_server(variables) as server:
        yield Line("/healthz", page_ms(server, "/healthz", {}, requests), floor, "ms")
        cookies = {role: signed_in(server, path) for role, path in links(variables).items()}
        for what, role, where, pattern, address in PAGES:
            headers = {"Cookie": cookies[role]} if role else {}
            path = address.format(found(server, where, pattern, headers) if where else "")
            yield Line(what, page_ms(server, path, headers, requests), floor, "ms")
        yield Line("memory of server, worker and parent", peak_mb(server.pid), bare_memory, "MB")


def links(variables: Mapping[str, str]) -> dict[str, str]:
    """Return a one-time path for each role of the demo."""
    command = [sys.executable, "-m", "throughline.commands.demo_steps", "links"]
    done = subprocess.run(command, env=dict(variables), stdout=subprocess.PIPE, check=True)
    result: dict[str, str] = json.loads(done.stdout)
    return result


def signed_in(server: Server, path: str) -> str:
    """Walk in by a one-time link; return the cookie."""
    connection = HTTPConnection(HOST, server.port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    given = response.headers.get_all("Set-Cookie") or []
    return "; ".join(one.partition(";")[0] for one in given)


def found(server: Server, where: str, pattern: str, headers: Mapping[str, str]) -> str:
    """Return what the pattern finds first on a page, or behind it."""
    connection = HTTPConnection(HOST, server.port, timeout=60)
    connection.request("GET", where, headers=dict(headers))
    response = connection.getresponse()
    text = response.headers.get("Location", "") + response.read().decode()
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"{where} leads to no {pattern}")
    return match[1] if match.groups() else match[0]


if __name__ == "__main__":
    main()
