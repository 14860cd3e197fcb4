"""What a run changes, told in counts and examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.difference import SHOWN, difference_of, differences
from ingest.pipeline import run, run_payload
from ingest.source import Request
from ingest.sources.hk_immigration_daily import SOURCE
from metrics.warehouse.values import Observation, Series
from tests.ingest.making import crossing_days, immigration_file, payload

LOOSE = replace(SOURCE, grows=False)


def told(tools):
    return differences(tools.warehouse, SOURCE.id)[0].difference


def counts(found) -> tuple[int, int, int]:
    return found.new, found.changed, found.gone


def test_a_first_load_is_all_new_with_the_newest_first(tools, publisher):
    run(SOURCE, tools)
    found = told(tools)
    assert counts(found) == (36, 0, 0)
    assert len(found.examples["new"]) == SHOWN
    first = found.examples["new"][0]
    assert (first.indicator, first.end, first.before) == ("bcp_passengers_daily", "2025-01-03", None)
    assert first.after in {1002.0, 1003.0, 500.0, 501.0, 7.0}


def test_a_changed_figure_is_shown_before_and_after(tools, publisher, clock):
    run(SOURCE, tools)
    lines = crossing_days(4)
    lines[0] = lines[0].replace("1000,500,7,1507,", "1001,500,7,1508,")
    publisher.says(lines)
    clock.move(days=1)
    run(SOURCE, tools)
    found = told(tools)
    assert counts(found) == (12, 1, 0)
    (changed,) = found.examples["changed"]
    assert (changed.place, changed.start, changed.before, changed.after) == (
        "hk_lo_wu",
        "2025-01-01",
        1000.0,
        1001.0,
    )


def test_what_left_the_file_is_gone_is_said_and_stays_stored(tools, publisher, clock):
    run(LOOSE, tools)
    publisher.says([line for line in crossing_days(4) if "02-01-2025,Lo Wu" not in line])
    clock.move(days=1)
    report = run(LOOSE, tools)
    found = told(tools)
    assert counts(found) == (12, 0, 6)
    assert {one.end for one in found.examples["gone"]} == {"2025-01-02"}
    assert "6 no longer in the file" in report.message
    assert report.status == "loaded"
    stored = tools.warehouse.history(["bcp_passengers_daily"], as_of=clock())
    assert len(stored) == 48


def test_periods_that_the_file_no_longer_reaches_are_not_gone(tools, publisher, clock):
    run(LOOSE, tools)
    publisher.says(crossing_days(4)[4:])
    clock.move(days=1)
    run(LOOSE, tools)
    assert counts(told(tools)) == (12, 0, 0)


def test_where_only_some_of_the_payloads_came_nothing_counts_as_gone(tools, publisher, clock):
    two = replace(LOOSE, requests=(*LOOSE.requests, Request(url="https://www.example.org/other.csv")))
    run(LOOSE, tools)
    publisher.says([line for line in crossing_days(4) if "02-01-2025,Lo Wu" not in line])
    clock.move(days=1)
    assert run(two, tools).status == "partial"
    assert counts(told(tools)) == (12, 0, 0)


def test_figures_of_others_are_never_gone(tools, publisher, clock):
    series = Series(
        indicator_id="bcp_passengers_daily", place_id="hk_lo_wu", span="day", unit="person-trips/day"
    )
    day = date(2025, 1, 2)
    other = Observation(
        series=series, period_start=day, period_end=day, known_at=clock(), value=1.0, source_id="other"
    )
    tools.warehouse.append([other], run_id="r")
    clock.move(days=1)
    run(SOURCE, tools)
    assert counts(told(tools)) == (36, 0, 0)


def test_the_same_bytes_compare_nothing(tools, publisher):
    run(SOURCE, tools)
    run(SOURCE, tools)
    assert difference_of(tools.warehouse.runs(SOURCE.id)[0]) is None
    assert len(differences(tools.warehouse, SOURCE.id)) == 1


def test_an_older_payload_is_compared_with_what_was_known_then(tools, publisher, clock):
    now = clock()
    changed = crossing_days(3)
    changed[0] = changed[0].replace("1000,500,7,1507,", "990,500,7,1497,")
    run_payload(SOURCE, payload(immigration_file(crossing_days(2)), now - timedelta(days=9)), tools)
    run_payload(SOURCE, payload(immigration_file(changed), now), tools)
    assert counts(told(tools)) == (12, 1, 0)
    between = payload(immigration_file(crossing_days(3)), now - timedelta(days=5))
    run_payload(SOURCE, between, tools, trigger="replay")
    assert counts(told(tools)) == (0, 0, 0)  # against the newest figures one would have changed


def test_a_revert_to_the_bytes_of_before_is_taken(tools, publisher, clock):
    run(SOURCE, tools)
    lines = crossing_days(3)
    lines[0] = lines[0].replace("1000,500,7,1507,", "1001,500,7,1508,")
    for content, new in ((lines, 1), (crossing_days(3), 1), (crossing_days(3), 0)):
        publisher.says(content)
        clock.move(days=1)
        assert run(SOURCE, tools).new == new
