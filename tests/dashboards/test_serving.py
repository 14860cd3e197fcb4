import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from dashboards.serving import AddressTakenError, check_free

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import gc
import pandas as pd
from flask import Flask
from dashboards.serving import serve

def create():
    app = Flask("test")
    app.add_url_rule("/", "home", lambda: f"here {{pd.options.mode.string_storage}} {{gc.get_freeze_count() > 0}}")
    return app

serve(create, host="127.0.0.1", port={port}, workers=1,
      ready=lambda address: print("ready", address, flush=True), ended=lambda: print("ended", flush=True))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_an_address_that_is_taken_is_said_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(
            AddressTakenError, match=f"cannot listen on 127.0.0.1:{port}.*choose another with --port"
        ):
            check_free("127.0.0.1", port)


def test_it_says_when_it_listens_answers_and_ends_on_a_signal():
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(port=port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert program.stdout.readline().strip() == f"ready http://127.0.0.1:{port}"
        deadline = time.monotonic() + 20
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    assert answer.read() == b"here python True"
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
        program.send_signal(signal.SIGTERM)
        assert program.wait(timeout=30) == 0
        assert "ended" in program.stdout.read()
    finally:
        program.kill()
        program.stdout.close()
        program.wait()
