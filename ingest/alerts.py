"""What somebody should look at: a source overdue or failing, records that wait, a scheduler that is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ingest.source import Source
from ingest.watch import LEASE, Health, health
from metrics.warehouse.values import HONG_KONG

GONE = timedelta(minutes=5)  # a scheduler that is started again takes its lease back sooner


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One reason to look: *kind* and *subject* say what, *mark* tells one occasion from the next.

    *told* are the facts of it: instants are aware, texts come from sources and ledger.
    """

    kind: str
    subject: str
    mark: str
    told: Mapping[str, Any] = field(default_factory=dict)


def alerts(warehouse: Any, sources: Mapping[str, Source]) -> Callable[[datetime], list[Alert]]:
    """Return a function that tells what somebody should look at, at a given instant; each occasion has one mark."""
    return lambda now: list(_alerts(warehouse, sources, now))


def _alerts(warehouse: Any, sources: Mapping[str, Source], now: datetime) -> Iterator[Alert]:
    for one in health(warehouse, sources, now):
        yield from _of_source(one)
    yield from _waiting(warehouse, now)
    lease = warehouse.lease(LEASE)
    if lease is not None and now - lease.expires_at > GONE:
        yield Alert(
            kind="scheduler_gone",
            subject="scheduler",
            mark=str(lease.token),
            told={"since": lease.expires_at, "holder": lease.holder},
        )


def _of_source(one: Health) -> Iterator[Alert]:
    if one.state == "late" and one.due_by is not None:
        told = {"due": one.due_by, "data_to": one.data_to}
        yield Alert(kind="source_late", subject=one.source.id, mark=one.due_by.date().isoformat(), told=told)
    if one.last is not None and one.last.status == "failed":
        # One word for each spell of failing: it is over when something good has come again.
        mark = one.good.run_id if one.good else "never"
        told = {"at": one.last.ended_at, "error": one.last.error, "good": one.good and one.good.ended_at}
        yield Alert(kind="run_failed", subject=one.source.id, mark=mark, told=told)


def _waiting(warehouse: Any, now: datetime) -> Iterator[Alert]:
    """Yield one word a day for each source of which records wait for a person."""
    for source_id, count in sorted(Counter(warehouse.quarantined(open_only=True)["source_id"]).items()):
        day = now.astimezone(HONG_KONG).date().isoformat()
        yield Alert(kind="quarantine_waiting", subject=source_id, mark=day, told={"n": count})
