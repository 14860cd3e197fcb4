"""The product served for a benchmark, as an operator serves it: a process of its own, two workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

HOME = Path(__file__).parents[1]


@contextmanager
def served(url: str, var: Path, workers: int = 2) -> Iterator[tuple[str, int, float]]:
    """Serve the warehouse *url*; yield the address, the process and the seconds until it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {**os.environ, "GBA_WAREHOUSE": url, "GBA_VAR": str(var)}
    begun = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, str(HOME / "app.py"), "serve", "--port", str(port), "--workers", str(workers)],
        env=told,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    home = f"http://127.0.0.1:{port}"
    try:
        _ready(home, program)
        yield home, program.pid, time.perf_counter() - begun
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(60)


def _ready(home: str, program: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        if program.poll() is not None:
            raise RuntimeError(f"the product ended with {program.returncode} instead of serving")
        try:
            if httpx.get(f"{home}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise RuntimeError("the product was not ready within minutes")
