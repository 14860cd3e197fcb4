"""How the sources are: what each last brought, whether that is still fresh by its own calendar, what is due next."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from ingest.past import REACHES
from ingest.source import Source
from metrics.warehouse.entries import Run
from metrics.warehouse.values import HONG_KONG

LEASE = "scheduler"
KEEP_SECONDS = 30.0
SOON_SECONDS = 2.0
_LIVE = ("schedule", "hand")
BROUGHT = frozenset({"loaded", "unchanged", "partial"})


@dataclass(frozen=True, kw_only=True)
class Health:
    """One source: *state* is on_time, late, never (brought nothing yet) or not_configured.

    *data_to* is the end of the newest period it brought, *due_by* when the next was to be here; *last* its newest
    run that is over, *good* the newest that brought or confirmed something, *next_at* the next planned, *broken*
    the first that failed since the newest good one, where the last one failed.
    """

    source: Source
    state: str
    data_to: datetime | None
    due_by: datetime | None
    last: Run | None
    good: Run | None
    next_at: datetime | None
    broken: Run | None = None


def health(warehouse: Any, sources: Mapping[str, Source], now: datetime) -> tuple[Health, ...]:
    """Return how each source is at *now* (aware), measured on the data's own periods, not on when we looked."""
    return tuple(_of(warehouse, source, now) for source in sources.values())


def _of(warehouse: Any, source: Source, now: datetime) -> Health:
    runs = warehouse.runs(source.id, limit=60, triggers=_LIVE)
    over = [run for run in runs if run.ended_at is not None and run.status != "missed"]
    good = next((run for run in over if run.status in BROUGHT), None)
    if good is None and len(runs) == 60:  # a source asked every minute may have failed more often than that
        good = next(iter(warehouse.runs(source.id, limit=1, triggers=_LIVE, statuses=sorted(BROUGHT))), None)
    planned = [run for run in runs if run.status == "planned" and run.trigger == "schedule"]
    data_to = newest_data(warehouse, source, good, now) if good else None
    due_by = data_to + source.fresh_within if data_to else None
    failing = bool(over) and over[0].status == "failed"
    return Health(
        source=source,
        state=_state(over[0] if over else None, due_by, now),
        data_to=data_to,
        due_by=due_by,
        last=over[0] if over else None,
        good=good,
        next_at=min((datetime.fromisoformat(run.logical_time) for run in planned), default=None),
        broken=_first_failure(warehouse, source, good) if failing else None,
    )


def _first_failure(warehouse: Any, source: Source, good: Run | None) -> Run | None:
    return warehouse.first_after(source.id, good.ended_at if good else None, ("failed",))


def _state(last: Run | None, due_by: datetime | None, now: datetime) -> str:
    if due_by is not None:
        return "on_time" if now <= due_by else "late"
    return "not_configured" if last is not None and last.status == "not_configured" else "never"


def newest_data(warehouse: Any, source: Source, good: Run, now: datetime) -> datetime | None:
    """Return the end of the newest period that *source* has brought, observation or reading; None for none.

    Figures that were known before, from elsewhere, count too: the run says how far its payload reached.
    Readings carry no source, so they count at most up to *good*, the source's newest good run.
    """
    if not source.feeds:  # it reports no figures: so far it has been read
        return good.ended_at
    indicators = sorted(source.feeds)
    found = []
    if reach := good.detail.get(REACHES):
        found.append(_end_of(date.fromisoformat(reach)))
    figures = warehouse.latest(indicators, as_of=now)
    figures = figures[figures["source_id"].eq(source.id)]
    if len(figures):
        found.append(_end_of(figures["period_end"].max().date()))
    places = sorted({place for fed in source.feeds.values() for place in fed})
    reading = warehouse.newest_reading(indicators, places=places)
    if reading is not None:
        found.append(min(reading, good.ended_at))
    return max(found, default=None)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), clock_time.min, HONG_KONG)


class _Kept:
    """Holds the last answer for a while: it is asked with every page."""

    def __init__(self, ask: Callable[[], Any], mark: Callable[[], Any]) -> None:
        self._ask, self._mark = ask, mark
        self._lock = threading.Lock()
        self._until, self._soon = 0.0, 0.0
        self._marked: Any = None
        self._answer: Any = None

    def __call__(self, fresh: bool = False) -> Any:
        """Return the answer; *fresh* asks anew where the ledger has gone on, though not every moment."""
        with self._lock:
            now = time.monotonic()
            gone_on = fresh and now >= self._soon and self._mark() != self._marked
            if gone_on or now >= self._until:
                self._marked = self._mark()
                self._answer = self._ask()
                self._until, self._soon = now + KEEP_SECONDS, now + SOON_SECONDS
            return self._answer


def health_kept(warehouse: Any, sources: Mapping[str, Source]) -> Callable[..., tuple[Health, ...]]:
    """Return a function that tells the health of *sources*, read anew at most every half a minute.

    With ``fresh=True`` it is read anew within two seconds of a run that was planned, started or ended.
    """
    return _Kept(lambda: health(warehouse, sources, datetime.now(UTC)), warehouse.ledger_mark)


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
