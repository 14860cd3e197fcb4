"""How the sources are: what each last brought, whether that is still fresh by its own calendar, what is due next."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from ingest.source import Source
from metrics.warehouse.entries import Run
from metrics.warehouse.values import HONG_KONG

LEASE = "scheduler"
KEEP_SECONDS = 30.0
BROUGHT = frozenset({"loaded", "unchanged", "partial"})


@dataclass(frozen=True, kw_only=True)
class Health:
    """One source: *state* is on_time, late, never (brought nothing yet) or not_configured.

    *data_to* is the end of the newest period it brought, *due_by* when the next was to be here; *last* its newest
    run that is over, *good* the newest that brought or confirmed something, *next_at* the next planned.
    """

    source: Source
    state: str
    data_to: datetime | None
    due_by: datetime | None
    last: Run | None
    good: Run | None
    next_at: datetime | None


def health(warehouse: Any, sources: Mapping[str, Source], now: datetime) -> tuple[Health, ...]:
    """Return how each source is at *now* (aware), measured on the data's own periods, not on when we looked."""
    return tuple(_of(warehouse, source, now) for source in sources.values())


def _of(warehouse: Any, source: Source, now: datetime) -> Health:
    runs = warehouse.runs(source.id, limit=60, triggers=("schedule", "hand"))
    over = [run for run in runs if run.ended_at is not None and run.status != "missed"]
    good = next((run for run in over if run.status in BROUGHT), None)
    planned = [run for run in runs if run.status == "planned" and run.trigger == "schedule"]
    data_to = newest_data(warehouse, source, good, now) if good else None
    due_by = data_to + source.fresh_within if data_to else None
    return Health(
        source=source,
        state=_state(over[0] if over else None, due_by, now),
        data_to=data_to,
        due_by=due_by,
        last=over[0] if over else None,
        good=good,
        next_at=min((datetime.fromisoformat(run.logical_time) for run in planned), default=None),
    )


def _state(last: Run | None, due_by: datetime | None, now: datetime) -> str:
    if due_by is not None:
        return "on_time" if now <= due_by else "late"
    return "not_configured" if last is not None and last.status == "not_configured" else "never"


def newest_data(warehouse: Any, source: Source, good: Run, now: datetime) -> datetime | None:
    """Return the end of the newest period that *source* has brought, observation or reading; None for none.

    Readings carry no source, so they count at most up to *good*, the source's newest good run.
    """
    indicators = sorted(source.feeds)
    found = []
    figures = warehouse.latest(indicators, as_of=now)
    figures = figures[figures["source_id"].eq(source.id)]
    if len(figures):
        day = figures["period_end"].max().date() + timedelta(days=1)
        found.append(datetime.combine(day, clock_time.min, HONG_KONG))
    since = now.astimezone(HONG_KONG).date() - timedelta(days=400)
    places = sorted({place for fed in source.feeds.values() for place in fed})
    days = warehouse.rollup(indicators, every="day", places=places, start=since)
    if len(days):
        found.append(min(days["last_at"].max().to_pydatetime(), good.ended_at))
    return max(found, default=None)


class _Kept:
    """Holds the last answer for a while: it is asked with every page."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._until = 0.0
        self._answer: Any = None

    def __call__(self) -> Any:
        with self._lock:
            if time.monotonic() >= self._until:
                self._answer = self._ask()
                self._until = time.monotonic() + KEEP_SECONDS
            return self._answer


def health_kept(warehouse: Any, sources: Mapping[str, Source]) -> Callable[[], tuple[Health, ...]]:
    """Return a function that tells the health of *sources*, read anew at most every half a minute."""
    return _Kept(lambda: health(warehouse, sources, datetime.now(UTC)))


def readiness(warehouse: Any) -> Callable[[], Mapping[str, Any]]:
    """Return what ``/readyz`` asks: the warehouse answers, it holds figures, and whether a scheduler is at work."""

    def ask() -> Mapping[str, Any]:
        stamp = warehouse.stamp()
        lease = warehouse.lease(LEASE)
        alive = lease is not None and lease.expires_at > datetime.now(UTC)
        return {
            "ready": stamp > 0,
            "warehouse": warehouse.dialect,
            "newest_recorded_at": _said(stamp),
            "newest_reading_at": _said(warehouse.reading_stamp()),
            "scheduler": {"alive": alive, "until": lease.expires_at if lease else None},
        }

    return ask


def _said(stamp: int) -> str | None:
    return datetime.fromtimestamp(stamp / 1e6, UTC).isoformat() if stamp > 0 else None
