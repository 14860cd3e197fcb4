from __future__ import annotations

import multiprocessing
import time
from datetime import timedelta

import pytest

from metrics.warehouse.warehouse import open_warehouse

pytestmark = pytest.mark.engine

MINUTE = timedelta(minutes=1)
NOW = timedelta(0)


def test_a_lease_has_one_holder_and_says_who(warehouse):
    assert warehouse.lease("scheduler") is None
    token = warehouse.acquire_lease("scheduler", "one", MINUTE)
    assert token == 1
    assert warehouse.acquire_lease("scheduler", "two", MINUTE) is None
    held = warehouse.lease("scheduler")
    assert (held.holder, held.token) == ("one", 1)
    assert held.expires_at - held.acquired_at == MINUTE
    assert warehouse.acquire_lease("another", "two", MINUTE) == 1


def test_the_number_grows_with_every_holder_even_after_a_release(warehouse):
    first = warehouse.acquire_lease("scheduler", "one", MINUTE)
    assert warehouse.release_lease("scheduler", first) is True
    second = warehouse.acquire_lease("scheduler", "two", NOW)
    third = warehouse.acquire_lease("scheduler", "three", MINUTE)
    assert (first, second, third) == (1, 2, 3)
    # The same holder come back is another incarnation: what its earlier one still writes is refused.
    assert warehouse.acquire_lease("scheduler", "three", MINUTE) == 4


def test_only_the_holder_prolongs_and_releases_and_not_once_it_ran_out(warehouse):
    token = warehouse.acquire_lease("scheduler", "one", MINUTE)
    assert warehouse.renew_lease("scheduler", token, timedelta(hours=1)) is True
    assert warehouse.lease("scheduler").expires_at - warehouse.lease("scheduler").acquired_at > MINUTE
    assert warehouse.renew_lease("scheduler", token + 1, MINUTE) is False
    assert warehouse.release_lease("scheduler", token + 1) is False
    assert warehouse.renew_lease("scheduler", token, NOW) is True
    assert warehouse.renew_lease("scheduler", token, MINUTE) is False


def grab(url: str, holder: str, rounds: int, out) -> None:
    warehouse = open_warehouse(url)
    for _ in range(rounds):
        token = warehouse.acquire_lease("scheduler", holder, MINUTE)
        if token is not None:
            out.put((time.monotonic(), token, holder, "takes"))
            time.sleep(0.003)
            out.put((time.monotonic(), token, holder, "gives"))
            warehouse.release_lease("scheduler", token)
        time.sleep(0.001)
    warehouse.close()


def test_two_processes_never_hold_one_lease(warehouse, engine_url):
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    grabbers = [context.Process(target=grab, args=(engine_url, name, 30, out)) for name in ("one", "two")]
    for grabber in grabbers:
        grabber.start()
    deadline, events = time.monotonic() + 60, []
    while any(grabber.is_alive() for grabber in grabbers) and time.monotonic() < deadline:
        while not out.empty():
            events.append(out.get())
        time.sleep(0.05)
    while not out.empty():
        events.append(out.get())
    for grabber in grabbers:
        grabber.join(10)
        assert grabber.exitcode == 0
    events.sort()
    assert [event[3] for event in events] == ["takes", "gives"] * (len(events) // 2)
    tokens = [event[1] for event in events if event[3] == "takes"]
    assert tokens == sorted(set(tokens))
    assert {event[2] for event in events} == {"one", "two"}
