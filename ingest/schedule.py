"""Run the sources when they are due: one scheduler at a time, by its own lease and the run ledger.

APScheduler only says when to look; what is due, and what has been missed, is read from the ledger each time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from ingest import rota
from ingest.holder import this_process
from ingest.lease import Held, TakenError, held
from ingest.retention import drop_old
from ingest.source import Source
from ingest.tools import Tools
from metrics.journal import within
from metrics.warehouse.entries import Run
from metrics.warehouse.values import HONG_KONG

LEASE = "scheduler"
TIDY = "10 4 * * *"  # when nobody looks and few publishers write
log = logging.getLogger("ingest")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Seconds: how long a lease lasts, how often one looks round, how often all sources are asked, how far a
    clock may slip before the jobs are made anew; *jitter* spreads the asking.
    """

    lease: float = 40.0
    beat: float = 5.0
    sweep: float = 60.0
    slip: float = 30.0
    jitter: int = 10
    threads: int = 4


@dataclass(frozen=True, kw_only=True)
class Chore:
    """Other work of the one scheduler: what *work* to do, at the times of a *crontab* line; it may fail."""

    id: str
    crontab: str
    work: Callable[[], Any]


def schedule(
    sources: Mapping[str, Source],
    tools: Tools,
    stop: threading.Event,
    *,
    wait: bool = True,
    pace: Pace | None = None,
    chores: Sequence[Chore] = (),
) -> bool:
    """Run *sources* as they fall due until *stop* is set; then let running ones end, and return True.

    While another scheduler holds the lease this one waits and says who it is, or with *wait* False returns False.
    *chores* are done beside the sources, and tidying the archive is one of them.
    """
    pace = pace or Pace()
    chores = (*chores, Chore(id="tidy", crontab=TIDY, work=partial(_tidy, sources, tools)))
    said = ""
    while not stop.is_set():
        me = this_process(f"scheduler {token_hex(3)}")
        try:
            with held(tools.warehouse, LEASE, me, seconds=pace.lease) as lease:
                log.info("scheduler: running %d sources as %s", len(sources), me)
                said = ""
                _on_duty(sources, tools, stop, lease, pace, chores)
        except TakenError as error:
            if not wait:
                log.error("%s; this one does not start", error)
                return False
            said = _say_once(f"{error.args[0].partition(', until')[0]}; waiting for it to end", said)
            stop.wait(pace.beat)
        except Exception as error:
            said = _say_once(f"scheduler: the warehouse is away ({type(error).__name__}); trying on", said)
            stop.wait(pace.beat)
    return True


def _on_duty(
    sources: Mapping[str, Source],
    tools: Tools,
    stop: threading.Event,
    lease: Held,
    pace: Pace,
    chores: Sequence[Chore],
) -> None:
    _recover(tools)
    jobs = _jobs(sources, tools, pace)
    for chore in chores:
        jobs.add_job(_do, CronTrigger.from_crontab(chore.crontab, timezone=HONG_KONG), [chore], id=chore.id)
    jobs.start()
    clock = _Clock(tools)
    swept = time.monotonic()
    try:
        while not lease.lost.is_set() and not stop.wait(pace.beat):
            _fire_asked(jobs, sources, tools)
            if clock.slipped(pace.slip):
                log.warning("scheduler: the clock was set; asking every source anew")
                _fire(jobs, sources, tools, pace)
            elif time.monotonic() - swept >= pace.sweep:
                _recover(tools)
                _fire(jobs, {key: one for key, one in sources.items() if _is_due(one, tools)}, tools, pace)
                swept = time.monotonic()
    finally:
        jobs.shutdown(wait=True)
    if lease.lost.is_set():
        log.warning("scheduler: the lease was lost; standing back")


