"""Set up the virtual environment from the hashed locks, then become the console script.

Runs on the system's own Python, so it imports the standard library only. A stamp, written last,
says what an environment holds. Without it an environment is a half-finished one and is made anew,
so a set-up may be killed at any moment. A lock that the installers inherit keeps a second set-up
out until the last process of the first is gone.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from throughline.commands.speaking import BAD_INPUT, INTERRUPTED, Stop, say

ROOT = Path(__file__).resolve().parents[3]
LOCKS = ROOT / "requirements"
LEVELS = ("run", "postgres", "test")
"""What can be installed; each contains the ones before it."""

OURS = ".made-by-throughline"
STAMP = "throughline.stamp"
LOG = "set-up.log"
PIP = [
    "-m",
    "pip",
    "--disable-pip-version-check",
    "install",
    "--quiet",
    "--no-input",
    "--retries",
    "2",
    "--require-hashes",
    "--only-binary",
    ":all:",
]
UV = [
    "pip",
    "sync",
    "--require-hashes",
    "--compile-bytecode",
    "--only-binary",
    ":all:",
    "--no-config",
    "--no-progress",
]
EDITION = 1
"""Raise it when environments made by an older version of this file must be made anew."""


def launch(arguments: Sequence[str]) -> int:
    """Set up what the command needs and become it. Returns only when that fails."""
    environment = environment_folder()
    try:
        set_up(environment, level_for(arguments))
        return become(environment, arguments)
    except Stop as stop:
        say(stop.sentence)
        return stop.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        reason = sentence_for(str(error))
        say(reason or f"The set-up failed: {error}.")
        return BAD_INPUT if reason else 1


def environment_folder() -> Path:
    """Return where the virtual environment is: THROUGHLINE_ENV, else ``.venv`` beside this."""
    return Path(os.environ.get("THROUGHLINE_ENV") or ROOT / ".venv").absolute()


def level_for(arguments: Sequence[str]) -> str:
    """Return what the command needs to have installed."""
    if arguments and arguments[0] == "test":
        return "test"
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres") or os.environ.get("DATABASE_URL_FILE"):
        return "postgres"
    return "run"


def become(environment: Path, arguments: Sequence[str]) -> NoReturn:
    """Replace this process by the console script, which may write bytecode."""
    python = environment / "bin" / "python"
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    sys.stdout.flush()
    sys.stderr.flush()
    command = [str(python), str(environment / "bin" / "throughline"), *arguments]
    os.execve(python, command, variables)  # noqa: S606 - no shell wanted


def set_up(environment: Path, level: str) -> None:
    """Bring the environment to hold what ``level`` needs; do nothing when it does.

    Raises
    ------
    Stop
        It cannot be done; the sentence says what to do.
    """
    if holds(environment, level):
        return
    check_python()
    check_folder(environment)
    with alone(environment):
        if holds(environment, level):
            return
        started = time.monotonic()
        stamp = read_stamp(environment)
        (environment / STAMP).unlink(missing_ok=True)
        if not is_whole(environment, stamp):
            say("Setting up Throughline. The first time takes a minute or two.")
            make_anew(environment)
        else:
            level = max(level, str(stamp["level"]), key=LEVELS.index)
        install(environment, level)
        write_script(environment)
        write_stamp(environment, level)
        say(f"Set up in {time.monotonic() - started:.0f} seconds.")


def holds(environment: Path, level: str) -> bool:
    """Return whether the stamp says that all of ``level`` is installed from today's locks."""
    stamp = read_stamp(environment)
    return (
        is_whole(environment, stamp)
        and LEVELS.index(str(stamp["level"])) >= LEVELS.index(level)
        and stamp["locks"] == digest(str(stamp["level"]))
    )


def is_whole(environment: Path, stamp: dict[str, object]) -> bool:
    """Return whether a set-up was finished here, with the Python that is still there."""
    python = environment / "bin" / "python"
    return (
        stamp.get("edition") == EDITION
        and stamp.get("folder") == str(environment)
        and stamp.get("source") == str(ROOT)
        and stamp.get("level") in LEVELS
        and python.exists()
        and stamp.get("python") == os.path.realpath(python)
    )


