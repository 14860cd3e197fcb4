"""The product as its operator meets it: one command starts it, one signal ends it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.smoke, pytest.mark.timeout(240)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path) -> dict[str, str]:
    """The settings of an office without a network: an empty mirror answers for every publisher."""
    (folder / "mirror").mkdir(exist_ok=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith("GBA_")}
    return {**own, "GBA_VAR": str(folder / "var"), "GBA_MIRROR": str(folder / "mirror")}


@contextmanager
def running(folder: Path, port: int):
    program = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "run", "--port", str(port)],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    try:
        for line in program.stdout:
            said.append(line)
            if line.startswith("GBA Monitor is at"):
                break
        yield program, said
    finally:
        program.send_signal(signal.SIGTERM)
        try:
            program.wait(timeout=60)
        except subprocess.TimeoutExpired:
            program.kill()
            raise
        finally:
            program.stdout.close()


def get(port: int, path: str) -> tuple[int, bytes]:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            return error.code, error.read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def scheduler_alive(port: int) -> bool:
    return json.loads(get(port, "/readyz")[1])["scheduler"]["alive"]


def test_one_command_starts_web_and_scheduler_and_one_signal_ends_both(tmp_path):
    port = free_port()
    with running(tmp_path, port) as (program, said):
        assert f"GBA Monitor is at http://127.0.0.1:{port}\n" in said
        assert any("opening_figures: 1,161 new" in line for line in said)
        assert get(port, "/livez") == (200, b'{"alive": true}')
        status, body = get(port, "/readyz")
        assert (status, json.loads(body)["ready"]) == (200, True)
        assert b'lang="zh-Hant-HK"' in get(port, "/?lang=zh-Hant")[1]
        assert b"443" in get(port, "/_page?path=/&lang=en")[1]
        deadline = time.monotonic() + 60
        while not scheduler_alive(port):
            assert time.monotonic() < deadline, "the scheduler never took its lease"
            time.sleep(0.2)
    assert program.returncode == 0
    with socket.socket() as probe:
        probe.settimeout(1)
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    status = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "status", "--json"],
        env=environment(tmp_path), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(status.stdout)["scheduler"]["alive"] is False

    with running(tmp_path, port) as (_, said):
        assert any("opening_figures: 0 new, 1,161 unchanged" in line for line in said)


def test_a_port_that_is_taken_is_one_clear_line(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, str(ROOT / "app.py"), "run", "--port", str(port)],
            env=environment(tmp_path), capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "choose another with --port" in done.stderr


def test_faults_of_the_settings_are_told_all_at_once(tmp_path):
    wrong = {
        "GBA_MIRROR": str(tmp_path / "nowhere"),
        "GBA_TIMEZONE": "Mars/Olympus",
        "GBA_KEEP_READINGS_DAYS": "x",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "status"],
        env={**environment(tmp_path), **wrong}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert sorted(line.partition(":")[0] for line in done.stderr.splitlines()) == sorted(wrong)
