"""Threads are for answering: who says nothing, little or too much takes none, and is not waited for without end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from dashboards.heads import MOST_BYTES

pytestmark = pytest.mark.enable_socket

ROOT = Path(__file__).resolve().parents[2]
ASK = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
PROGRAM = """
from flask import Flask, request
from dashboards.heads import HeadWorker
from dashboards.serving import serve

HeadWorker.head_seconds, HeadWorker.body_seconds = 2.0, 2.0

def create():
    app = Flask("test")
    app.add_url_rule("/", "home", lambda: "here")
    app.add_url_rule("/said", "said", lambda: request.get_data(), methods=["POST"])
    return app

serve(create, host="127.0.0.1", port={port}, workers=1, ready=lambda address: print("ready", flush=True))
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(port=port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert program.stdout.readline().strip() == "ready"
        yield port
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=30) == 0
    finally:
        program.kill()
        program.stdout.close()
        program.wait()


def call(port: int, *parts: bytes, pause: float = 0.0) -> socket.socket:
    caller = socket.create_connection(("127.0.0.1", port), timeout=20)
    for part in parts:
        caller.sendall(part)
        time.sleep(pause)
    return caller


def heard(caller: socket.socket, until: bytes = b"here", times: int = 1) -> bytes:
    """Return what is answered, as far as *until* was said so many *times*, or to the end of the connection."""
    found = b""
    while found.count(until) < times and (part := caller.recv(65536)):
        found += part
    return found


@pytest.mark.parametrize(
    "said",
    [b"", b"\r\n\r\n", b"GET / HTTP/1.1\r\nHost: he"],
    ids=["nothing", "empty lines", "half a head"],
)
def test_callers_who_do_not_go_on_hold_nobody_up_and_are_let_go(port: int, said: bytes) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(call(port, said)) for _ in range(60)]
        began = time.monotonic()
        with httpx.Client() as client:
            answers = [client.get(f"http://127.0.0.1:{port}/").text for _ in range(20)]
        took = time.monotonic() - began
        assert answers == ["here"] * 20
        assert took < 8  # eight threads waiting two seconds each in turn for sixty callers would take fifteen
        assert slow[0].recv(10) == b""  # after two seconds


def test_a_head_may_come_in_pieces(port: int) -> None:
    with call(port, *(ASK[at : at + 7] for at in range(0, len(ASK), 7)), pause=0.02) as caller:
        assert heard(caller).startswith(b"HTTP/1.1 200")


def test_requests_sent_one_behind_the_other_are_all_answered(port: int) -> None:
    with call(port, ASK + ASK + ASK[:10]) as caller:
        assert heard(caller, times=2).count(b"HTTP/1.1 200 OK") == 2
        caller.sendall(ASK[10:])
        assert heard(caller).count(b"HTTP/1.1 200 OK") == 1


def test_a_connection_that_was_answered_is_used_again(port: int) -> None:
    with call(port) as caller:
        for _ in range(3):
            caller.sendall(ASK)
            assert heard(caller).startswith(b"HTTP/1.1 200")


def test_a_head_without_end_is_refused(port: int) -> None:
    with call(port, b"GET / HTTP/1.1\r\nX: " + b"a" * (MOST_BYTES + 10)) as caller:
        assert heard(caller, b"\r\n\r\n").startswith(b"HTTP/1.1 431")


def test_a_body_that_comes_whole_is_read_and_one_that_stops_is_not_waited_for(port: int) -> None:
    body = os.urandom(300_000)
    assert httpx.post(f"http://127.0.0.1:{port}/said", content=body).content == body
    head = b"POST /said HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n"
    with ExitStack() as stack:
        slow = [stack.enter_context(call(port, head, b"ab")) for _ in range(8)]
        assert httpx.get(f"http://127.0.0.1:{port}/", timeout=15).text == "here"
        assert not heard(slow[0], b"\r\n\r\n").startswith(b"HTTP/1.1 200")
