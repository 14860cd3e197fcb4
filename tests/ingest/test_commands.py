"""What the commands do: run, replay, load tables and the agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ingest import commands
from ingest.errors import NotConfiguredError
from ingest.opening import FIGURE_COLUMNS
from ingest.sources.hk_immigration_daily import SOURCE
from metrics.warehouse.values import end_of_day
from tests.ingest.making import crossing_days

KNOWN = {SOURCE.id: SOURCE}
EVER = datetime(2100, 1, 1, tzinfo=UTC)
LINE = (
    "f1,fiveg_base_stations,{place},2024-12-31,2024-12-31,84000,stations,over,2025-01-20,day,Title,Publisher,"
    ",official,point,as_published,final"
)


@pytest.fixture
def today(tools, clock):
    clock.now = datetime(2026, 11, 1, tzinfo=UTC)
    return tools


def test_sources_are_run_by_name_or_all_of_them(tools, publisher):
    assert [r.status for r in commands.run_sources([SOURCE.id, SOURCE.id], tools, known=KNOWN)] == ["loaded"]
    assert [r.status for r in commands.run_sources(None, tools, known=KNOWN)] == ["unchanged"]


def test_an_unknown_name_is_said_with_those_there_are(tools):
    with pytest.raises(
        commands.UnknownSourceError, match="no source 'nothing'; there are hk_immigration_daily"
    ):
        commands.run_sources(["nothing"], tools, known=KNOWN)
    with pytest.raises(commands.UnknownSourceError, match="no source 'nothing'"):
        commands.replay("nothing", tools, known=KNOWN)


def test_the_opening_is_loaded_once(today):
    first = commands.load_opening(today)
    assert [(r.source_id, r.status, r.new) for r in first[:2]] == [
        ("opening_figures", "loaded", 1161),
        ("opening_passengers", "loaded", 5550),
    ]
    assert (first[2].source_id, first[2].status, first[2].failed) == ("agenda", "loaded", 0)
    stamp = today.warehouse.stamp()
    assert {r.status for r in commands.load_opening(today)} == {"unchanged"}
    assert today.warehouse.stamp() == stamp


def test_the_opening_figures_are_known_from_their_publication(today):
    commands.load_opening(today)
    asked = {"places": ["hk_lo_wu"], "breakdown": "direction=arrival;group=hong_kong_residents"}
    before = today.warehouse.history(["bcp_passengers_monthly"], as_of=end_of_day(date(2025, 5, 31)), **asked)
    after = today.warehouse.history(["bcp_passengers_monthly"], as_of=end_of_day(date(2025, 6, 1)), **asked)
    assert before["period_end"].max().date() == date(2025, 4, 30)
    assert after["period_end"].max().date() == date(2025, 5, 31)


def test_the_agenda_is_in_the_warehouse_with_its_milestones_and_targets(today):
    commands.load_agenda(today)
    assert len(today.warehouse.milestones(EVER)) > 60
    assert len(today.warehouse.targets(EVER)) > 60
    assert not today.warehouse.scope(EVER).empty


def test_a_table_of_figures_is_loaded_and_its_unknown_place_held_back(today, tmp_path):
    file = tmp_path / "mine.csv"
    lines = [",".join(FIGURE_COLUMNS), LINE.format(place="shenzhen"), LINE.format(place="atlantis")]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = commands.load_figures(file, today)
    assert (report.status, report.new, report.quarantined) == ("partial", 1, 1)
    assert "'atlantis'" in report.message
    (row,) = today.warehouse.latest(["fiveg_base_stations"], as_of=EVER).to_dict("records")
    assert (row["place_id"], row["value"], row["qualifier"]) == ("shenzhen", 84000, "over")


def test_a_table_that_is_not_there_is_one_clear_line(today, tmp_path):
    report = commands.load_figures(tmp_path / "none.csv", today)
    assert (report.status, report.failed) == ("failed", 1)
    assert "none.csv: expected a readable table" in report.message


def test_a_replay_reads_the_archive_and_brings_what_a_better_reader_finds(tools, publisher, clock):
    def half(payload):
        return (record for record in SOURCE.parse(payload) if record.place == "hk_lo_wu")

    poor = {SOURCE.id: replace(SOURCE, parse=half)}
    assert commands.run_sources(None, tools, known=poor)[0].new == 18
    publisher.file.unlink()
    clock.move(days=30)
    assert [(r.status, r.new) for r in commands.replay(SOURCE.id, tools, known=KNOWN)] == [("loaded", 18)]
    assert [(r.status, r.new) for r in commands.replay(SOURCE.id, tools, known=KNOWN)] == [("unchanged", 0)]


def test_a_replay_of_revisions_leaves_every_view_as_it_was(tools, publisher, clock):
    commands.run_sources(None, tools, known=KNOWN)
    lines = crossing_days(4)
    lines[0] = lines[0].replace("1000,500,7,1507,", "990,500,7,1497,")
    publisher.says(lines)
    clock.move(days=9)
    commands.run_sources(None, tools, known=KNOWN)
    asked = [clock() - timedelta(days=days) for days in (0, 1, 10)]
    views = [tools.warehouse.history(["bcp_passengers_daily"], as_of=at) for at in asked]
    assert len(commands.replay(SOURCE.id, tools, known=KNOWN)) == 2
    for at, view in zip(asked, views, strict=True):
        again = tools.warehouse.history(["bcp_passengers_daily"], as_of=at)
        assert again["value"].tolist() == view["value"].tolist()


def test_a_payload_lost_from_the_archive_is_said_and_the_others_are_read(tools, publisher):
    commands.run_sources(None, tools, known=KNOWN)
    for file in tools.archive.root.rglob("*.gz"):
        file.unlink()
    (report,) = commands.replay(SOURCE.id, tools, known=KNOWN)
    assert (report.status, report.failed) == ("failed", 1)
    assert "not in the archive" in report.message


def test_errors_have_stages_that_the_ledger_knows():
    assert NotConfiguredError.stage == "fetch"
    assert commands.UnknownSourceError("x").transient is False
