"""``throughline serve``: the server and its job worker, for the networks of one data folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from throughline.commands import folders
from throughline.commands.processes import (
    HOST,
    Children,
    Ended,
    claim_port,
    supervised,
    url_of,
    wait_until_ready,
    watch,
)
from throughline.commands.speaking import Arguments, Stop, answer, say

MODULE = [sys.executable, "-m", "throughline.cli"]
GRANIAN = (
    f"--interface wsgi --host {HOST} --workers 1 --blocking-threads 4 --no-ws "
    "--workers-kill-timeout 5 --log-level warning"
).split()
"""Without the kill time-out a SIGTERM while a worker imports Django would hang for ever."""


def main(arguments: Sequence[str]) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    parser = Arguments("throughline serve", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="listen on 127.0.0.1:PORT (8000)")
    parser.add_argument("--json", action="store_true", help='print {"url", "start"} when ready')
    options = parser.parse_args(arguments)
    folder = folders.home()
    if folders.is_half_built(folder):
        raise Stop(
            f"{folder} holds a half-finished demo. Run ./throughline demo, which finishes it, or "
            "name another folder in THROUGHLINE_HOME."
        )
    if folders.is_half_restored(folder):
        raise Stop(f"{folder} holds a half-finished restore. Run ./throughline restore again.")
    variables = variables_for(folder, options.port)
    url = url_of(options.port)
    try:
        with claim_port(options.port), folders.in_use(folder), supervised() as children:
            prepare(variables)
            start_server(children, options.port, variables)
            start_worker(children, variables)
            wait_until_ready(url, children)
            tell(url, start_link(variables), as_json=options.json)
            return watch(children, lambda name: start_worker(children, variables))
    except Ended as ended:
        return ended.code


def variables_for(folder: Path, port: int) -> dict[str, str]:
    """Return the environment of the processes of one server."""
    ours = {**os.environ, "THROUGHLINE_HOME": str(folder)}
    ours.setdefault("THROUGHLINE_URL", url_of(port))
    ours.setdefault("DJANGO_SETTINGS_MODULE", "throughline.settings")
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    return ours


def prepare(variables: Mapping[str, str]) -> None:
    """Make the folders that the server expects, and bring the database to this version.

    Raises
    ------
    Stop
        It could not be done; Django's own lines are above.
    """
    for name in ("static", "mail"):
        (Path(variables["THROUGHLINE_HOME"]) / name).mkdir(mode=0o700, exist_ok=True)
    done = subprocess.run(
        [*MODULE, "manage", "migrate", "--verbosity", "0", "--no-input"],
        env=dict(variables), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Stop("The database could not be brought to this version; the line above says why.", 1)


def start_server(children: Children, port: int, variables: Mapping[str, str]) -> None:
    """Start Granian."""
    children.start(
        "server",
        [
            sys.executable,
            "-m",
            "granian",
            *GRANIAN,
            "--port",
            str(port),
            "throughline.wsgi:application",
        ],
        variables,
        log_of(variables),
    )


def start_worker(children: Children, variables: Mapping[str, str]) -> None:
    """Start the job worker, again if it has ended."""
    children.start("worker", [*MODULE, "work"], variables, log_of(variables))


def log_of(variables: Mapping[str, str]) -> Path:
    """Return the file to which server and worker write what went wrong."""
    return Path(variables["THROUGHLINE_HOME"]) / "server.log"


def start_link(variables: Mapping[str, str]) -> str:
    """Return the one-time path by which the first host sets up, or nothing when a network exists."""
    done = subprocess.run(
        [sys.executable, "-m", "throughline.commands.first_host"],
        env=dict(variables), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip()


def tell(url: str, start: str, *, as_json: bool) -> None:
    """Say where the server is."""
    if as_json:
        answer({"url": url, "start": f"{url}{start}" if start else None})
        return
    say(f"Throughline is ready on {url}. Press Ctrl-C to end it.")
    if start:
        say(
            f"There is no network yet. Set yours up here (this link works once, for 24 hours):\n  {url}{start}"
        )
