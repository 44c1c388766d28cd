"""Whoever ends a server ends all of it; whoever ends a check early gets no 0."""

from __future__ import annotations

import os
import select
import signal
import time
from pathlib import Path

import pytest

from throughline.commands.processes import Ended, supervised


@pytest.mark.parametrize(
    ("number", "of_a_server", "of_other_work"),
    [(signal.SIGTERM, 0, 143), (signal.SIGHUP, 0, 129), (signal.SIGINT, 130, 130)],
)
def test_a_signal_ends_children_and_their_children(
    tmp_path: Path, number, of_a_server, of_other_work
):
    held = tmp_path / "held open by both"
    os.mkfifo(held)
    family = ["sh", "-c", 'exec 3>"$0"; sleep 60 & wait', str(held)]

    with pytest.raises(Ended) as ended, supervised() as children:
        children.start("one", family, os.environ, tmp_path / "log")
        reader = os.open(held, os.O_RDONLY)
        os.kill(os.getpid(), number)
        time.sleep(60)

    assert (ended.value.code, ended.value.halfway) == (of_a_server, of_other_work)
    assert select.select([reader], [], [], 5)[0] == [reader]
    assert os.read(reader, 1) == b""
    os.close(reader)
