"""A run's page in the ledger."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.entry import Entry, lease_name
from ingest.errors import ShapeError
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from tests.ingest.making import payload

DAILY = "bcp_passengers_daily"
EVER = datetime(2100, 1, 1, tzinfo=UTC)


def test_a_paused_runs_late_write_is_refused_once_another_took_over(tools, publisher):
    name = lease_name(SOURCE.id)

    def usurped(_source: str, stage: str) -> None:
        if stage == "load":
            tools.warehouse.release_lease(name, tools.warehouse.lease(name).token)
            tools.warehouse.acquire_lease(name, "another", timedelta(minutes=1))

    report = run(SOURCE, replace(tools, step=usurped))
    assert (report.status, report.new) == ("failed", 0)
    assert "another" in report.message
    assert tools.warehouse.history([DAILY], as_of=EVER).empty
    assert tools.warehouse.runs(SOURCE.id)[0].stage == "load"


def test_a_source_that_is_being_run_by_another_is_left_to_it(tools, publisher, clock):
    tools.warehouse.acquire_lease(lease_name(SOURCE.id), "another", timedelta(minutes=1))
    report = run(SOURCE, tools, trigger="schedule", logical_time=clock())
    assert (report.status, report.failed) == ("busy", 0)
    assert "held by another" in report.message
    assert tools.warehouse.runs(SOURCE.id) == []


def test_a_refused_payload_is_counted_said_and_kept_for_people(tools):
    entry = Entry(SOURCE, tools, "hand")
    with entry.held():
        entry.open("x")
        entry.refuse(ShapeError("expected a, found b", row=3, raw="b,1"), payload(b"b"))
    assert (entry.counts["failed"], entry.message) == (1, "row 3: expected a, found b")
    (held,) = tools.warehouse.quarantined().to_dict("records")
    assert held["record"] == {"payload": payload(b"b").sha256, "raw": "b,1", "row": 3}
    assert not tools.warehouse.payload_seen(payload(b"b").sha256)


def test_a_message_is_one_line_and_a_bug_has_its_traceback_in_the_log(tools, caplog):
    caplog.set_level(logging.ERROR, "ingest")
    entry = Entry(SOURCE, tools, "hand")
    try:
        raise ValueError("first\nsecond")
    except ValueError as error:
        entry.fail(error)
    assert entry.report().message == "ValueError: first second"
    assert "Traceback" in caplog.text


def test_a_ledger_that_is_away_does_not_hide_what_failed(tools, monkeypatch):
    def away(*_args, **_more):
        raise OSError("gone")

    monkeypatch.setattr(type(tools.warehouse), "open_run", away)
    entry = Entry(SOURCE, tools, "hand")
    entry.fail(ShapeError("expected a"))
    report = entry.report()
    assert report.status == "failed"
    assert "expected a" in report.message
    assert "the ledger could not be written" in report.message


@pytest.mark.parametrize("opened", [True, False])
def test_a_run_is_opened_once(tools, opened):
    entry = Entry(SOURCE, tools, "hand")
    with entry.held():
        for _ in range(2 if opened else 1):
            entry.open("x")
    assert len(tools.warehouse.runs(SOURCE.id)) == 1
