"""The whole product in a storm, as processes: what befalls it, and what its readers see meanwhile.

Two web servers and a scheduler run as processes over one warehouse. They are killed and paused, the scheduler's clock
is set, or the scheduler stays away while minutes pass, the database is kept from everybody, the disk is full, the
source lies and revises all its figures at once, people ask for runs and keep meetings; readers ask both servers all
the while. Every figure of the source tells which version of the file it is of: an answer that holds two is torn. Then
it is calm. ``whole_storm`` plays it and checks the whole history.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

import sqlalchemy as sa

from ingest.feeds import Feeds
from metrics.warehouse.entries import Run
from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.faults.full_disk import no_room_for, no_room_in
from tests.faults.whole_child import OFFSET, clock_of
from tests.faults.whole_runs import SETTLED, at, unaccounted
from tests.faults.whole_seen import Seen, fetched, version_file, versions
from tests.ingest.child import OFTEN, tools_in
from tests.metrics.warehouse.test_meetings import HELD, deed

ROOT = Path(__file__).resolve().parents[2]
OFTEN_ENOUGH = 0.4
PATIENCE = 90


def free_ports(many: int) -> list[int]:
    """Return ports at which nobody listens."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(many)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Whole:
    """Hold the processes, the source, what has happened and what readers saw."""

    def __init__(self, folder: Path, url: str, seed: int) -> None:
        self.folder, self.url = folder, url
        self.chance = random.Random(seed)
        self.happened: Counter[str] = Counter()
        self.version = 0
        self.calm_at = datetime.now(UTC)
        self.seen = [Seen(port) for port in free_ports(2)]
        self.processes: dict[str, subprocess.Popen] = {}
        self.warehouse: Warehouse = open_warehouse(url)
        tools = replace(tools_in(folder), warehouse=self.warehouse)
        self.feeds = Feeds(tools=tools, known={OFTEN.id: OFTEN})
        self.file = folder / "mirror" / OFTEN.requests[0].url.removeprefix("https://")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.log = (folder / "processes.log").open("wb")

    def start(self, name: str) -> None:
        """Start a process by name: scheduler, or a server by its number."""
        serve = [str(ROOT / "app.py"), "serve", "--workers", "1", "--port"]
        words = (
            ["-m", "tests.faults.whole_child", str(self.folder), self.url]
            if name == "scheduler"
            else [*serve, str(self.seen[int(name)].port)]
        )
        env = os.environ | {"GBA_VAR": str(self.folder), "GBA_WAREHOUSE": self.url, "GBA_AUTH": "open"}
        self.processes[name] = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=env,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def wait_until_served(self) -> None:
        """Wait until both servers answer and the scheduler has run what was due at first."""
        end = time.monotonic() + PATIENCE
        for one in self.seen:
            while True:
                with suppress(OSError, HTTPException):
                    if fetched(one.port, "/livez")[0] == 200:
                        break
                assert time.monotonic() < end, (self.folder / "processes.log").read_text()[-3000:]
                time.sleep(0.2)
        self.until(lambda: any(run.status in SETTLED for run in self.runs()), "a first run")

    def workers(self) -> list[int]:
        """Return the processes that answer for the servers' arbiters."""
        found = []
        for name in ("0", "1"):
            pid = self.processes[name].pid
            with suppress(OSError):
                found += [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def everybody(self) -> list[int]:
        """Return every process of the product."""
        return [*(process.pid for process in self.processes.values()), *self.workers()]

    def owed(self) -> list[datetime]:
        """Return the logical times, up to now, that have neither a run nor a word that they were missed."""
        return unaccounted(self.runs(), clock_of(self.folder))

    def runs(self) -> list[Run]:
        return self.warehouse.runs(OFTEN.id, limit=100_000)

    # What befalls it

    def publish(self) -> None:
        self.version += 1
        place = self.file.with_suffix(".new")
        place.write_bytes(version_file(self.version))
        place.replace(self.file)

    def lie(self) -> None:
        true = version_file(self.version)
        lies = (b"<!doctype html><title>Sign in</title>", true[: len(true) // 2], b"", os.urandom(300))
        self.file.write_bytes(self.chance.choice(lies))

    def ask(self) -> None:
        self.feeds.ask(OFTEN.id)

    def meet(self) -> None:
        word = replace(HELD, meeting_id=f"m{self.happened['meet']}", known_at=datetime.now(UTC))
        MeetingBook(self.warehouse.engine).say_meeting(word, deed(), datetime.now(UTC))

    def kill_web(self) -> None:
        for pid in self.workers()[: 1 + self.chance.randrange(2)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_scheduler(self) -> None:
        self.processes["scheduler"].kill()
        self.processes["scheduler"].wait()
        self.start("scheduler")

    def pause(self) -> None:
        pid = self.chance.choice([self.processes["scheduler"].pid, *self.workers()])
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            time.sleep(self.chance.choice((0.5, 4.0)))  # the second is longer than the scheduler's lease
            os.kill(pid, signal.SIGCONT)

    def set_clock(self) -> None:
        (self.folder / OFFSET).write_text(str(self.chance.choice((-3600, 0, 0, 3600))))

    def leave(self) -> None:
        """Let minutes pass while no scheduler is there: it is dead, or stands still."""
        stands_still = self.chance.choice((True, False))
        process = self.processes["scheduler"]
        process.send_signal(signal.SIGSTOP if stands_still else signal.SIGKILL)
        away = timedelta(minutes=self.chance.randrange(2, 7))
        newest = max((at(run) for run in self.runs() if run.trigger == "schedule"), default=datetime.now(UTC))
        back = max(newest, clock_of(self.folder)) + away
        (self.folder / OFFSET).write_text(str((back - datetime.now(UTC)).total_seconds()))
        if stands_still:
            process.send_signal(signal.SIGCONT)
        else:
            process.wait()
            self.start("scheduler")
        self.until(lambda: not self.owed(), "said of logical times that passed while no scheduler was there")

    def fill_disk(self) -> None:
        """Let there be no room, at all or for more than a little, while there is much to write."""
        size = self.chance.choice((0, 4096, 1 << 20))
        with no_room_for(self.everybody, size), no_room_in(self.warehouse):
            self.publish()
            with suppress(sa.exc.DBAPIError):
                self.ask()
            time.sleep(self.chance.choice((0.5, 2.0, 4.0)))  # the last is longer than the scheduler's lease

    def stop_database(self) -> None:
        seconds = self.chance.choice((0.5, 3.0))
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20) as held:
                held.execute("BEGIN EXCLUSIVE")
                time.sleep(seconds)
                held.rollback()
            held.close()
            return
        with self.warehouse.engine.sa.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )

    BEFALLS = (
        (publish, 5), (ask, 8), (lie, 2), (meet, 2), (kill_web, 1), (kill_scheduler, 2), (pause, 2),
        (set_clock, 2), (stop_database, 2), (leave, 1), (fill_disk, 2),
    )  # fmt: skip

    def storm(self, seconds: float) -> None:
        """Let something befall it, again and again."""
        deeds, weights = zip(*self.BEFALLS, strict=True)
        # each of them once at least, in an order of chance, then as chance has it
        first = self.chance.sample(deeds, len(deeds))
        end = time.monotonic() + seconds
        while time.monotonic() < end or first:
            deed_ = first.pop() if first else self.chance.choices(deeds, weights)[0]
            try:
                deed_(self)
                self.happened[deed_.__name__] += 1
            except sa.exc.DBAPIError:
                self.happened[f"{deed_.__name__}: database away"] += 1
            time.sleep(self.chance.uniform(0.1, 2 * OFTEN_ENOUGH))

    def calm(self) -> None:
        """Let the newest version be there and be loaded, every run come to its end, and nothing be owed."""
        (self.folder / OFFSET).write_text("0")
        self.publish()
        self.until(self._calmed, f"version {self.version} loaded, no run open and no logical time owed")
        self.calm_at = datetime.now(UTC)

    def _calmed(self) -> bool:
        self.ask()
        time.sleep(1)
        newest = self.warehouse.runs(OFTEN.id, limit=20)
        said = self.warehouse.vintages(list(OFTEN.feeds), raw=True)
        present = clock_of(self.folder)
        is_open = any(run.status in {"planned", "started"} and at(run) <= present for run in newest)
        return not is_open and self.version in versions(said["value"].tolist()) and not self.owed()

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait until something is *done*."""
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, f"not in {PATIENCE} s: {what}"
            time.sleep(0.2)

    def end(self) -> None:
        """End every process that was started here."""
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGCONT)
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.log.close()
