import json
from dataclasses import replace
from zoneinfo import ZoneInfo

from ingest.overview import overview, overview_text
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE

KNOWN = {SOURCE.id: SOURCE, "other": replace(SOURCE, id="other", confirmed=False)}


def test_the_state_is_told_as_values_for_programs(tools, publisher):
    run(SOURCE, tools)
    found = json.loads(json.dumps(overview(tools.warehouse, KNOWN), default=str))
    assert found["warehouse"]["engine"] == "sqlite"
    assert found["scheduler"] == {"alive": False, "holder": None}
    first, second = found["sources"]
    assert (first["id"], first["last_run"]["status"]) == (SOURCE.id, "loaded")
    assert first["last_run"]["counts"] == {"read": 12, "figures": 36, "new": 36}
    assert (second["state"], second["last_run"], second["form_confirmed"]) == ("never", None, False)


def test_the_state_is_told_in_lines_for_people(tools, publisher):
    run(SOURCE, tools)
    lines = overview_text(overview(tools.warehouse, KNOWN)).splitlines()
    assert lines[0].startswith("Warehouse  sqlite, newest 20")
    assert lines[1] == "Scheduler  not at work"
    assert lines[2] == "Quarantine 0 waiting for a person"
    assert lines[5].split()[0] == SOURCE.id
    assert "2025-01-04 00:00" in lines[5]
    assert "nothing yet (form not yet confirmed)" in lines[6]


def test_quarantined_records_are_counted_with_their_source(tools, publisher):
    publisher.says(["01-01-2025,Nowhere,Arrival,1,2,3,6,"])
    run(SOURCE, tools)
    found = overview(tools.warehouse, KNOWN)
    assert found["sources"][0]["quarantined"] == found["quarantine"] == 3


def test_the_clock_is_the_readers(tools, publisher):
    run(SOURCE, tools)
    said = overview_text(overview(tools.warehouse, KNOWN), ZoneInfo("UTC"))
    assert "2025-01-03 16:00" in said
