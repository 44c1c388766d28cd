"""A PostgreSQL of our own for the tests, in a folder that is thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HOW = "PostgreSQL's server is missing; on Debian: apt-get install postgresql (or set DATABASE_URL)"
OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c max_connections=60 -c shared_buffers=64MB"
)
"""Nobody needs these rows after a power cut."""


@contextmanager
def database_for_tests() -> Iterator[tuple[str, str]]:
    """Give the address of a PostgreSQL database, or why there is none."""
    if given := os.environ.get("DATABASE_URL", ""):
        yield (
            (given, "")
            if given.startswith("postgres")
            else ("", "DATABASE_URL is not PostgreSQL's")
        )
        return
    programs = server_programs()
    if programs is None:
        yield "", HOW
        return
    user = unprivileged_user()
    if user is None:
        yield "", "PostgreSQL does not run as root, and there is no other user to run it as"
        return
    with tempfile.TemporaryDirectory(prefix="throughline-pg-") as place:
        cluster = Cluster(programs, Path(place), user)
        problem = cluster.start()
        try:
            yield (cluster.url, "") if not problem else ("", problem)
        finally:
            cluster.stop()


def server_programs() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``: the newest of Debian's, or on the path."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(installed, key=lambda path: int(path.parts[-3].partition(".")[0]))
    if newest:
        return newest[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def unprivileged_user() -> pwd.struct_passwd | None:
    """Return as whom the server runs: ourselves, or as root somebody without rights."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


class Cluster:
    """One server that listens on a socket in its own folder and nowhere else."""

    def __init__(self, programs: Path, place: Path, user: pwd.struct_passwd) -> None:
        self.programs = programs
        self.place = place
        self.user = user
        self.rows = place / "rows"
        self.url = f"postgresql://throughline@/postgres?host={place}"

    def start(self) -> str:
        """Make the cluster and start it. Returns why not, if it does not start."""
        if os.geteuid() == 0:
            os.chown(self.place, self.user.pw_uid, self.user.pw_gid)
        made = self._run(
            "initdb", "-D", str(self.rows), "-U", "throughline", "-A", "trust",
            "-E", "UTF8", "--no-locale", "--no-sync",
        )  # fmt: skip
        if made:
            return f"initdb failed: {made}"
        log = self.place / "log"
        started = self._run(
            "pg_ctl", "-D", str(self.rows), "-w", "-s", "-l", str(log),
            "-o", f"{OPTIONS} -k {self.place}", "start",
        )  # fmt: skip
        if started:
            lines = log.read_text(errors="replace").splitlines() if log.exists() else []
            return f"pg_ctl failed: {lines[-1] if lines else started}"
        return ""

    def stop(self) -> None:
        """End the server."""
        self._run("pg_ctl", "-D", str(self.rows), "-m", "immediate", "-s", "stop")

    def _run(self, program: str, *arguments: str) -> str:
        who: dict[str, object] = {}
        if os.geteuid() == 0:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return _problem([str(self.programs / program), *arguments], self.place, who)


def _problem(command: Sequence[str], place: Path, who: dict[str, object]) -> str:
    """Run a program; return the last line it printed if it failed."""
    output = place / "output"
    with output.open("w+", encoding="utf-8", errors="replace") as file:
        done = subprocess.run(  # a pipe would be held open by the server
            command, cwd=place, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, **who,  # type: ignore[call-overload]
        )  # fmt: skip
        file.seek(0)
        lines = file.read().split("\n")
    if not done.returncode:
        return ""
    return next((line for line in reversed(lines) if line.strip()), f"exit {done.returncode}")
