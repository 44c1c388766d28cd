"""Start the processes of a server, watch them, and end every one of them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from throughline.commands.speaking import INTERRUPTED, Stop

HOST = "127.0.0.1"
GRACE_SECONDS = 12
LARGEST_LOG = 5_000_000
PR_SET_PDEATHSIG = 1
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Ended(Exception):  # noqa: N818 - no error
    """Somebody asked this process to end: SIGTERM or Ctrl-C.

    ``code`` is the exit code of a server, which may be ended; ``halfway`` that of other work.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.code = INTERRUPTED if signum == signal.SIGINT else 0
        self.halfway = 128 + signum


class Children:
    """Processes in groups of their own, so that one signal reaches their children too."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, name: str, command: Sequence[str], variables: Mapping[str, str], log: Path
    ) -> None:
        """Start one process that writes to ``log``; it is asked to end when this one dies."""
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if os.fstat(handle).st_size > LARGEST_LOG:
            os.ftruncate(handle, 0)
        try:
            self.running[name] = subprocess.Popen(
                command, env=dict(variables), stdin=subprocess.DEVNULL, stdout=handle,
                stderr=handle, process_group=0, preexec_fn=end_with_parent,
            )  # fmt: skip
        finally:
            os.close(handle)

    def ended(self) -> str | None:
        """Return the name of a process that has ended by itself, or nothing."""
        return next((name for name, one in self.running.items() if one.poll() is not None), None)

    def end(self) -> None:
        """Ask every group to end, wait, and kill what is left."""
        for one in self.running.values():
            _signal_group(one, signal.SIGTERM)
        last = time.monotonic() + GRACE_SECONDS
        for one in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                one.wait(max(0.1, last - time.monotonic()))
        for one in self.running.values():
            _signal_group(one, signal.SIGKILL)
            one.wait()


@contextmanager
def supervised() -> Iterator[Children]:
    """Turn SIGTERM, SIGHUP and Ctrl-C into ``Ended``, and end all children on the way out."""
    children = Children()
    before = {number: signal.signal(number, _end) for number in (signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, _end)
    try:
        yield children
    finally:
        for number in before:  # a second signal does not interrupt the ending
            signal.signal(number, signal.SIG_IGN)
        children.end()
        for number, handler in before.items():
            signal.signal(number, handler)


def url_of(port: int) -> str:
    """Return the address of the server on this port."""
    return f"http://{HOST}:{port}"


def claim_port(port: int) -> socket.socket:
    """Keep a port for our server until the socket is closed.

    The server shares its port with whoever else asks to share it (that is how its workers do it).
    So a second Throughline must find the port taken from now on, not only once the server listens.

    Raises
    ------
    Stop
        The port is busy or may not be used.
    """
    if not 0 < port < 65536:
        raise Stop(f"--port: write a number from 1 to 65535, not {port}.")
    with socket.socket() as alone:
        alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            alone.bind((HOST, port))
        except PermissionError:
            raise Stop(
                f"Port {port} may not be used by you. Choose one above 1023: --port 8080."
            ) from None
        except OSError:
            raise Stop(
                f"Port {port} is busy: another program listens there. End it, or choose another "
                f"port: --port {port + 1 if port < 65535 else 8001}."
            ) from None
    shared = socket.socket()
    if sys.platform == "linux":
        shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with contextlib.suppress(OSError):  # connections of an earlier program are still closing
            shared.bind((HOST, port))
    return shared


def free_port() -> int:
    """Return a port that nothing listens on at this moment."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def wait_until_ready(url: str, children: Children, *, seconds: float = 60) -> None:
    """Wait for ``/healthz``, then open the first pages, so that nobody waits for the imports.

    Raises
    ------
    Stop
        The server ended, or did not answer in time.
    """
    last = time.monotonic() + seconds
    while not _answers(f"{url}/healthz"):
        if (name := children.ended()) == "server":
            raise Stop(
                "The server ended before it could serve; server.log in the data folder says why.", 1
            )
        if time.monotonic() > last:
            raise Stop(
                f"The server did not answer within {seconds:.0f} seconds ({name or 'alive'}).", 1
            )
        time.sleep(0.1)
    for path in ("/", "/account/login/"):
        _answers(f"{url}{path}")


def watch(children: Children, restart: Callable[[str], None]) -> int:
    """Wait until somebody ends us. A worker that ends is started again; a server that ends is all."""
    try:
        while True:
            time.sleep(0.3)
            name = children.ended()
            if name == "server":
                raise Stop("The server ended by itself; server.log in the data folder says why.", 1)
            if name:
                time.sleep(1)
                restart(name)
    except Ended as ended:
        return ended.code


def _answers(url: str) -> bool:
    try:
        with DIRECT.open(url, timeout=20) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _signal_group(one: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(one.pid, number)


def _end(signum: int, _frame: FrameType | None) -> None:
    raise Ended(signum)


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
