"""The whole product in a storm, as processes: what befalls it, and what its readers see meanwhile.

Two web servers and a scheduler run as processes over one warehouse. They are killed and paused, the scheduler's clock
is set, the database is kept from everybody, the source lies and revises all its figures at once, people ask for runs
and keep meetings; readers ask both servers all the while. Every figure of the source tells which version of the file
it is of: an answer that holds two is torn. Then it is calm. ``whole_storm`` plays it and checks the whole history.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest.feeds import Feeds
from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.faults.whole_child import OFFSET
from tests.ingest.child import OFTEN, tools_in
from tests.ingest.making import immigration_file
from tests.metrics.warehouse.test_meetings import HELD, deed

ROOT = Path(__file__).resolve().parents[2]
POINTS, DAYS = ("Lo Wu", "Airport"), 12
FIGURES = 3 * 2 * len(POINTS) * DAYS
ANSWER = "/api/v1/observations?indicator=bcp_passengers_daily&limit=10000&from=2025-01-01&to=2025-01-31"
PAGES = ("/_page?path=/&lang=en", "/_page?path=/transport&lang=zh-Hant", "/readyz", "/plain?lang=en")
BASES = (10_000, 5_000, 700)
OFTEN_ENOUGH = 0.4
PATIENCE = 90
PACE = 0.08  # a program that asks more than 1,200 times a minute is asked to wait


def free_ports(many: int) -> list[int]:
    """Return ports at which nobody listens."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(many)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def version_file(version: int) -> bytes:
    """Return the file of a version: every figure of it tells which one it is."""
    lines = []
    for day in range(1, DAYS + 1):
        for point in POINTS:
            for direction in ("Arrival", "Departure"):
                parts = [base + version for base in BASES]
                lines.append(
                    f"{day:02}-01-2025,{point},{direction},{','.join(map(str, parts))},{sum(parts)},"
                )
    return immigration_file(lines)


def versions(values: list[float]) -> set[int]:
    """Return the versions that figures are of."""
    return {int(value - max(base for base in BASES if base <= value)) for value in values}


@dataclass
class Seen:
    """What readers of one server were told: stamps in their order, versions by stamp, states, what was torn."""

    port: int
    stamps: list[int] = field(default_factory=list)
    by_stamp: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    states: Counter[str] = field(default_factory=Counter)
    torn: list[str] = field(default_factory=list)


def read(seen: Seen, over: threading.Event) -> None:
    """Ask one server, one question after another, until it is *over*."""
    turn = 0
    while not over.is_set():
        turn += 1
        for path in (ANSWER, PAGES[turn % len(PAGES)]):
            try:
                status, body = fetched(seen.port, path)
            except (OSError, HTTPException) as error:
                seen.states[type(error).__name__] += 1
                time.sleep(0.1)
                continue
            seen.states[str(status)] += 1
            if path == ANSWER and status == 200:
                _note(seen, json.loads(body))
        time.sleep(PACE)


def fetched(port: int, path: str) -> tuple[int, bytes]:
    """Return the status and the body of one answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def _note(seen: Seen, told: dict[str, Any]) -> None:
    found = versions([row["value"] for row in told["data"]])
    if len(found) > 1 or len(told["data"]) not in {0, FIGURES}:
        seen.torn.append(f"stamp {told['stamp']}: versions {sorted(found)}, {len(told['data'])} figures")
    seen.stamps.append(told["stamp"])
    seen.by_stamp[told["stamp"]] |= found


class Whole:
    """Hold the processes, the source, what has happened and what readers saw."""

    def __init__(self, folder: Path, url: str, seed: int) -> None:
        self.folder, self.url = folder, url
        self.chance = random.Random(seed)
        self.happened: Counter[str] = Counter()
        self.version = 0
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
        """Wait until both servers answer."""
        end = time.monotonic() + PATIENCE
        for one in self.seen:
            while True:
                with suppress(OSError, HTTPException):
                    if fetched(one.port, "/livez")[0] == 200:
                        break
                assert time.monotonic() < end, (self.folder / "processes.log").read_text()[-3000:]
                time.sleep(0.2)

    def workers(self) -> list[int]:
        """Return the processes that answer for the servers' arbiters."""
        found = []
        for name in ("0", "1"):
            pid = self.processes[name].pid
            with suppress(OSError):
                found += [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

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
        (set_clock, 2), (stop_database, 2),
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
        """Let the newest version be there and be loaded, and every run come to its end."""
        (self.folder / OFFSET).write_text("0")
        self.publish()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.ask()
            time.sleep(1)
            open_runs = [
                run for run in self.warehouse.runs(OFTEN.id, limit=20) if run.status in {"planned", "started"}
            ]
            said = self.warehouse.vintages(list(OFTEN.feeds), raw=True)
            if not open_runs and self.version in versions(said["value"].tolist()):
                return
        raise AssertionError(f"version {self.version} was not loaded in {PATIENCE} s: {open_runs}")

    def end(self) -> None:
        """End every process that was started here."""
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGCONT)
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.log.close()
