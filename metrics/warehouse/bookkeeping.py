"""The warehouse's books: runs, payloads, quarantine, leases and the audit, each call its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from metrics.warehouse import audit, documents, lease, ledger, payloads, quarantine
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import (
    KeptPayload,
    LastFetch,
    Lease,
    PayloadEntry,
    Run,
    RunAnswer,
    Suspect,
)


class Bookkeeping:
    """Holds the engine; ``Warehouse`` is built on it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def read_with(self, ask: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Return what *ask* reads through a connection of its own."""
        with self.engine.sa.connect() as connection:
            return ask(connection, *arguments, **options)

    # Runs

    def plan_run(self, source_id: str, *, trigger: str, logical_time: datetime | str) -> str:
        """Write down that a run is due and return its id."""
        with self.engine.writing("ledger") as connection:
            return ledger.plan_run(connection, source_id, trigger, logical_time, self.engine.now(connection))

    def open_run(
        self, source_id: str, *, trigger: str, logical_time: datetime | str, token: int | None = None
    ) -> str:
        """Start a run and return its id; AlreadyRun when its logical time is done or in hand."""
        with self.engine.writing("ledger") as connection:
            return ledger.open_run(
                connection,
                source_id,
                trigger=trigger,
                logical_time=logical_time,
                token=token,
                now=self.engine.now(connection),
            )

    def start_stage(self, run_id: str, stage: str) -> None:
        """Write down which stage a run has reached."""
        with self.engine.writing("ledger") as connection:
            ledger.start_stage(connection, run_id, stage)

    def end_run(
        self,
        run_id: str,
        status: str,
        counts: Mapping[str, int] | None = None,
        stage: str | None = None,
        error: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Close a run that loaded nothing; one that loads is closed by ``Loading.end_run``."""
        with self.engine.writing("ledger") as connection:
            told = {"counts": counts or {}, "stage": stage, "error": error, "detail": detail}
            ledger.end_run(connection, run_id, status, now=self.engine.now(connection), **told)

    def run(self, run_id: str) -> Run | None:
        """Return one run, or None."""
        return self.read_with(ledger.run, run_id)

    def runs(
        self,
        source_id: str | None = None,
        limit: int = 50,
        *,
        triggers: Sequence[str] = ledger.TRIGGERS,
        statuses: Sequence[str] = (),
    ) -> list[Run]:
        """Return the newest runs of these *triggers*, newest first, and of these ends where any are named."""
        return self.read_with(ledger.runs, source_id, limit, triggers, statuses)

    def first_after(self, source_id: str, after: datetime | None, statuses: Sequence[str]) -> Run | None:
        """Return the first run of a source that ended in one of these ways after an instant, or None."""
        return self.read_with(ledger.first_after, source_id, after, statuses)

    def asked_for(self, since: datetime) -> list[Run]:
        """Return the runs that people asked for since an instant and nobody has started, oldest first."""
        return self.read_with(ledger.asked_for, since)

    def ledger_mark(self) -> tuple[str, int, int]:
        """Return what differs whenever a run was planned, started or ended."""
        return self.read_with(ledger.mark)

    def unfinished_runs(self) -> list[Run]:
        """Return runs planned or started that have not ended, oldest first."""
        return self.read_with(ledger.unfinished_runs)

    # Payloads

    def record_payload(self, entry: PayloadEntry) -> bool:
        """Write down a payload as kept in the archive; return whether it was new."""
        with self.engine.writing("ledger") as connection:
            return payloads.record_payload(connection, entry, self.engine.now(connection))

    def run_payload(self, run_id: str, url: str, **answer: Any) -> None:
        """Write down an answer that was not loaded: a 304, an error, a payload seen before.

        *answer* may have sha256, status, etag, last_modified, read_to_end (default False).
        """
        with self.engine.writing("ledger") as connection:
            row = {"sha256": "", "status": 0, "etag": "", "last_modified": "", "read_to_end": False, **answer}
            row |= {"run_id": run_id, "url": url, "fetched_at": self.engine.now(connection)}
            payloads.run_payload(connection, row)

    def payload(self, sha256: str) -> PayloadEntry | None:
        """Return what is known of a payload, or None."""
        return self.read_with(payloads.payload, sha256)

    def payload_seen(self, sha256: str) -> bool:
        """Say whether some run has read this payload to its end."""
        return self.read_with(payloads.payload_seen, sha256)

    def payloads_of(self, source_id: str) -> list[KeptPayload]:
        """Return the payloads that came of a source, each as it first came, oldest first."""
        return self.read_with(payloads.payloads_of, source_id)

    def brought_figures(self, source_id: str, indicators: Sequence[str]) -> bool:
        """Say whether any vintage of a figure of *indicators* came of a source."""
        return self.read_with(payloads.brought_figures, source_id, indicators)

    def expendable_payloads(self, sources: Sequence[str], before: datetime) -> list[str]:
        """Return the payloads of *sources* alone, all from before *before*, that no decision refers to."""
        return self.read_with(payloads.expendable, sources, before)

    def every_payload(self) -> dict[str, datetime]:
        """Return all payloads there are a record of: SHA-256 -> when it first came."""
        return self.read_with(payloads.every_payload)

    def answers_of(self, run_ids: Sequence[str]) -> list[RunAnswer]:
        """Return the payloads that came in these runs, in the order they came."""
        return self.read_with(payloads.answers_of, run_ids)

    def came_from(self, sha256: str) -> list[tuple[str, datetime, str]]:
        """Return the sources in whose runs a payload came, with when it first did and from which address."""
        return self.read_with(payloads.came_from, sha256)

    def last_fetch(self, url: str, source_id: str | None = None) -> LastFetch | None:
        """Return the newest answer of *url* (to *source_id*) that was read to its end, or None."""
        return self.read_with(payloads.last_fetch, url, source_id)

    # Descriptions

    def documents(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the descriptions of *kind*, "source" or "citation", by name."""
        return self.read_with(documents.documents, kind)

    # Quarantine

    def quarantine(self, suspects: Iterable[Suspect], run_id: str) -> int:
        """Hold back suspect records and return how many are held for the first time."""
        with self.engine.writing("ledger") as connection:
            return quarantine.hold(connection, suspects, run_id, self.engine.now(connection))

    def quarantined(self, *, open_only: bool = True) -> pd.DataFrame:
        """Return what is held, newest first."""
        return self.read_with(quarantine.held_frame, open_only=open_only)

    def quarantine_mark(self) -> tuple[int, int]:
        """Return what differs whenever something was held back or decided."""
        return self.read_with(quarantine.mark)

    def decide_quarantine(self, item: str, *, by: str, what: str, why: str) -> None:
        """Write down a person's decision, "release" or "reject", and why."""
        with self.engine.writing("ledger") as connection:
            now = self.engine.now(connection)
            quarantine.decide(connection, item, by=by, what=what, why=why, now=now)

    # Leases

    def acquire_lease(self, name: str, holder: str, ttl: timedelta) -> int | None:
        """Take the lease and return its number, or None while another holder has it."""
        with self.engine.writing("lease") as connection:
            return lease.acquire(connection, name, holder, ttl, self.engine.now(connection))

    def renew_lease(self, name: str, token: int, ttl: timedelta) -> bool:
        """Prolong the lease held under *token*; False when it has run out or has another holder."""
        with self.engine.writing(None) as connection:
            return lease.renew(connection, name, token, ttl, self.engine.now(connection))

    def release_lease(self, name: str, token: int) -> bool:
        """Give the lease back."""
        with self.engine.writing("lease") as connection:
            return lease.release(connection, name, token)

    def lease(self, name: str) -> Lease | None:
        """Return the lease as it stands, or None when nobody ever held it."""
        return self.read_with(lease.lease, name)

    # Audit

    def append_audit(
        self, *, actor: str, action: str, subject: str, detail: Mapping[str, Any] | None = None
    ) -> int:
        """Add an entry to the audit chain, on disk when this returns, and return its number."""
        with self.engine.writing("audit", durable=True) as connection:
            now = self.engine.now(connection)
            return audit.append_audit(
                connection, actor=actor, action=action, subject=subject, detail=detail or {}, now=now
            )

    def verify_audit(self) -> list[str]:
        """Return what is wrong with the audit chain, naming each entry; an empty list when it is whole."""
        return self.read_with(audit.verify_audit)

    def audit(self, limit: int = 200) -> pd.DataFrame:
        """Return the newest audit entries, newest first."""
        return self.read_with(audit.audit_frame, limit)
