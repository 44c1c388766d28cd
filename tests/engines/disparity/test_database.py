"""The embedded database ends a query when the person presses Ctrl-C."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from throughline.engines.disparity.database import opened

ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"


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
        database.execute(ENDLESS)

    with opened() as database:
        assert database.execute("SELECT 1").fetchall() == [(1,)]
