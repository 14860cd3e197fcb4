"""One loading: everything that a payload brings, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse import documents, events, ledger, payloads, quarantine, rollups, stamps
from metrics.warehouse.batch import Batch, batches_of
from metrics.warehouse.columns import MICROSECOND, instant_of, microseconds
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import PayloadEntry, Suspect
from metrics.warehouse.store import append_batch
from metrics.warehouse.values import (
    Counts,
    MilestoneEvent,
    Observation,
    Reading,
    ScopeRow,
    TargetEvent,
)


class Loading:
    """An open transaction on the facts; ``Warehouse.loading`` opens and closes it."""

    def __init__(
        self,
        engine: Engine,
        connection: sa.Connection,
        run_id: str,
        *,
        keep_days: int,
        recorded_at: datetime | None = None,
    ) -> None:
        self.run_id = run_id
        self.connection = connection
        self._engine = engine
        self._keep_days = keep_days
        self._now = engine.now(connection)
        before = max(stamps.stamp_of(engine, name, connection) for name in (stamps.FACTS, stamps.READINGS))
        # Strictly after all that is recorded, even where a clock was set back.
        self._used = max(microseconds(recorded_at or self._now) - 1, before)
        self._news: set[str] = set()
        self._answers = 0

    def _next(self) -> int:
        self._used += 1
        return self._used

    def append(self, observations: Iterable[Observation]) -> Counts:
        """Store the observations that are news."""
        counts = Counts()
        for batch in batches_of(observations):
            counts += self.load(batch)
        return counts

    def load(self, batch: Batch) -> Counts:
        """Store the rows of a batch that are news: ``append`` for what is in columns already."""
        if not len(batch):
            return Counts()
        counts, self._used = append_batch(
            self._engine, self.connection, batch, run_id=self.run_id, recorded=self._next()
        )
        self._brought(stamps.FACTS, counts)
        return counts

    def append_readings(self, readings: Iterable[Reading]) -> Counts:
        """Add the source minutes that are new to readings and rollups."""
        counts = rollups.append_readings(
            self._engine, self.connection, list(readings), keep_days=self._keep_days
        )
        self._brought(stamps.READINGS, counts)
        return counts

    def append_events(
        self,
        scope: Iterable[ScopeRow] = (),
        milestones: Iterable[MilestoneEvent] = (),
        targets: Iterable[TargetEvent] = (),
    ) -> Counts:
        """Store scope rows, milestone events and target events that are news."""
        stored = {"run_id": self.run_id, "recorded_at": instant_of(self._next())}
        counts = (
            events.append_scope(self.connection, scope, stored)
            + events.append_milestones(self.connection, milestones, stored)
            + events.append_targets(self.connection, targets, stored)
        )
        self._brought(stamps.FACTS, counts)
        return counts

    def put_documents(self, kind: str, bodies: Mapping[str, Mapping[str, Any]]) -> int:
        """Keep descriptions ("source" or "citation", by name) that are news, and return how many were."""
        now = instant_of(self._next())
        news = documents.put(self.connection, kind, bodies, run_id=self.run_id, now=now)
        self._brought(stamps.FACTS, Counts(new=news))
        return news

    def quarantine(self, suspects: Iterable[Suspect]) -> int:
        """Hold back suspect records and return how many are held for the first time."""
        return quarantine.hold(self.connection, suspects, self.run_id, self._now)

    def record_payload(self, entry: PayloadEntry) -> bool:
        """Write down a payload; return whether it was new."""
        return payloads.record_payload(self.connection, entry, self._now)

    def run_payload(
        self,
        url: str,
        *,
        sha256: str = "",
        status: int = 200,
        etag: str = "",
        last_modified: str = "",
        read_to_end: bool = True,
    ) -> None:
        """Write down one answer of an address within this run."""
        self._answers += 1  # two answers of one address in one run have two instants
        row = {
            "run_id": self.run_id,
            "url": url,
            "fetched_at": self._now + self._answers * MICROSECOND,
            "sha256": sha256,
            "status": status,
            "etag": etag,
            "last_modified": last_modified,
            "read_to_end": read_to_end,
        }
        payloads.run_payload(self.connection, row)

    def start_stage(self, stage: str) -> None:
        """Write down which stage the run has reached."""
        ledger.start_stage(self.connection, self.run_id, stage)

    def end_run(
        self,
        status: str,
        counts: Mapping[str, int] | None = None,
        *,
        stage: str | None = None,
        error: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Close the run together with what it loads."""
        told = {"counts": counts or {}, "stage": stage, "error": error, "detail": detail}
        ledger.end_run(self.connection, self.run_id, status, now=self._now, **told)

    def _brought(self, name: str, counts: Counts) -> None:
        if counts.new:
            self._news.add(name)

    def close(self) -> None:
        """Advance the stamps of what brought news."""
        for name in sorted(self._news):
            stamps.advance(self.connection, name, self._next() if name == stamps.READINGS else self._used)
