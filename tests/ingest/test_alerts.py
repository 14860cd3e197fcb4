"""What somebody should look at: each occasion once, and nothing when all is well."""

from __future__ import annotations

from datetime import timedelta

from ingest.alerts import alerts
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from metrics.warehouse.entries import Suspect

KNOWN = {SOURCE.id: SOURCE}


def told(store, at) -> dict[str, tuple[str, str]]:
    return {one.kind: (one.subject, one.mark) for one in alerts(store, KNOWN)(at)}


def test_a_sound_source_is_no_reason_to_look(tools, publisher, clock, store):
    run(SOURCE, tools)
    day = clock.now.replace(year=2025, month=1, day=4)
    assert told(store, day) == {}


def test_a_source_overdue_is_one_occasion_until_newer_data_come(tools, publisher, clock, store):
    run(SOURCE, tools)
    first = told(store, clock.now)["source_late"]
    assert told(store, clock.now + timedelta(days=3))["source_late"] == first
    publisher.says_days(30)
    run(SOURCE, tools)
    assert told(store, clock.now)["source_late"] != first


def test_a_spell_of_failing_is_one_occasion(tools, publisher, clock, store):
    run(SOURCE, tools)
    publisher.says(b"<html>not a table</html>")
    run(SOURCE, tools)
    first = told(store, clock.now)["run_failed"]
    publisher.says(b"<html>still not</html>")
    run(SOURCE, tools)
    assert told(store, clock.now)["run_failed"] == first
    publisher.says_days(4)
    run(SOURCE, tools)
    assert "run_failed" not in told(store, clock.now)


def test_what_waits_is_said_once_a_day(tools, store, clock):
    for n in range(3):
        store.quarantine([Suspect(source_id=SOURCE.id, rule="range", said="x", row={"n": n})], "run")
    (alert,) = alerts(store, KNOWN)(clock.now)
    assert (alert.kind, alert.told["n"], alert.mark) == ("quarantine_waiting", 3, "2025-05-15")
    (later,) = alerts(store, KNOWN)(clock.now + timedelta(hours=13))
    assert later.mark == "2025-05-16"


def test_a_scheduler_that_is_gone_is_said_after_a_while_and_one_that_never_was_is_not(store, clock):
    assert told(store, clock.now) == {}
    store.acquire_lease("scheduler", "one", timedelta(seconds=1))
    expires = store.lease("scheduler").expires_at
    assert "scheduler_gone" not in told(store, expires + timedelta(minutes=4))
    assert told(store, expires + timedelta(minutes=6))["scheduler_gone"][0] == "scheduler"
