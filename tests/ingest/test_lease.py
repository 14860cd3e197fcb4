"""Leases: kept while held, given back after, taken from the dead, refused to the late."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest

from ingest.holder import this_process
from ingest.lease import TakenError, held, taken
from metrics.warehouse.entries import FenceLost


def test_a_lease_is_given_back(store):
    with held(store, "x", "one"), pytest.raises(TakenError, match="x: held by one, until"):
        taken(store, "x", "two", seconds=5)
    assert taken(store, "x", "two", seconds=5) == 2


def test_a_lease_is_renewed_for_as_long_as_it_is_held(store):
    with held(store, "x", "one", seconds=0.4) as mine:
        time.sleep(1.0)
        assert store.renew_lease("x", mine.fence.token, timedelta(seconds=1))
        assert not mine.lost.is_set()


def test_one_that_waits_gets_it_when_it_is_free(store):
    begun = threading.Event()

    def first() -> None:
        with held(store, "x", "one"):
            begun.set()
            time.sleep(0.4)

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(5)
    with held(store, "x", "two", wait=5) as mine:
        assert mine.fence.token == 2
    thread.join()


def test_the_lease_of_a_dead_process_is_taken_over_at_once(store):
    words = "from ingest.holder import this_process; print(this_process('one'))"
    gone = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert store.acquire_lease("x", gone.stdout.strip(), timedelta(minutes=10)) == 1
    assert taken(store, "x", this_process("two"), seconds=5) == 2


def test_a_lease_that_ran_out_is_noticed_and_its_late_write_refused(store):
    with held(store, "x", "one", seconds=2) as mine:
        store.release_lease("x", mine.fence.token)
        assert taken(store, "x", "two", seconds=30) == 2
        assert mine.lost.wait(5)
        run_id = store.open_run("s", trigger="hand", logical_time="1")
        with pytest.raises(FenceLost), store.loading(run_id, fence=mine.fence):
            pass
    assert store.lease("x").holder == "two"
