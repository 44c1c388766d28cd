"""Two at once: one port and one data folder belong to one server, from its first moment."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from throughline.commands import folders
from throughline.commands.processes import HOST, claim_port, free_port
from throughline.commands.speaking import Stop


def test_a_claimed_port_is_busy_before_anything_listens_on_it():
    port = free_port()

    with claim_port(port), pytest.raises(Stop, match=f"Port {port} is busy") as refused:
        claim_port(port)

    assert refused.value.code == 2
    claim_port(port).close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ports are not shared")
def test_our_server_listens_on_the_port_that_we_claimed():
    port = free_port()

    with claim_port(port), socket.socket() as server, socket.socket() as visitor:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind((HOST, port))
        server.listen()
        visitor.connect((HOST, port))

        assert visitor.getpeername() == (HOST, port)


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(Stop, match=f"from 1 to 65535, not {port}"):
        claim_port(port)


@pytest.mark.parametrize("by_children", [False, True])
def test_a_data_folder_that_is_in_use_is_refused(tmp_path: Path, by_children: bool):
    with (
        folders.in_use(tmp_path),
        pytest.raises(Stop, match="Another throughline works in") as refused,
        folders.in_use(tmp_path, by_children=by_children),
    ):
        pass

    assert refused.value.code == 2


def test_the_lock_file_of_a_server_that_was_killed_holds_nobody_up(tmp_path: Path):
    (tmp_path / folders.LOCK).touch()

    with folders.in_use(tmp_path):
        in_use = (tmp_path / folders.LOCK).exists()

    assert in_use
