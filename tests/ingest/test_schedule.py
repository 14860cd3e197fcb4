"""The scheduler: one at a time, made anew at each start, gone when told to go."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.feeds import Feeds
from ingest.fetch import Fetcher
from ingest.holder import this_process
from ingest.schedule import LEASE, Pace, schedule
from tests.ingest.child import OFTEN

QUICK = Pace(lease=3.0, beat=0.05, sweep=0.2, jitter=0)
KNOWN = {OFTEN.id: OFTEN}


@pytest.fixture
def running(tools, publisher):
    """Run schedulers in threads of this process, and end them."""
    stop, threads = threading.Event(), []

    def start(with_tools=tools, **more) -> threading.Thread:
        thread = threading.Thread(
            target=schedule, args=(KNOWN, with_tools, stop), kwargs={"pace": QUICK, **more}
        )
        threads.append(thread)
        thread.start()
        return thread

    yield start
    stop.set()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def until(true, seconds: float = 15) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def ended(tools) -> list[str]:
    return [entry.status for entry in tools.warehouse.runs(OFTEN.id, limit=200) if entry.ended_at]


def test_a_start_looks_at_every_source_at_once_and_plans_the_next_run(tools, running):
    running()
    until(lambda: "loaded" in ended(tools))
    until(lambda: any(e.status == "planned" for e in tools.warehouse.runs(OFTEN.id)))


def test_a_tick_that_comes_while_it_runs_is_run(tools, running, clock):
    running()
    until(lambda: ended(tools) == ["loaded"])
    clock.move(minutes=1)
    until(lambda: ended(tools) == ["unchanged", "loaded"])


def test_a_clock_set_forward_an_hour_makes_good_the_newest_and_records_the_rest(tools, running, clock):
    running()
    until(lambda: ended(tools) == ["loaded"])
    clock.move(hours=1)
    until(lambda: "unchanged" in ended(tools))
    assert ended(tools).count("missed") == 59
    clock.move(hours=-1)
    time.sleep(0.6)
    assert len(ended(tools)) == 61


def test_one_of_several_schedulers_works_and_each_logical_time_is_run_once(tools, running, clock):
    for _ in range(4):
        running()
    until(lambda: ended(tools) == ["loaded"])
    for number in range(1, 4):
        clock.move(minutes=1)
        until(lambda number=number: len(ended(tools)) == number + 1)
    times = [entry.logical_time for entry in tools.warehouse.runs(OFTEN.id, limit=200)]
    assert len(times) == len(set(times))


def test_a_second_one_that_does_not_wait_refuses_and_says_who_holds_the_lease(tools, caplog):
    holder = this_process("scheduler abc")
    tools.warehouse.acquire_lease(LEASE, holder, timedelta(minutes=1))
    assert schedule(KNOWN, tools, threading.Event(), wait=False) is False
    assert holder in caplog.text


def test_one_that_waits_says_so_once_and_begins_when_it_may(tools, running, caplog):
    token = tools.warehouse.acquire_lease(LEASE, "elsewhere process 1 begun 1", timedelta(minutes=1))
    caplog.set_level(logging.INFO, "ingest")
    running()
    until(lambda: "waiting" in caplog.text)
    time.sleep(0.3)
    assert caplog.text.count("waiting") == 1
    assert ended(tools) == []
    tools.warehouse.release_lease(LEASE, token)
    until(lambda: ended(tools) == ["loaded"])


def test_it_stands_back_when_its_lease_is_lost_and_comes_again(tools, running, caplog):
    caplog.set_level(logging.INFO, "ingest")
    running()
    until(lambda: ended(tools) == ["loaded"])
    tools.warehouse.release_lease(LEASE, tools.warehouse.lease(LEASE).token)
    until(lambda: "standing back" in caplog.text)
    until(lambda: tools.warehouse.lease(LEASE).expires_at > datetime.now(UTC))


def test_a_run_longer_than_its_interval_is_not_run_beside_itself(tools, running, clock, monkeypatch):
    beside, most = [], []
    real = Fetcher.__call__

    def slow(self, *args, **more):
        beside.append(1)
        most.append(len(beside))
        time.sleep(0.7)
        beside.pop()
        return real(self, *args, **more)

    monkeypatch.setattr(Fetcher, "__call__", slow)
    running()
    for _ in range(3):
        time.sleep(0.3)
        clock.move(minutes=1)
    until(lambda: len(most) >= 2)
    assert max(most) == 1


def test_a_warehouse_that_is_away_for_a_while_does_not_end_the_scheduler(tools, running, monkeypatch, caplog):
    running()
    until(lambda: ended(tools) == ["loaded"])
    count = len(ended(tools))

    def away(*_args, **_more):
        raise OSError("connection refused")

    monkeypatch.setattr(type(tools.warehouse), "unfinished_runs", away)
    monkeypatch.setattr(type(tools.warehouse), "acquire_lease", away)
    until(lambda: "the warehouse is away (OSError)" in caplog.text)
    monkeypatch.undo()
    tools.clock.move(minutes=1)
    until(lambda: len(ended(tools)) > count)


def test_it_ends_at_once_when_told_to(tools, publisher):
    stop = threading.Event()
    thread = threading.Thread(target=schedule, args=(KNOWN, tools, stop), kwargs={"pace": QUICK})
    thread.start()
    until(lambda: ended(tools) == ["loaded"])
    begun = time.monotonic()
    stop.set()
    thread.join(10)
    assert time.monotonic() - begun < 5
    assert tools.warehouse.lease(LEASE).expires_at < datetime.now(UTC)


def test_what_somebody_asks_for_on_the_pages_is_run_at_once_and_by_the_scheduler_alone(tools, running):
    feeds = Feeds(tools=replace(tools, clock=lambda: datetime.now(UTC)), known=KNOWN)
    assert feeds.ask(OFTEN.id).state == "no_scheduler"
    running(feeds.tools)
    until(feeds.at_work)
    asked = feeds.ask(OFTEN.id)
    assert asked.state == "asked"
    until(lambda: feeds.run(asked.run_id).run.ended_at is not None)
    over = feeds.run(asked.run_id).run
    assert (over.trigger, over.status in {"loaded", "unchanged"}) == ("hand", True)
    assert feeds.asked() == ()
