"""Schedulers in a storm: ``python -m tests.faults.storm --seconds 600 --seed 1``.

Four schedulers share one warehouse in virtual time, while they are killed, stalled past their leases, have their
clocks set, lose the database and are lied to, and people ask for runs on the pages. Then it is calm for a while, and
the whole history is checked: each logical time, and each run that was asked for, had at most one effect and none is
silently missed; what is stored was true, and the newest is so now.
Each round has a seed of its own; a round that fails prints it, and the same seed tells the same story.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from ingest import rota
from ingest.archive import Archive
from ingest.feeds import ASKED, Feeds
from ingest.lease import TakenError, taken
from ingest.schedule import LEASE, ticks
from ingest.tools import Tools
from metrics.indicators import catalogue
from metrics.warehouse.ledger import EFFECTS
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.faults.lies import DAILY, LEVEL, SOURCES, Net, Publisher
from tests.faults.stage import Actor, DatabaseAway, Door, Stage, Weather

START = datetime(2025, 5, 15, 0, 1, tzinfo=UTC)
CALM = timedelta(hours=2, minutes=30)
EVER = datetime(2100, 1, 1, tzinfo=UTC)
SCHEDULERS = 4
ENDED = frozenset({*EFFECTS, "failed", "missed"})
ANSWERED = ENDED | {"recovered"}  # whoever asked is told to ask again


def scheduler(folder: Path, publisher: Publisher, actor: Actor) -> None:
    """Do what the scheduler's loop does, in virtual time, for as long as this incarnation lives."""
    door = Door(actor)
    tools = Tools(
        warehouse=door,  # type: ignore[arg-type]
        fetch=Net(actor, publisher),  # type: ignore[arg-type]
        archive=Archive(folder / "archive"),
        meanings=catalogue().by_id,
        clock=actor.clock,
        step=lambda *_: actor.point(),
    )
    stage = actor.stage
    while True:
        try:
            token = taken(door, LEASE, actor.holder("scheduler"), seconds=300)  # type: ignore[arg-type]
            _on_duty(stage, actor, tools, token)
        except (TakenError, DatabaseAway):
            actor.rest(stage.chance.uniform(30, 200))


def _on_duty(stage: Stage, actor: Actor, tools: Tools, token: int) -> None:
    while True:
        stage.happened["recovered"] += len(rota.recover(tools))
        for wanted in rota.asked(tools):
            rota.run_asked(SOURCES[wanted.source_id], wanted, tools)
        for source in SOURCES.values():
            try:
                rota.run_due(source, tools, ticks)
            except DatabaseAway:
                continue
        if not stage.calm and stage.chance.random() < stage.weather.clock:
            actor.ahead = timedelta(hours=stage.chance.choice((-1, 0, 0, 1)))
            stage.happened["clocks set"] += 1
        actor.rest(stage.chance.uniform(40, 160))
        if not tools.warehouse.renew_lease(LEASE, token, timedelta(seconds=300)):
            return


def people(folder: Path, actor: Actor) -> None:
    """Ask for runs as on the pages, now and then, until it is calm."""
    stage = actor.stage
    chance = random.Random(f"people {stage.seed}")
    tools = Tools(
        warehouse=stage.warehouse,
        fetch=None,  # type: ignore[arg-type]  who asks runs nothing
        archive=Archive(folder / "archive"),
        meanings=catalogue().by_id,
        clock=lambda: stage.now,
    )
    feeds = Feeds(tools=tools, known=SOURCES)
    while True:
        actor.rest(chance.uniform(300, 2400))
        if not stage.calm and feeds.ask(chance.choice(list(SOURCES))).state == ASKED:
            stage.happened["asked"] += 1


def storm(seed: int, until: timedelta, folder: Path, weather: Weather | None = None) -> Counter[str]:
    """Play one round and check it; returns what happened. Raises AssertionError that says what was not as it must."""
    warehouse = open_warehouse(f"sqlite:///{folder}/warehouse.db")
    warehouse.migrate()
    stage = Stage(start=START, seed=seed, warehouse=warehouse, weather=weather or Weather())
    publisher = Publisher(stage)
    with ExitStack() as patches:
        for patch in _virtual(stage, warehouse):
            patches.enter_context(patch)
        for number in range(SCHEDULERS):
            host = ("north", "south")[number % 2]
            Actor(stage, str(number), host, lambda actor: scheduler(folder, publisher, actor))
        Actor(stage, "people", "web", lambda actor: people(folder, actor))
        try:
            stage.play(START + until)
            stage.quieten()
            stage.play(START + until + CALM)
        finally:
            stage.end()
        check(stage, publisher)
    warehouse.close()
    return stage.happened


def _virtual(stage: Stage, warehouse: Warehouse) -> Iterator[mock._patch]:
    """Yield what puts virtual time, and the actors in place of processes, under the code as it is."""

    def shared_time(_connection: object) -> datetime:
        return stage.now

    def local_time(*_words: object) -> datetime:
        return stage.current.clock()

    def holder(what: str = "") -> str:
        return stage.current.holder(what)

    def is_gone(words: str) -> bool:
        host, _, name, _, life = words.split(" ")[:5]
        (actor,) = (one for one in stage.actors if one.name == name)
        here = host == stage.current.host  # of another machine nothing is known
        return here and not (actor.alive and actor.life == int(life))

    yield mock.patch.object(warehouse.engine, "now", shared_time)
    yield mock.patch("ingest.rota.now", local_time)
    yield mock.patch("ingest.rota.is_gone", is_gone)
    yield mock.patch("ingest.lease.is_gone", is_gone)
    yield mock.patch("ingest.entry.this_process", holder)
    yield mock.patch("ingest.entry._PATIENCE", 0.0)  # waiting for a lease is done in real time
    # a keeper renews in real time; here a run that takes longer than its lease has lost it
    yield mock.patch("ingest.lease._keep")


