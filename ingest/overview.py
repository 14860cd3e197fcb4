"""The state of the warehouse and its sources, for ``status``: as values for programs, as text for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ingest.proposals import RULE
from ingest.source import Source
from ingest.watch import LEASE, Health, health
from metrics.warehouse.values import HONG_KONG

STATES = {
    "on_time": "on time",
    "late": "late",
    "never": "nothing yet",
    "not_configured": "not configured",
}


def overview(warehouse: Any, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Return warehouse, scheduler, sources and quarantine as plain values; instants are aware."""
    now = datetime.now(UTC)
    lease = warehouse.lease(LEASE)
    everything = warehouse.quarantined()
    proposed = everything["rule"].eq(RULE)
    held = everything[~proposed]
    return {
        "warehouse": {
            "engine": warehouse.dialect,
            "newest_recorded_at": _instant(warehouse.stamp()),
            "newest_reading_at": _instant(warehouse.reading_stamp()),
        },
        "scheduler": {
            "alive": lease is not None and lease.expires_at > now,
            "holder": lease.holder if lease else None,
        },
        "sources": [_source(one, held) for one in health(warehouse, sources, now)],
        "quarantine": len(held),
        "proposals": int(proposed.sum()),
    }


def _instant(stamp: int) -> datetime | None:
    return datetime.fromtimestamp(stamp / 1e6, UTC) if stamp > 0 else None


def _source(one: Health, held: Any) -> dict[str, Any]:
    return {
        "id": one.source.id,
        "state": one.state,
        "form_confirmed": one.source.confirmed,
        "data_to": one.data_to,
        "last_run": _run(one.last),
        "last_good_run": _run(one.good),
        "next_run": one.next_at,
        "quarantined": int(held["source_id"].eq(one.source.id).sum()),
    }


def _run(run: Any) -> dict[str, Any] | None:
    if run is None:
        return None
    return {"at": run.ended_at, "status": run.status, "counts": dict(run.counts), "error": run.error}


def overview_text(found: Mapping[str, Any], zone: ZoneInfo = HONG_KONG) -> str:
    """Return *found* as lines for a person who reads the clock of *zone*."""
    store, scheduler = found["warehouse"], found["scheduler"]
    newest = _clock(store["newest_recorded_at"], zone) or "nothing recorded yet"
    at_work = f"at work ({scheduler['holder']})" if scheduler["alive"] else "not at work"
    head = [f"Warehouse  {store['engine']}, newest {newest}", f"Scheduler  {at_work}"]
    head.append(f"Quarantine {found['quarantine']:,} waiting for a person")
    if found["proposals"]:
        head.append(f"Proposals  {found['proposals']:,} milestones waiting for a person")
    rows = [("source", "state", "data to", "last run", "what it said", "next run")]
    rows += [_row(one, zone) for one in found["sources"]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([*head, "", *lines])


def _row(one: Mapping[str, Any], zone: ZoneInfo) -> tuple[str, ...]:
    last = one["last_run"] or {}
    said = last.get("status", "never run")
    unsure = "" if one["form_confirmed"] else " (form not yet confirmed)"
    return (
        one["id"],
        STATES[one["state"]] + unsure,
        _clock(one["data_to"], zone) or "-",
        _clock(last.get("at"), zone) or "-",
        said,
        _clock(one["next_run"], zone) or "-",
    )


def _clock(instant: datetime | None, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M") if instant else ""
