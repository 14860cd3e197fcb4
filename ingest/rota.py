"""What the scheduler does for one source: see what was missed, make good, run; and close what the dead left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.due import Due, Ticks, due
from ingest.entry import lease_name
from ingest.holder import is_gone
from ingest.lines import Line, kept
from ingest.pipeline import run
from ingest.report import RunReport
from ingest.source import Source
from ingest.tools import Tools, now
from metrics.warehouse.entries import AlreadyRun, Run
from metrics.warehouse.ledger import EFFECTS

_TRIES = 3
_BETWEEN = timedelta(minutes=20)
_LOOK_BACK = 250
_MOST_ATTEMPTS = 6
_OPEN = frozenset({"planned", "recovered"})
_MISSED = Line("no scheduler was there; the newest run makes it good", "missed")
_GIVEN_UP = Line(
    f"given up: {_MOST_ATTEMPTS} times the process ended before it was done", "given_up", n=_MOST_ATTEMPTS
)
_NOT_TAKEN = Line("no scheduler took it up within the hour; ask for it again", "not_taken")
ASKED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class _Standing:
    """Holds what was tried, the newest logical time that was dealt with, and what is due."""

    attempts: Mapping[datetime, Sequence[Run]]
    last: datetime | None
    due: Due


def run_due(source: Source, tools: Tools, ticks: Ticks) -> list[RunReport]:
    """Run *source* for each logical time that is due, after writing down those that were missed."""
    standing = _standing(source, tools, ticks)
    found = standing.due
    if found.gap:
        words = Line(
            f"{_MISSED}; nor was one until {found.gap[1]:%Y-%m-%d %H:%M} UTC",
            "missed_until",
            until=found.gap[1].isoformat(),
        )
        _write_missed(source, tools, found.gap[0], words, found.gap[1])
    given_up = {tick for tick in found.run if len(standing.attempts.get(tick, ())) >= _MOST_ATTEMPTS}
    if standing.last is None and found.run:
        _plan(source, tools, found.run[0])  # from here on every logical time is owed
    for tick in sorted({*found.missed, *given_up}):
        _write_missed(source, tools, tick, _GIVEN_UP if tick in given_up else _MISSED)
    reports = _run_in_order(source, tools, [tick for tick in found.run if tick not in given_up])
    # After a clock was set back the logical times up to the newest one are done all the same.
    after = max(filter(None, (standing.last, *found.run, tools.clock())))
    coming = next(ticks(source, after, after + timedelta(days=366)), None)
    if coming is not None and not _is_planned(standing.attempts.get(coming, ())):
        _plan(source, tools, coming)
    return reports


def _run_in_order(source: Source, tools: Tools, due_ticks: Sequence[datetime]) -> list[RunReport]:
    reports: list[RunReport] = []
    for tick in due_ticks:
        reports.append(run(source, tools, trigger="schedule", logical_time=tick))
        # What the ledger knows nothing of is still due: a later logical time must not hide it.
        if not reports[-1].run_id:
            break
    return reports


def now_due(source: Source, tools: Tools, ticks: Ticks) -> Due:
    """Return what is due of *source* now: new logical times, else one that failed and may be tried again."""
    return _standing(source, tools, ticks).due


def _standing(source: Source, tools: Tools, ticks: Ticks) -> _Standing:
    present = tools.clock()  # before the ledger: what somebody does between the two is then not passed over
    attempts = _attempts(source, tools)
    dealt_with = [tick for tick, tried in attempts.items() if not _is_open(tried)]
    last = max(dealt_with, default=None)
    before_first = min(attempts) - timedelta(microseconds=1) if attempts else None
    found = due(source, last or before_first, present, ticks)
    if last is None:
        return _Standing(attempts=attempts, last=None, due=found)
    left = tuple(sorted(tick for tick, tried in attempts.items() if tick < last and _is_open(tried)))
    if source.makes_good == "all":
        found = replace(found, run=(*left, *found.run))
    else:
        found = replace(found, missed=(*left, *found.missed))
    if not found.run and _may_try_again(attempts[last][-1], present):
        found = replace(found, run=(last,))
    return _Standing(attempts=attempts, last=last, due=found)


def _attempts(source: Source, tools: Tools) -> Mapping[datetime, Sequence[Run]]:
    """Return what was tried of each of the newest logical times, first attempts first."""
    tried: dict[datetime, list[Run]] = defaultdict(list)
    for entry in tools.warehouse.runs(source.id, limit=_LOOK_BACK, triggers=("schedule",)):
        tried[datetime.fromisoformat(entry.logical_time)].append(entry)
    return {tick: sorted(found, key=lambda entry: entry.attempt) for tick, found in tried.items()}


def _is_open(tried: Sequence[Run]) -> bool:
    """Tell whether a logical time has still to be dealt with: planned, or left open by a process that ended."""
    return tried[-1].status in _OPEN and not any(entry.status in EFFECTS for entry in tried)


def asked(tools: Tools) -> list[Run]:
    """Return the runs that people asked for on the pages and nobody has taken up yet, oldest first."""
    return tools.warehouse.asked_for(tools.clock() - ASKED_WITHIN)


def run_asked(source: Source, wanted: Run, tools: Tools) -> RunReport:
    """Run *source* as somebody asked for; what asks and what runs are two processes that share the ledger."""
    return run(source, tools, logical_time=datetime.fromisoformat(wanted.logical_time))


def recover(tools: Tools) -> list[Run]:
    """Close every started run whose process is gone, as recovered, and return them."""
    closed = []
    for entry in tools.warehouse.unfinished_runs():
        if entry.status == "planned" and entry.trigger == "hand":
            _give_up(entry, tools)
        if entry.status != "started" or _alive(entry, tools):
            continue
        after = "it is run again" if entry.trigger == "schedule" else "ask for it again"
        words = f"its process ended in the stage {entry.stage}; nothing of it was stored, {after}"
        said = Line(words, "recovered", stage=entry.stage)
        try:
            tools.warehouse.end_run(entry.run_id, "recovered", error=said, detail=kept([said]))
        except AlreadyRun:
            continue  # it came to its own end meanwhile
        closed.append(entry)
    return closed


def _give_up(entry: Run, tools: Tools) -> None:
    if tools.clock() - entry.planned_at <= ASKED_WITHIN:
        return
    try:
        tools.warehouse.end_run(entry.run_id, "missed", error=_NOT_TAKEN, detail=kept([_NOT_TAKEN]))
    except AlreadyRun:
        return  # somebody took it up after all


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


def _write_missed(
    source: Source, tools: Tools, tick: datetime, words: Line, until: datetime | None = None
) -> None:
    try:
        run_id = tools.warehouse.plan_run(source.id, trigger="schedule", logical_time=tick)
        detail = ({"missed_until": until.isoformat()} if until else {}) | kept([words])
        tools.warehouse.end_run(run_id, "missed", error=words, detail=detail)
    except AlreadyRun:
        return  # somebody else has dealt with it meanwhile


def _is_planned(tried: Sequence[Run]) -> bool:
    return bool(tried) and tried[-1].status == "planned"


def _plan(source: Source, tools: Tools, coming: datetime) -> None:
    try:
        tools.warehouse.plan_run(source.id, trigger="schedule", logical_time=coming)
    except AlreadyRun:
        return  # somebody whose clock is ahead has run it