def check(stage: Stage, publisher: Publisher) -> None:
    """Hold the ledger and the warehouse against what must be."""
    for source in SOURCES.values():
        _check_history(stage, source.id)
        _check_asked(stage, source.id)
    _check_figures(stage, publisher)
    open_runs = [run.run_id for run in stage.warehouse.unfinished_runs() if run.status == "started"]
    assert not open_runs, f"left open: {open_runs}"


def _check_history(stage: Stage, source_id: str) -> None:
    source = SOURCES[source_id]
    by_tick = defaultdict(list)
    gaps = []
    for run in stage.warehouse.runs(source_id, limit=1_000_000, triggers=("schedule",)):
        tick = datetime.fromisoformat(run.logical_time)
        by_tick[tick].append(run)
        if "missed_until" in run.detail:
            gaps.append((tick, datetime.fromisoformat(run.detail["missed_until"])))
    committed = Counter(stage.committed)
    for tick in ticks(source, min(by_tick) - timedelta(seconds=1), stage.now - timedelta(minutes=15)):
        runs = sorted(by_tick.get(tick, ()), key=lambda run: run.attempt)
        if not runs:
            assert any(first <= tick <= last for first, last in gaps), f"{source_id} {tick}: silently missed"
            continue
        told = [run.status for run in runs]
        effects = [run for run in runs if run.status in EFFECTS]
        assert len(effects) <= 1, f"{source_id} {tick}: {told}"
        assert sum(committed[run.run_id] for run in effects) == len(effects), f"{source_id} {tick}: {told}"
        assert effects or told[-1] in ENDED, f"{source_id} {tick}: left as {told}"
        made_good = source.makes_good == "latest" or effects or told[-1] != "missed"
        assert made_good or runs[-1].detail or "given up" in runs[-1].error, f"{source_id} {tick}: {told}"
        stage.happened["logical times"] += 1
        stage.happened["effects" if effects else told[-1]] += 1
    assert not any(number > 1 for number in committed.values())


def _check_asked(stage: Stage, source_id: str) -> None:
    committed = Counter(stage.committed)
    by_time = defaultdict(list)
    for run in stage.warehouse.runs(source_id, limit=1_000_000, triggers=("hand",)):
        by_time[run.logical_time].append(run)
    for asked, runs in by_time.items():
        told = [run.status for run in sorted(runs, key=lambda run: run.attempt)]
        effects = [run for run in runs if run.status in EFFECTS]
        assert len(effects) <= 1, f"{source_id} asked {asked}: {told}"
        assert sum(committed[run.run_id] for run in effects) == len(effects), (
            f"{source_id} asked {asked}: {told}"
        )
        assert effects or told[-1] in ANSWERED, f"{source_id} asked {asked}: left as {told}"
        stage.happened["asked and answered"] += 1


def _check_figures(stage: Stage, publisher: Publisher) -> None:
    truth = publisher.rows(stage.now - timedelta(minutes=15))
    now = publisher.rows(stage.now)
    assert truth == now, "choose a round that does not end on a change"
    frame = stage.warehouse.history([DAILY], as_of=EVER)
    newest = dict(zip(frame["period_end"].dt.date, frame["value"], strict=True))
    assert newest == now, f"the newest view is not the truth: {_apart(newest, now)}"
    said = stage.warehouse.vintages([DAILY], raw=True)
    for day, value in zip(said["period_end"].dt.date, said["value"], strict=True):
        assert value in publisher.ever[day], f"{day}: {value} was never published"
    levels = stage.warehouse.readings([LEVEL])
    assert levels["sum"].le(2 * levels["n"]).all(), "a level that was never published"
    assert levels["n"].le(15).all()


def _apart(found: dict, wanted: dict) -> dict:
    return {
        day: (found.get(day), wanted.get(day))
        for day in {*found, *wanted}
        if found.get(day) != wanted.get(day)
    }


def rounds(seconds: float, seed: int, until: timedelta, most: int = sys.maxsize) -> Counter[str]:
    """Play rounds until the time is over, or *most* logical times were played; say how each went.

    Raises what a round raises.
    """
    logging.getLogger("ingest").setLevel(logging.CRITICAL)
    total: Counter[str] = Counter()
    end = time.monotonic() + seconds
    shared = Path("/dev/shm")  # noqa: S108 - in memory, where there is such a place: a folder of its own is made
    while time.monotonic() < end and total["logical times"] < most:
        with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
            begun = time.monotonic()
            try:
                happened = storm(seed, until, Path(folder))
            except BaseException:
                sys.stdout.write(f"seed {seed}: failed\n")
                raise
        words = ", ".join(f"{number} {what}" for what, number in sorted(happened.items()))
        sys.stdout.write(f"seed {seed}: {time.monotonic() - begun:.0f} s, {words}\n")
        sys.stdout.flush()
        total += happened
        seed += 1
    return total


def main() -> int:
    """Read the words of the command line, play, and print the sum."""
    words = argparse.ArgumentParser(prog="python -m tests.faults.storm", description=__doc__)
    words.add_argument("--seconds", type=float, default=600)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--hours", type=float, default=24, help="virtual time of a round")
    words.add_argument("--ticks", type=int, default=sys.maxsize, help="end after so many logical times")
    told = words.parse_args()
    total = rounds(told.seconds, told.seed, timedelta(hours=told.hours), told.ticks)
    sys.stdout.write(f"all rounds as they must be: {dict(total)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
