"""The straight line and the scheduler's books on each engine of the warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.entry import lease_name
from ingest.pipeline import run
from ingest.rota import recover, run_due
from ingest.schedule import ticks
from ingest.sources.hk_immigration_daily import SOURCE
from tests.ingest.making import crossing_days

pytestmark = pytest.mark.engine
DAILY = "bcp_passengers_daily"


def test_the_same_story_on_every_engine(warehouse, tools, publisher, clock):
    tools = replace(tools, warehouse=warehouse)
    assert [report.status for report in run_due(SOURCE, tools, ticks)] == ["loaded"]
    meeting = clock()
    lines = [*crossing_days(4), "04-01-2025,Lo Woo,Arrival,1,2,3,6,"]
    lines[0] = lines[0].replace("1000,500,7,1507,", "1001,500,7,1508,")
    publisher.says(lines)
    clock.move(days=1)
    (report,) = run_due(SOURCE, tools, ticks)
    assert (report.status, report.new, report.unchanged, report.quarantined) == ("partial", 13, 35, 3)
    seen, now = (
        warehouse.history([DAILY], as_of=at)["value"].sum()
        for at in (meeting, datetime(2100, 1, 1, tzinfo=UTC))
    )
    assert now - seen == 1  # the revision; the new day counts as known since January
    assert run(SOURCE, tools).status == "unchanged"
    publisher.says(b"<html></html>")
    assert run(SOURCE, tools).status == "failed"
    token = warehouse.acquire_lease(lease_name(SOURCE.id), "elsewhere", timedelta(seconds=60))
    run_id = warehouse.open_run(SOURCE.id, trigger="schedule", logical_time=clock.move(hours=12), token=token)
    assert recover(tools) == []
    warehouse.release_lease(lease_name(SOURCE.id), token)
    assert [entry.run_id for entry in recover(tools)] == [run_id]
