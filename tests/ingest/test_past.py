"""What new figures are compared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.past import newest_count, past_of
from ingest.pipeline import run
from ingest.source import Jump
from ingest.sources.hk_immigration_daily import SOURCE
from tests.ingest.making import crossing_days, record

NAME = (
    "bcp_passengers_daily",
    "hk_lo_wu",
    "direction=arrival;group=hong_kong_residents",
    "as_published",
    "day",
)


def test_before_the_first_load_there_is_no_past(tools, publisher):
    past = past_of(SOURCE, [], tools)
    assert (past.ends, past.records, dict(past.newest), newest_count(SOURCE, tools)) == (None, 0, {}, 0)


def test_the_past_is_the_newest_figure_of_each_series_and_how_many_came(tools, publisher):
    run(SOURCE, tools)
    past = past_of(SOURCE, [], tools)
    assert (past.ends, past.records) == (date(2025, 1, 3), 36)
    assert past.newest[NAME] == (date(2025, 1, 3), 1002)


def test_a_look_that_brought_nothing_still_knows_how_many_there_are(tools, publisher):
    for _ in range(3):
        run(SOURCE, tools)
    assert newest_count(SOURCE, tools) == 36


def test_the_highest_is_looked_up_only_where_a_figure_is_above_the_floor(tools, publisher):
    run(SOURCE, tools)
    jumpy = replace(SOURCE, jump=Jump(factor=2, floor=5000))
    assert past_of(jumpy, [record(value=5000)], tools).highest == {}
    assert past_of(jumpy, [record(value=5001)], tools).highest[NAME] == 1002


def test_a_leap_in_a_later_file_is_held_back(tools, publisher, clock):
    jumpy = replace(SOURCE, jump=Jump(factor=10, floor=5000))
    assert run(jumpy, tools).quarantined == 0
    lines = crossing_days(4)
    lines[12] = lines[12].replace("1003,500,7,1510,", "90003,500,7,90510,")
    publisher.says(lines)
    clock.move(days=1)
    report = run(jumpy, tools)
    assert (report.quarantined, report.new) == (1, 11)
    assert "expected at most 10 times the highest yet (1,002)" in report.message


def test_of_a_past_version_only_the_version_before_it_counts(tools, publisher, clock):
    run(SOURCE, tools)
    for days, figures in ((3, 12), (1, 24), (2, 36)):
        at = clock() - timedelta(days=100 + days)
        run_id = tools.warehouse.open_run(SOURCE.id, trigger="backfill", logical_time=at)
        tools.warehouse.end_run(run_id, "loaded", {"figures": figures})
    past = past_of(SOURCE, [], tools, clock() - timedelta(days=101))
    assert (past.records, past.ends, dict(past.newest)) == (36, None, {})
    assert past_of(SOURCE, [], tools, clock() - timedelta(days=104)).records == 0