def read_stamp(environment: Path) -> dict[str, object]:
    """Return what the stamp says; nothing when it is missing or torn."""
    try:
        stamp = json.loads((environment / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(environment: Path, level: str) -> None:
    """Say that the set-up is finished, in one step."""
    stamp = {
        "edition": EDITION,
        "folder": str(environment),
        "source": str(ROOT),
        "python": os.path.realpath(environment / "bin" / "python"),
        "level": level,
        "locks": digest(level),
    }
    draft = environment / f"{STAMP}.draft"
    draft.write_text(json.dumps(stamp), encoding="utf-8")
    draft.replace(environment / STAMP)


def digest(level: str) -> str:
    """Return one hash over the locks that ``level`` is installed from."""
    together = hashlib.sha256()
    for name in ("bootstrap", level):
        together.update((LOCKS / f"{name}.lock").read_bytes())
    return together.hexdigest()


def check_python() -> None:
    """Refuse a Python that cannot make virtual environments."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    raise Stop(
        "This Python cannot make virtual environments. On Debian or Ubuntu install the package "
        "python3-venv (apt-get install python3-venv), then run the same command again."
    )


def check_folder(environment: Path) -> None:
    """Refuse to replace a folder that somebody else made."""
    if not environment.exists() or (environment / OURS).exists():
        return
    if not environment.is_dir() or any(environment.iterdir()):
        raise Stop(
            f"{environment} was not made by ./throughline, so it is left as it is. Move it away, or "
            "name another folder in THROUGHLINE_ENV."
        )


@contextmanager
def alone(environment: Path) -> Iterator[None]:
    """Hold the lock of this environment; installers inherit it, so an orphan still holds it."""
    environment.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(environment.with_name(f"{environment.name}.lock"), os.O_RDWR | os.O_CREAT)
    try:
        os.set_inheritable(handle, True)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is running here; waiting for it to end.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_anew(environment: Path) -> None:
    """Discard what is there and make an empty environment with a pinned uv in it."""
    discarded = environment.with_name(f"{environment.name}.discarded")
    shutil.rmtree(discarded, ignore_errors=True)
    if environment.exists():
        environment.rename(discarded)
        shutil.rmtree(discarded, ignore_errors=True)
    environment.mkdir()
    (environment / OURS).touch()
    python = str(environment / "bin" / "python")
    run(
        environment,
        "Making a virtual environment",
        [sys.executable, "-m", "venv", str(environment)],
    )
    run(
        environment,
        "Fetching the installer",
        [python, *PIP, "-r", str(LOCKS / "bootstrap.lock")],
    )


def install(environment: Path, level: str) -> None:
    """Install exactly what the lock names, and compile it and our own source."""
    locks = [str(LOCKS / f"{name}.lock") for name in ("bootstrap", level)]
    python = str(environment / "bin" / "python")
    run(
        environment,
        "Installing the packages",
        [str(environment / "bin" / "uv"), *UV, "--python", python, *locks],
    )
    subprocess.run(  # a read-only source tree still runs, only slower
        [python, "-m", "compileall", "-q", "-j", "0", str(ROOT / "src")],
        env=variables(), capture_output=True, check=False,
    )  # fmt: skip


def write_script(environment: Path) -> None:
    """Put our source on the path, and the console script of pyproject.toml into ``bin``."""
    [packages] = (environment / "lib").glob("python3*/site-packages")
    (packages / "throughline.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    script = environment / "bin" / "throughline"
    script.write_text(
        f"#!/bin/sh\n'''exec' \"{environment}/bin/python\" \"$0\" \"$@\"\n' '''\n"
        "import sys\n\nfrom throughline.cli import main\n\nsys.exit(main())\n",
        encoding="utf-8",
    )
    script.chmod(0o755)


def run(environment: Path, what: str, command: Sequence[str]) -> None:
    """Run one step of the set-up; keep what it prints for whoever must find out why it failed.

    Raises
    ------
    Stop
        It failed; the sentence says why, as far as its output tells.
    """
    say(f"  {what} ...")
    done = subprocess.run(
        command, env=variables(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", check=False, close_fds=False,
    )  # fmt: skip
    if done.returncode:
        with (environment / LOG).open("a", encoding="utf-8") as log:
            log.write(f"{what}: {' '.join(command)}\n{done.stdout}\n")
        reason = sentence_for(done.stdout)
        if reason:
            raise Stop(reason)
        raise Stop(f"{what} failed; {environment / LOG} says why.", 1)


def variables() -> dict[str, str]:
    """Return the environment of an installer: bytecode is written, certificates are the system's."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
    ours = {name: value for name, value in os.environ.items() if name not in dropped}
    if Path("/etc/ssl/certs/ca-certificates.crt").exists():
        ours.setdefault("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
    if not may_write(cache_folder()):
        ours["UV_NO_CACHE"] = "1"
    return ours


def cache_folder() -> Path:
    """Return where the installer keeps what it fetched."""
    if given := os.environ.get("UV_CACHE_DIR"):
        return Path(given)
    shared = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(shared) / "uv"


def may_write(folder: Path) -> bool:
    """Return whether this user may write in the folder, or make it."""
    while not os.access(folder, os.F_OK) and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)


SIGNS = (
    (
        ("No space left on device", "os error 28", "Errno 28", "Disk quota exceeded"),
        "The disk is full: the set-up needs about 700 MB. Make room, then run the same command again.",
    ),
    (
        ("do not match the hashes", "Hash mismatch", "hash mismatch", "DO NOT MATCH THE HASHES"),
        "A downloaded package is not the one that the lock names, so nothing of it was installed. "
        "Run the same command again; if it happens twice, tell whoever runs your package mirror.",
    ),
    (
        ("Temporary failure in name resolution", "NewConnectionError", "Network is unreachable",
         "dns error", "Connection refused", "error sending request", "timed out", "Failed to fetch",
         "ConnectTimeoutError", "tcp connect error", "No matching distribution", "Could not connect",
         "client error", "ProxyError", "Connection reset"),
        "The Python package index cannot be reached. Connect to the network (or set your proxy or "
        "mirror), then run the same command again; what was fetched is kept.",
    ),
    (
        ("Permission denied", "Errno 13", "os error 13", "Read-only file system", "Not a directory",
         "Errno 17"),
        "The set-up may not write here. Work in a copy of your own, or name a folder of your own in "
        "THROUGHLINE_ENV (and one for the data in THROUGHLINE_HOME).",
    ),
)  # fmt: skip
"""What installers print, and what it means to a person."""


def sentence_for(output: str) -> str:
    """Return the sentence for what an installer printed, or nothing when it is not known."""
    for signs, sentence in SIGNS:
        if any(sign in output for sign in signs):
            return sentence
    return ""
