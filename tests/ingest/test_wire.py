"""The wire: one deadline over everything, and only to checked addresses."""

from __future__ import annotations

import socket
import time

import httpcore
import pytest

from ingest.errors import UnsafeError
from ingest.wire import Deadline, GuardedBackend
from tests.ingest.lying_server import lying_server


@pytest.fixture
def server():
    with lying_server() as running:
        yield running


def test_a_deadline_counts_down_to_zero():
    assert 0 < Deadline(5).left() <= 5
    assert Deadline(-1).left() == 0


def test_reading_ends_with_the_deadline_however_patient_the_reader(server):
    stream = GuardedBackend(Deadline(0.3), {"127.0.0.1"}).connect_tcp("127.0.0.1", server.port, timeout=5)
    begun = time.monotonic()
    for _ in range(2):
        with pytest.raises(httpcore.ReadTimeout):
            stream.read(100, timeout=60)
    with pytest.raises(httpcore.WriteTimeout):
        stream.write(b"x", timeout=60)
    assert time.monotonic() - begun < 2
    stream.close()


def test_nothing_is_connected_to_once_time_is_over(server):
    with pytest.raises(httpcore.ConnectTimeout):
        GuardedBackend(Deadline(-1), {"127.0.0.1"}).connect_tcp("127.0.0.1", server.port)


def test_only_checked_addresses_are_connected_to(server):
    with pytest.raises(UnsafeError):
        GuardedBackend(Deadline(5), ()).connect_tcp("localhost", server.port)
    assert server.asked == []


def test_the_offices_own_proxy_may_be_private(server):
    backend = GuardedBackend(Deadline(5), (), trusted="127.0.0.1")
    backend.connect_tcp("127.0.0.1", server.port).close()


def test_the_next_address_is_tried_where_the_first_does_not_answer(server, monkeypatch):
    rows = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, server.port))
        for address in ("127.0.0.3", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", _only_for("two.example", rows))
    backend = GuardedBackend(Deadline(5), {"127.0.0.1", "127.0.0.3"})
    stream = backend.connect_tcp("two.example", server.port)
    assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
    stream.close()


def _only_for(name: str, rows):
    real = socket.getaddrinfo
    return lambda host, *args, **more: rows if host == name else real(host, *args, **more)
