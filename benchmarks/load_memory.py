"""Memory of a load of a million observations, handed in one by one as a source's parser yields them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.claim import Claim, Result, Setting

ROWS = 1_000_000
BUDGET_MB = 600

LOADER = """
import sys
from datetime import date, timedelta
from benchmarks.rows import series_of
from metrics.warehouse.values import Observation, start_of_day
from metrics.warehouse.warehouse import open_warehouse

total, series = int(sys.argv[2]), series_of(400)
first = date(1970, 1, 1)

def rows():
    for number in range(total // len(series)):
        day = first + timedelta(days=number)
        known = start_of_day(day + timedelta(days=1))
        for place, one in enumerate(series):
            yield Observation(
                series=one, period_start=day, period_end=day, known_at=known, value=float(place + number),
                source_id="bench", payload_sha256="ab" * 32,
            )

def peak():
    # Of this process alone: ru_maxrss would begin with what its parent held.
    with open("/proc/self/status") as status:
        return next(line.split()[1] for line in status if line.startswith("VmHWM"))

warehouse = open_warehouse(sys.argv[1])
warehouse.migrate()
before = peak()
counts = warehouse.append(rows(), run_id="bench")
assert counts.new == total // len(series) * len(series), counts
print(before, peak())
"""


def measure(setting: Setting) -> Iterator[Result]:
    """Load in a process of its own and ask the system for its peak."""
    for where, url in setting.urls.items():
        command = [sys.executable, "-c", LOADER, url, str(setting.size(ROWS))]
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[1]
        )
        before, peak = (int(kilobytes) / 1024 for kilobytes in done.stdout.split())
        yield Result(
            where=where,
            what=f"peak memory of a load of {setting.size(ROWS):,} observations",
            measured=peak,
            unit="MB",
            budget=f"<= {BUDGET_MB} MB",
            within=peak <= BUDGET_MB if setting.judged else None,
            yardstick="the same process before the load",
            yardstick_measured=before,
            ratio=peak / before,
        )


CLAIM = Claim(
    id="load_memory",
    what="A load needs the memory of a batch, not of the payload",
    measure=measure,
)
