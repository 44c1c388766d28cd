"""The embedded database ends a query when the person presses Ctrl-C."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from throughline.engines.disparity.database import opened

LONG = "SELECT sum(a.range * b.range) FROM range(100000) a, range(20000) b"
"""Takes seconds, and ends by itself should nobody hear the key."""


@pytest.fixture
def pressed():
    """Ctrl-C soon, also in a process that was started to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("threads", [None, 1])
def test_ctrl_c_within_a_query_is_ctrl_c_and_no_error_of_the_file(threads, pressed):
    with pytest.raises(KeyboardInterrupt), opened(threads) as database:
        pressed.start()
        database.execute(LONG)

    with opened() as database:
        assert database.execute("SELECT 1").fetchall() == [(1,)]
