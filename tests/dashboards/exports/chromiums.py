"""One image engine for the tests that draw, and what is left running of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.exports.chromium import browser_path
from dashboards.exports.engine import Engine, Limits

needs_chromium = pytest.mark.skipif(browser_path() is None, reason="no Chromium is installed")


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    engine = Engine(limits=Limits(wait=90))
    yield engine
    engine.close()


def group(leader: int) -> list[int]:
    """Return the processes alive in the group of *leader*."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, rest = stat.read_text().rsplit(")", 1)
        except OSError:
            continue
        state, _, its_group = rest.split()[:3]
        if int(its_group) == leader and state != "Z":
            found.append(int(stat.parent.name))
    return found


def gone(leader: int, within: float = 10.0) -> bool:
    """Say whether the group of *leader* has ended *within* seconds."""
    until = time.monotonic() + within
    while group(leader):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
