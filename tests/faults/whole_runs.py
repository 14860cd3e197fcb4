"""What the ledger must hold after a storm: at most one effect a logical time, and at last one or that it was missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from ingest.schedule import ticks
from metrics.warehouse.entries import Run
from metrics.warehouse.ledger import EFFECTS
from tests.ingest.child import OFTEN

ENDED = frozenset({"loaded", "unchanged", "partial", "failed", "missed", "not_configured", "recovered"})
SETTLED = ENDED - {"recovered"}
"""A run that was closed as recovered says that its process ended: a scheduled one is still owed then."""


def at(run: Run) -> datetime:
    """Return the logical time of a run."""
    return datetime.fromisoformat(run.logical_time)


def unaccounted(runs: Iterable[Run], now: datetime) -> list[datetime]:
    """Return the logical times of which the ledger does not say how they ended.

    They are looked for from the first one to *now*, or to the newest one that is done where a clock was ahead.
    """
    scheduled = [run for run in runs if run.trigger == "schedule"]
    settled = {at(run) for run in scheduled if run.status in SETTLED}
    gaps = [(at(run), _until(run)) for run in scheduled if "missed_until" in run.detail]
    if not settled:
        return []
    due = ticks(OFTEN, min(settled), max(now, *settled))
    return [
        tick for tick in due if tick not in settled and not any(start <= tick <= end for start, end in gaps)
    ]


def _until(run: Run) -> datetime:
    return datetime.fromisoformat(run.detail["missed_until"])


def ended(runs: Sequence[Run], until: datetime) -> Counter[str]:
    """Count how logical runs up to *until* ended; raises AssertionError for one with two effects or left open."""
    by_time: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in runs:
        # What is due after the storm is no part of it, but what a clock that was ahead has already done is.
        if run.trigger != "schedule" or at(run) <= until or run.status in SETTLED:
            by_time[run.trigger, run.logical_time].append(run)
    happened: Counter[str] = Counter()
    for name, tried in by_time.items():
        told = [run.status for run in sorted(tried, key=lambda run: run.attempt)]
        assert sum(status in EFFECTS for status in told) <= 1, f"{name}: {told}"
        assert set(told) <= ENDED, f"{name}: left as {told}"
        happened["logical runs"] += 1
        happened[f"ended {told[-1]}"] += 1
    silent = unaccounted(runs, until)
    assert silent == [], f"nobody said that these were missed: {[f'{tick:%d %H:%M}' for tick in silent]}"
    return happened