def _jobs(sources: Mapping[str, Source], tools: Tools, pace: Pace) -> BackgroundScheduler:
    """Make the jobs anew from the sources; each looks at once for what was missed while nobody was there."""
    jobs = BackgroundScheduler(
        timezone=HONG_KONG,
        executors={"default": ThreadPoolExecutor(pace.threads)},
        # Late is better than never: the ledger knows what has been missed, so no run is dropped for being late.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for source in sources.values():
        jobs.add_job(
            _look,
            _trigger(source, pace.jitter),
            args=[source, tools],
            id=source.id,
            next_run_time=datetime.now(HONG_KONG),
        )
    return jobs


def _tidy(sources: Mapping[str, Source], tools: Tools) -> None:
    dropped = drop_old(sources, tools, keep_days=tools.keep_payloads_days)
    log.info("archive: %d payloads of readings removed, %d bytes freed", dropped.payloads, dropped.size)


def _do(chore: Chore) -> None:
    try:
        chore.work()
    except Exception as error:
        log.warning("%s: failed (%s: %s); done again at its next time", chore.id, type(error).__name__, error)


def _look(source: Source, tools: Tools) -> None:
    try:
        for report in rota.run_due(source, tools, ticks):
            with within(source=source.id, run=report.run_id):
                log.info("%s: %s %s", source.id, report.status, report.message)
    except Exception as error:
        log.warning("%s: could not be looked at (%s: %s)", source.id, type(error).__name__, error)


def _fire(jobs: BackgroundScheduler, sources: Mapping[str, Source], tools: Tools, pace: Pace) -> None:
    for source in sources.values():
        # The whole job anew, because a trigger's next time may lie an hour ahead of a clock set back.
        jobs.add_job(
            _look,
            _trigger(source, pace.jitter),
            args=[source, tools],
            id=source.id,
            next_run_time=datetime.now(HONG_KONG),
            replace_existing=True,
        )


def _fire_asked(jobs: BackgroundScheduler, sources: Mapping[str, Source], tools: Tools) -> None:
    """Start what people asked for on the pages, which themselves never run anything."""
    for wanted in rota.asked(tools):
        if wanted.source_id in sources:
            jobs.add_job(
                _run_asked,
                args=[sources[wanted.source_id], wanted, tools],
                id=wanted.run_id,
                replace_existing=True,
            )


def _run_asked(source: Source, wanted: Run, tools: Tools) -> None:
    try:
        report = rota.run_asked(source, wanted, tools)
        with within(source=source.id, run=report.run_id):
            log.info("%s: as asked: %s %s", source.id, report.status, report.message)
    except Exception as error:
        log.warning("%s: could not be run as asked (%s: %s)", source.id, type(error).__name__, error)


def _is_due(source: Source, tools: Tools) -> bool:
    return bool(rota.now_due(source, tools, ticks).run)


def _recover(tools: Tools) -> None:
    for entry in rota.recover(tools):
        log.warning("%s: run %s of %s recovered", entry.source_id, entry.run_id, entry.logical_time)


def _say_once(words: str, said: str) -> str:
    if words != said:
        log.warning(words)
    return words


class _Clock:
    """Holds where the wall clock stood against the steady one, to notice when somebody sets it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._apart = self._now_apart()

    def _now_apart(self) -> float:
        return self._tools.clock().timestamp() - time.monotonic()

    def slipped(self, seconds: float) -> bool:
        """Tell whether the clock was set by more than *seconds* since this was last asked."""
        apart = self._now_apart()
        moved = abs(apart - self._apart) > seconds
        self._apart = apart
        return moved


def ticks(source: Source, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the source's logical times in (*after*, *until*], oldest first, in UTC."""
    trigger = _trigger(source)
    now = after.astimezone(HONG_KONG) + timedelta(microseconds=1)
    while (tick := trigger.get_next_fire_time(None, now)) is not None and tick <= until:
        yield tick.astimezone(UTC)
        now = tick + timedelta(seconds=1)


def _trigger(source: Source, jitter: int | None = None) -> CronTrigger:
    trigger = CronTrigger.from_crontab(source.schedule, timezone=HONG_KONG)
    trigger.jitter = jitter
    return trigger
