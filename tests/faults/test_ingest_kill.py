"""Kill -9 while ingesting: old or new, never a mix, and the ledger says what happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.commands import run_sources
from ingest.sources.hk_immigration_daily import CONTROL_POINTS, SOURCE
from tests.ingest.child import tools_in
from tests.ingest.making import crossing_days, immigration_file

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]
POINTS = tuple(sorted(set(CONTROL_POINTS) - {"Macau Ferry Terminal"}))
EVER = datetime(2100, 1, 1, tzinfo=UTC)


def publish(folder: Path, days: int) -> int:
    """Publish a file of that many days and return how many figures it has."""
    file = folder / "mirror" / SOURCE.requests[0].url.removeprefix("https://")
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = crossing_days(days, POINTS)
    file.write_bytes(immigration_file(lines))
    return 3 * len(lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tools = tools_in(tmp_path)
    tools.warehouse.migrate()
    tools.warehouse.close()
    return tmp_path


def child(folder: Path, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.child", str(folder), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "TZ": "America/New_York"},  # the machine need not be in Hong Kong
    )


def stored(folder: Path) -> int:
    tools = tools_in(folder)
    count = len(tools.warehouse.history(["bcp_passengers_daily"], as_of=EVER))
    tools.warehouse.close()
    return count


def ends(folder: Path) -> list[str]:
    tools = tools_in(folder)
    found = [entry.status for entry in tools.warehouse.runs(SOURCE.id, limit=500)]
    tools.warehouse.close()
    return found[::-1]


@pytest.mark.parametrize("point", ["fetch", "archive", "parse", "check", "load", "loaded", "ended"])
def test_killed_at_any_point_nothing_is_torn_and_the_next_run_does_it_once(folder: Path, point: str):
    figures = publish(folder, 20)
    with child(folder, "run", point) as dying:
        dying.wait(60)
    assert dying.returncode == -signal.SIGKILL
    assert stored(folder) == 0
    tools = tools_in(folder)
    (report,) = run_sources(None, tools, known={SOURCE.id: SOURCE})
    tools.warehouse.close()
    assert (report.status, report.new) == ("loaded", figures)
    # By hand a run is written down once its payload is here, so that one killed before has left nothing.
    assert ends(folder) == (["loaded"] if point == "fetch" else ["recovered", "loaded"])


def test_killed_at_random_while_it_loads_a_long_file_it_is_old_or_new(folder: Path):
    chance = random.Random(20250515)
    before = publish(folder, 60)
    with child(folder, "run") as first:
        assert first.wait(60) == 0
    after = publish(folder, 420)
    started = time.monotonic()
    kills = 0
    while kills < 5 and time.monotonic() - started < 25:
        with child(folder, "run") as dying:
            time.sleep(chance.uniform(0.9, 2.4))
            dying.kill()
            dying.wait(60)
        kills += 1
        assert stored(folder) in {before, after}
    with child(folder, "run") as last:
        assert last.wait(60) == 0
    assert stored(folder) == after
    statuses = ends(folder)
    assert set(statuses) <= {"loaded", "unchanged", "recovered"}
    assert statuses.count("loaded") == 2


def test_a_killed_scheduler_is_followed_by_another_that_recovers_and_runs_once(folder: Path):
    figures = publish(folder, 20)
    with child(folder, "schedule", "load") as dying:
        dying.wait(60)
    assert dying.returncode == -signal.SIGKILL
    assert ends(folder) == ["started"]
    begun = time.monotonic()
    with child(folder, "schedule") as next_one:
        while "loaded" not in ends(folder) and time.monotonic() - begun < 30:
            time.sleep(0.1)
        next_one.terminate()
        assert next_one.wait(30) == 0
    assert ends(folder)[:2] == ["recovered", "loaded"]
    assert stored(folder) == figures


def test_of_two_schedulers_one_waits_and_takes_over_when_the_first_is_killed(folder: Path):
    publish(folder, 5)
    with child(folder, "schedule") as first:
        while "loaded" not in ends(folder):
            time.sleep(0.1)
        with child(folder, "refuse") as refusing:
            said = refusing.communicate(timeout=60)[0]
            assert refusing.returncode == 1
            assert f"process {first.pid}" in said
        with child(folder, "schedule") as second:
            assert f"process {first.pid}" in second.stdout.readline()
            first.kill()
            first.wait(30)
            assert f"process {second.pid}" in second.stdout.readline()
            second.terminate()
            second.wait(30)
    effects = [status for status in ends(folder) if status in {"loaded", "unchanged"}]
    assert effects[0] == "loaded"
    assert effects.count("loaded") == 1
