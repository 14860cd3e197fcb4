"""What the scheduler does for one source: see what was missed, make good, run; and close what the dead left open."""

from __future__ import annotations

from datetime import datetime, timedelta

from ingest.due import Due, Ticks, due
from ingest.entry import lease_name
from ingest.holder import is_gone
from ingest.pipeline import run
from ingest.report import RunReport
from ingest.source import Source
from ingest.tools import Tools, now
from metrics.warehouse.entries import AlreadyRun, Run

_TRIES = 3
_BETWEEN = timedelta(minutes=20)
_LOOK_BACK = 250


def run_due(source: Source, tools: Tools, ticks: Ticks) -> list[RunReport]:
    """Run *source* for each logical time that is due, after writing down those that were missed."""
    found = now_due(source, tools, ticks)
    for tick in found.missed:
        _write_missed(source, tools, tick)
    reports = [run(source, tools, trigger="schedule", logical_time=tick) for tick in found.run]
    _plan_next(source, tools, ticks)
    return reports


def now_due(source: Source, tools: Tools, ticks: Ticks) -> Due:
    """Return what is due of *source* now: new logical times, else one that failed and may be tried again."""
    past = [
        entry
        for entry in tools.warehouse.runs(source.id, limit=_LOOK_BACK)
        if entry.trigger == "schedule" and entry.status not in {"planned", "recovered"}
    ]
    newest = max(past, key=lambda entry: (_instant(entry), entry.attempt), default=None)
    present = tools.clock()
    found = due(source, _instant(newest) if newest else None, present, ticks)
    if not found.run and newest and _may_try_again(newest, present):
        return Due(run=(_instant(newest),))
    return found


def recover(tools: Tools) -> list[Run]:
    """Close every started run whose process is gone, as recovered, and return them."""
    closed = []
    for entry in tools.warehouse.unfinished_runs():
        if entry.status != "started" or _alive(entry, tools):
            continue
        said = f"its process ended in the stage {entry.stage}; nothing of it was stored, it is run again"
        try:
            tools.warehouse.end_run(entry.run_id, "recovered", error=said)
        except AlreadyRun:
            continue  # it came to its own end meanwhile
        closed.append(entry)
    return closed


def _alive(entry: Run, tools: Tools) -> bool:
    lease = tools.warehouse.lease(lease_name(entry.source_id))
    if lease is None or lease.token != entry.token or lease.expires_at <= now():
        return False
    return not is_gone(lease.holder)


def _may_try_again(newest: Run, now: datetime) -> bool:
    ended = newest.ended_at
    return (
        newest.status == "failed"
        and newest.attempt < _TRIES
        and ended is not None
        and now - ended >= _BETWEEN
    )


def _write_missed(source: Source, tools: Tools, tick: datetime) -> None:
    run_id = tools.warehouse.plan_run(source.id, trigger="schedule", logical_time=tick)
    try:
        tools.warehouse.end_run(
            run_id, "missed", error="no scheduler was there; the newest run makes it good"
        )
    except AlreadyRun:
        return


def _plan_next(source: Source, tools: Tools, ticks: Ticks) -> None:
    present = tools.clock()
    coming = next(ticks(source, present, present + timedelta(days=366)), None)
    if coming is not None:
        tools.warehouse.plan_run(source.id, trigger="schedule", logical_time=coming)


def _instant(entry: Run) -> datetime:
    return datetime.fromisoformat(entry.logical_time)
