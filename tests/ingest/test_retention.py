"""What retention may remove, and what it never touches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.pipeline import run_payload
from ingest.registry import sources
from ingest.retention import drop_old, readings_only
from metrics.warehouse.entries import Suspect
from tests.ingest.making import crossing_days, immigration_file, payload
from tests.ingest.samples import SAMPLES

LATER = timedelta(days=91)


def loaded(tools, clock):
    """Load a payload of readings and one of figures, then let *LATER* pass."""
    known = sources()
    speeds = SAMPLES["hk_journey_times"]()[0]
    figures = payload(immigration_file(crossing_days(3)), at=clock())
    assert run_payload(known["hk_immigration_daily"], figures, tools).new
    report = run_payload(known["hk_journey_times"], speeds, tools)
    assert report.status == "loaded", report.message
    clock.now = datetime.now(UTC) + LATER  # the ledger goes by the database's own clock
    return known, speeds.sha256, figures.sha256


def test_old_payloads_of_readings_go_and_those_of_figures_stay(tools, clock):
    known, _readings, figures = loaded(tools, clock)
    assert "hk_journey_times" in readings_only(known, tools)
    assert "hk_immigration_daily" not in readings_only(known, tools)
    dropped = drop_old(known, tools, keep_days=90)
    assert (dropped.payloads, dropped.size > 0) == (1, True)
    assert tools.archive.there() == [figures]
    assert drop_old(known, tools, keep_days=90).payloads == 0


def test_young_payloads_stay(tools, clock):
    known, readings, figures = loaded(tools, clock)
    assert drop_old(known, tools, keep_days=92).payloads == 0
    assert sorted(tools.archive.there()) == sorted([readings, figures])


def test_what_waits_in_quarantine_keeps_its_payload(tools, clock):
    known, readings, _ = loaded(tools, clock)
    suspect = Suspect(source_id="hk_journey_times", rule="range", said="x", row={}, payload_sha256=readings)
    tools.warehouse.quarantine([suspect], "run")
    assert drop_old(known, tools, keep_days=90).payloads == 0
