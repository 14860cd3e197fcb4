from __future__ import annotations

import threading

import pytest

from tests.metrics.warehouse.made import MAY

pytestmark = pytest.mark.engine


def test_a_logical_time_that_many_schedulers_open_at_once_is_opened_by_one(warehouse):
    from metrics.warehouse.entries import AlreadyRun

    opened, refused = [], []

    def open_it() -> None:
        try:
            opened.append(warehouse.open_run("made", trigger="schedule", logical_time=MAY))
        except AlreadyRun:
            refused.append(1)

    schedulers = [threading.Thread(target=open_it) for _ in range(8)]
    for scheduler in schedulers:
        scheduler.start()
    for scheduler in schedulers:
        scheduler.join()
    assert (len(opened), len(refused)) == (1, 7)
    assert [run.run_id for run in warehouse.runs("made")] == opened


def test_an_answer_that_was_not_loaded_is_written_down_as_not_read(warehouse):
    warehouse.run_payload("r1", "https://example.org/a", status=304, etag="x")
    assert warehouse.last_fetch("https://example.org/a") is None


def test_what_is_read_through_a_connection_of_its_own_gives_it_back(warehouse):
    for _ in range(100):
        assert warehouse.read_with(lambda connection, number: (connection is not None, number), 7) == (
            True,
            7,
        )
