"""What alarms go by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.gauges import gauges
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from metrics.warehouse.entries import Suspect


def test_the_gauges_say_state_age_and_what_waits(tools, publisher, store):
    run(SOURCE, tools)
    store.acquire_lease("scheduler", "one", timedelta(seconds=40))
    store.quarantine([Suspect(source_id=SOURCE.id, rule="range", said="x", row={})], "run")
    found = {fact.name: fact for fact in gauges(store, {SOURCE.id: SOURCE})()}
    assert 30 < found["gba_scheduler_lease_seconds"].values[()] <= 40
    assert found["gba_quarantine_waiting"].values == {(SOURCE.id,): 1.0}
    assert found["gba_source_state"].values == {(SOURCE.id, "late"): 1.0}
    newest = found["gba_newest_recorded_timestamp_seconds"].values[()]
    assert abs(datetime.now(UTC).timestamp() - newest) < 600
    data_to = found["gba_source_data_to_timestamp_seconds"].values[(SOURCE.id,)]
    due = found["gba_source_due_timestamp_seconds"].values[(SOURCE.id,)]
    assert due - data_to == SOURCE.fresh_within.total_seconds()


def test_an_empty_warehouse_has_its_gauges_too(store):
    found = {fact.name: fact for fact in gauges(store, {SOURCE.id: SOURCE})()}
    assert found["gba_scheduler_lease_seconds"].values == {(): 0.0}
    assert found["gba_source_state"].values == {(SOURCE.id, "never"): 1.0}
    assert found["gba_source_data_to_timestamp_seconds"].values == {}
