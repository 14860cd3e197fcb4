"""A process that is killed while it loads leaves nothing torn: each payload is there whole, or not at all."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import LONG_AFTER

pytestmark = pytest.mark.faults

ROOT = Path(__file__).resolve().parents[2]
ROWS = 400

# Loads payload after payload: figures, readings, a run's end and a new value for every figure before.
LOADER = f"""
import sys
from datetime import timedelta
from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import DAY, MAY, figure, line, reading

warehouse = open_warehouse(sys.argv[1])
print("ready", flush=True)
number = len(warehouse.runs(limit=100_000))
while True:
    known = MAY + timedelta(seconds=number)
    run_id = warehouse.open_run("made", trigger="hand", logical_time=f"payload {{number}}")
    with warehouse.loading(run_id) as loading:
        half = [figure(number, known, series=line(place=str(place))) for place in range({ROWS})]
        loading.append(half[:{ROWS} // 2])
        loading.append_readings([reading(MAY + number * timedelta(minutes=15), number + 1)])
        loading.append(half[{ROWS} // 2:])
        loading.end_run("loaded", {{"new": {ROWS}}})
    number += 1
"""


def kill_while_loading(url: str, after: float) -> None:
    """Start a loader and kill it without warning."""
    loader = subprocess.Popen(
        [sys.executable, "-c", LOADER, url], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert loader.stdout.readline() == b"ready\n", loader.stderr.read().decode()
        time.sleep(after)
        assert loader.poll() is None, loader.stderr.read().decode()
    finally:
        loader.kill()
        loader.wait()
        loader.stdout.close()
        loader.stderr.close()


def assert_whole(url: str) -> int:
    """Check that what is there is there whole; return how many payloads are."""
    warehouse = open_warehouse(url)
    runs = warehouse.runs(limit=100_000)
    loaded = [run for run in runs if run.status == "loaded"]
    vintages = warehouse.vintages(["made_figures"], raw=True)
    by_run = vintages.groupby("run_id")
    assert set(by_run.groups) == {run.run_id for run in loaded}
    assert (by_run.size() == ROWS).all()
    assert (by_run["value"].nunique() == 1).all()
    readings = warehouse.readings(["made_readings"])
    assert len(readings) == len(loaded)
    assert warehouse.rollup(["made_readings"], every="month")["n"].sum() == len(loaded)
    newest = warehouse.latest(["made_figures"], as_of=LONG_AFTER)
    assert newest["value"].nunique() <= 1
    if loaded:
        assert len(newest) == ROWS
        assert warehouse.stamp() == vintages["recorded_at"].max().value // 1000
    for run in warehouse.unfinished_runs():
        warehouse.end_run(run.run_id, "recovered")
    assert warehouse.verify_audit() == []
    warehouse.close()
    return len(loaded)


@pytest.mark.timeout(300)
def test_twenty_kills_while_loading_leave_nothing_torn_on_sqlite(tmp_path):
    url = f"sqlite:///{tmp_path}/warehouse.db"
    made = open_warehouse(url)
    made.migrate()
    made.close()
    rng = random.Random(20)
    counts = []
    for _ in range(20):
        kill_while_loading(url, rng.uniform(0.0, 0.15))
        counts.append(assert_whole(url))
    assert counts == sorted(counts)
    assert counts[-1] > 0


@pytest.mark.timeout(300)
@pytest.mark.xdist_group("postgresql")
def test_kills_while_loading_leave_nothing_torn_on_postgresql(empty_postgresql_url):
    made = open_warehouse(empty_postgresql_url)
    made.migrate()
    made.close()
    rng = random.Random(4)
    counts = []
    for _ in range(4):
        kill_while_loading(empty_postgresql_url, rng.uniform(0.3, 1.2))
        counts.append(assert_whole(empty_postgresql_url))
    assert counts == sorted(counts)
    assert counts[-1] > 0
