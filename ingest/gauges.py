"""What an operator's alarms go by: the age of the data, the state of each source, what waits for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ingest.source import Source
from ingest.watch import LEASE, health_kept

Labels = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GaugeFact:
    """One gauge: its *name*, what it says, its *labels* and a value for each tuple of their values."""

    name: str
    said: str
    labels: Labels = ()
    values: Mapping[Labels, float] = field(default_factory=dict)


def gauges(warehouse: Any, sources: Mapping[str, Source]) -> Callable[[], list[GaugeFact]]:
    """Return what ``/metrics`` asks of warehouse and sources; the sources' health is up to half a minute old."""
    health = health_kept(warehouse, sources)
    return lambda: list(_facts(warehouse, health(), datetime.now(UTC)))


def _facts(warehouse: Any, health: Any, now: datetime) -> Iterator[GaugeFact]:
    lease = warehouse.lease(LEASE)
    held = (lease.expires_at - now).total_seconds() if lease else 0.0
    yield _one(
        "gba_scheduler_lease_seconds", "Seconds for which a scheduler still holds its lease", max(held, 0)
    )
    yield _one(
        "gba_newest_recorded_timestamp_seconds", "When the newest fact was recorded", warehouse.stamp() / 1e6
    )
    reading = warehouse.reading_stamp() / 1e6
    yield _one("gba_newest_reading_timestamp_seconds", "When the newest reading was recorded", reading)
    waiting = Counter(warehouse.quarantined(open_only=True)["source_id"])
    yield GaugeFact(
        name="gba_quarantine_waiting",
        said="Records that wait for a person",
        labels=("source",),
        values={(one.source.id,): float(waiting.get(one.source.id, 0)) for one in health},
    )
    yield GaugeFact(
        name="gba_source_state",
        said="1 for the state a source is in: on_time, late, never, not_configured",
        labels=("source", "state"),
        values={(one.source.id, one.state): 1.0 for one in health},
    )
    yield _by_source("gba_source_data_to_timestamp_seconds", "End of the newest period", health, "data_to")
    yield _by_source("gba_source_due_timestamp_seconds", "When newer data are due", health, "due_by")
    yield _by_source("gba_source_next_run_timestamp_seconds", "When a source is run next", health, "next_at")


def _one(name: str, said: str, value: float) -> GaugeFact:
    return GaugeFact(name=name, said=said, values={(): float(value)})


def _by_source(name: str, said: str, health: Any, attribute: str) -> GaugeFact:
    found = {(one.source.id,): getattr(one, attribute) for one in health}
    values = {labels: at.timestamp() for labels, at in found.items() if at is not None}
    return GaugeFact(name=name, said=said, labels=("source",), values=values)
