"""The straight line: what it loads, what it refuses, what it says."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import structlog

from ingest.corrections import Correction
from ingest.pipeline import run, run_payload
from ingest.source import Request
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.sources.hk_traffic_news import SOURCE as NEWS
from metrics.warehouse.values import end_of_day
from tests.ingest.making import HEADER, crossing_days, immigration_file, payload

DAILY = "bcp_passengers_daily"
EVER = datetime(2100, 1, 1, tzinfo=UTC)


def figures(tools, as_of=EVER) -> dict[tuple[str, str, date], float]:
    frame = tools.warehouse.history([DAILY], as_of=as_of)
    keys = zip(frame["place_id"], frame["breakdown"], frame["period_end"].dt.date, strict=True)
    return dict(zip(keys, frame["value"], strict=True))


def test_a_file_is_loaded_whole_and_the_ledger_says_so(tools, publisher):
    report = run(SOURCE, tools)
    assert (report.status, report.read, report.new, report.quarantined) == ("loaded", 12, 36, 0)
    (entry,) = tools.warehouse.runs(SOURCE.id)
    assert (entry.status, entry.stage, entry.counts) == (
        "loaded",
        "load",
        {"read": 12, "figures": 36, "new": 36},
    )
    assert len(figures(tools)) == 36


def test_the_same_bytes_again_add_nothing_and_are_said_to_be_unchanged(tools, publisher):
    run(SOURCE, tools)
    before = tools.warehouse.stamp()
    for _ in range(3):
        report = run(SOURCE, tools)
        assert (report.status, report.new, report.unchanged) == ("unchanged", 0, 36)
        assert "unchanged" in report.message
    assert tools.warehouse.stamp() == before


def test_a_longer_file_adds_only_its_news(tools, publisher, clock):
    run(SOURCE, tools)
    publisher.says_days(4)
    clock.move(days=1)
    report = run(SOURCE, tools)
    assert (report.status, report.read, report.new, report.unchanged) == ("loaded", 16, 12, 36)


def test_one_file_of_a_folder_is_one_moment_and_a_new_one_with_the_same_bytes_another(tools, clock):
    file = tools.fetch.mirror / NEWS.requests[0].url.removeprefix("https://")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"<list></list>")
    assert run(NEWS, tools).new == 1
    clock.move(minutes=20)
    again = run(NEWS, tools)
    assert (again.status, again.new, again.unchanged) == ("unchanged", 0, 1)
    os.utime(file, ns=(1, 1))
    assert run(NEWS, tools).new == 1


def test_lines_written_within_a_run_say_its_source_and_its_run(tools, publisher):
    structlog.contextvars.clear_contextvars()
    heard: list[dict[str, str]] = []

    def step(_source: str, _stage: str) -> None:
        heard.append(structlog.contextvars.get_contextvars())

    report = run(SOURCE, replace(tools, step=step), logical_time=tools.clock())
    assert heard
    assert all(one == {"source": SOURCE.id, "run": report.run_id} for one in heard)
    assert structlog.contextvars.get_contextvars() == {}


def test_history_is_known_its_lag_after_each_period_even_in_a_first_load(tools, publisher):
    run(SOURCE, tools)
    frame = tools.warehouse.latest([DAILY], as_of=end_of_day(date(2025, 1, 2)))
    assert set(frame["period_end"].dt.date) == {date(2025, 1, 1)}
    assert tools.warehouse.latest([DAILY], as_of=end_of_day(date(2025, 1, 1))).empty


def test_a_revision_after_the_meeting_does_not_change_what_the_meeting_saw(tools, publisher, clock):
    run(SOURCE, tools)
    meeting = clock()
    lines = crossing_days(3)
    lines[0] = lines[0].replace("1000,500,7,1507,", "1001,500,7,1508,")
    publisher.says(lines)
    clock.move(days=10)
    report = run(SOURCE, tools)
    assert (report.status, report.new) == ("loaded", 1)
    key = ("hk_lo_wu", "direction=arrival;group=hong_kong_residents", date(2025, 1, 1))
    assert figures(tools, meeting)[key] == 1000
    assert figures(tools, clock())[key] == 1001


def test_payloads_in_any_order_give_the_same_views(tools, publisher, clock, tmp_path):
    first = immigration_file(crossing_days(2))
    changed = crossing_days(3)
    changed[0] = changed[0].replace("1000,500,7,1507,", "990,500,7,1497,")
    later = immigration_file(changed)
    key = ("hk_lo_wu", "direction=arrival;group=hong_kong_residents", date(2025, 1, 1))
    early, late = clock(), clock() + timedelta(days=5)
    for content, at in ((later, late), (first, early), (later, late), (first, early)):
        run_payload(SOURCE, payload(content, at), tools, trigger="replay", again=True)
    assert figures(tools, early)[key] == 1000
    assert figures(tools, late)[key] == 990
    assert figures(tools)[key] == 990
    assert len(figures(tools)) == 36


def test_an_unknown_control_point_is_held_back_and_the_rest_loaded(tools, publisher):
    publisher.says([*crossing_days(3), "03-01-2025,Lo Woo,Arrival,1,2,3,6,"])
    report = run(SOURCE, tools)
    assert (report.status, report.read, report.new, report.quarantined) == ("partial", 13, 36, 3)
    assert "'Lo Woo'" in report.message
    assert "\n" not in report.message
    held = tools.warehouse.quarantined()
    assert set(held["rule"]) == {"place"}
    assert held["record"].iloc[0]["row"]["Control Point"] == "Lo Woo"
    assert "row 14" in held["said"].iloc[0]
    assert "Lo Woo" not in {place for place, _, _ in figures(tools)}


def test_the_same_faulty_row_tomorrow_is_the_same_item(tools, publisher, clock):
    publisher.says([*crossing_days(3), "03-01-2025,Lo Woo,Arrival,1,2,3,6,"])
    run(SOURCE, tools)
    lines = crossing_days(4)
    publisher.says([*lines[:12], "03-01-2025,Lo Woo,Arrival,1,2,3,6,", *lines[12:]])
    clock.move(days=1)
    assert run(SOURCE, tools).quarantined == 3
    assert len(tools.warehouse.quarantined()) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (immigration_file(crossing_days(4), HEADER.replace("Total", "Sum")), "missing 'Total'"),
        (immigration_file(crossing_days(4))[:-9], "trailing separator"),
        (immigration_file(crossing_days(2)), "ends on 2025-01-02"),
        (immigration_file(crossing_days(3)[1:]), "has lost rows"),
        (b"<html><head><title>Maintenance</title></head></html>", "web page titled 'Maintenance'"),
        (immigration_file(crossing_days(4)).decode("utf-8-sig").encode("utf-16"), "expected utf-8-sig text"),
        (b"\0" * 1000, "expected the columns"),
    ],
)
def test_a_payload_of_another_form_is_refused_whole_and_the_old_figures_stay(tools, publisher, content, said):
    run(SOURCE, tools)
    before, stamp = figures(tools), tools.warehouse.stamp()
    publisher.says(content)
    report = run(SOURCE, tools)
    assert (report.status, report.failed, report.new) == ("failed", 1, 0)
    assert said in report.message
    assert "\n" not in report.message
    assert (figures(tools), tools.warehouse.stamp()) == (before, stamp)
    entry = tools.warehouse.runs(SOURCE.id)[0]
    assert (entry.status, entry.error) == ("failed", report.message)
    held = tools.warehouse.quarantined()
    assert held["rule"].iloc[0].startswith("payload refused in")
    assert said in held["said"].iloc[0]


def test_after_a_refused_payload_the_good_one_is_loaded_again(tools, publisher):
    publisher.says(b"<html></html>")
    assert run(SOURCE, tools).status == "failed"
    publisher.says_days(3)
    assert run(SOURCE, tools).status == "loaded"


def test_a_refused_payload_is_refused_again_and_not_taken_for_known(tools, publisher):
    publisher.says(b"<html></html>")
    assert [run(SOURCE, tools).status for _ in range(2)] == ["failed", "failed"]
    assert len(tools.warehouse.quarantined()) == 1


def test_a_file_that_really_became_shorter_is_taken_if_a_person_says_so(tools, publisher):
    run(SOURCE, tools)
    publisher.says_days(2)
    assert run(SOURCE, tools).status == "failed"
    assert run(SOURCE, tools, accept_shorter=True).status == "unchanged"
    assert len(figures(tools)) == 36


def test_nobody_there_fails_the_run_and_names_the_address(tools, publisher):
    publisher.file.unlink()
    report = run(SOURCE, tools)
    assert (report.status, report.failed) == ("failed", 1)
    assert "unreachable" in report.message
    assert tools.warehouse.runs(SOURCE.id)[0].stage == "fetch"


def test_one_request_of_two_that_fails_leaves_the_other_loaded(tools, publisher):
    both = replace(SOURCE, requests=(*SOURCE.requests, Request(url="https://www.example.org/other.csv")))
    report = run(both, tools)
    assert (report.status, report.new, report.failed) == ("partial", 36, 1)
    assert "other.csv" in report.message


def test_a_source_without_its_key_is_not_configured_and_has_not_failed(tools, publisher):
    report = run(replace(SOURCE, key_needed=True), tools)
    assert (report.status, report.failed) == ("not_configured", 0)
    assert "GBA_KEY_HK_IMMIGRATION_DAILY" in report.message
    keyed = replace(tools, keys={SOURCE.id: "x"})
    assert run(replace(SOURCE, key_needed=True), keyed).status == "loaded"


def test_a_bug_in_a_source_leaves_this_function_as_a_failed_run(tools, publisher):
    def broken(_payload):
        raise ZeroDivisionError("by nothing")

    report = run(replace(SOURCE, parse=broken), tools)
    assert report.status == "failed"
    assert "ZeroDivisionError: by nothing" in report.message
    assert tools.warehouse.runs(SOURCE.id)[0].stage == "parse"


def test_a_warehouse_that_fails_while_loading_keeps_nothing(tools, publisher, monkeypatch):
    def full(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr("metrics.warehouse.loading.Loading.run_payload", full)
    report = run(SOURCE, tools)
    assert (report.status, report.new) == ("failed", 0)
    assert "disk full" in report.message
    assert figures(tools) == {}
    monkeypatch.undo()
    assert run(SOURCE, tools).status == "loaded"


def test_a_scheduled_logical_time_has_one_effect(tools, publisher, clock):
    assert run(SOURCE, tools, trigger="schedule", logical_time=clock()).status == "loaded"
    again = run(SOURCE, tools, trigger="schedule", logical_time=clock())
    assert again.status == "busy"
    assert [entry.status for entry in tools.warehouse.runs(SOURCE.id)] == ["loaded"]


def test_a_failed_logical_time_may_be_run_again(tools, publisher, clock):
    publisher.says(b"<html></html>")
    assert run(SOURCE, tools, trigger="schedule", logical_time=clock()).status == "failed"
    publisher.says_days(3)
    assert run(SOURCE, tools, trigger="schedule", logical_time=clock()).status == "loaded"


def test_a_known_error_of_the_source_is_put_right_and_said(tools, publisher):
    error = Correction(
        source=SOURCE.id,
        indicator=DAILY,
        place="hk_lo_wu",
        breakdown="direction=arrival;group=other_visitors",
        start=date(2025, 1, 1),
        end=date(2025, 1, 1),
        expect=7,
        value=8,
        reason="misprint",
    )
    report = run(SOURCE, replace(tools, known_errors=(error,)))
    assert "misprint" in report.message
    assert (report.status, report.quarantined) == ("loaded", 0)
    assert figures(tools)["hk_lo_wu", error.breakdown, error.end] == 8


def test_progress_is_told_stage_by_stage(tools, publisher):
    told = []
    run(SOURCE, replace(tools, step=lambda _source, stage: told.append(stage)))
    assert told == ["fetch", "archive", "parse", "check", "load"]


def test_the_same_bytes_by_hand_are_another_reading_where_a_source_tells_no_time(tools, publisher, clock):
    looks = replace(SOURCE, snapshots=True)
    for _ in range(3):
        clock.move(minutes=5)
        assert run(looks, tools).status in {"loaded", "unchanged"}
    times = [entry.logical_time for entry in tools.warehouse.runs(SOURCE.id)]
    assert times[0] == clock().isoformat()
    assert len(set(times)) == 3


def test_two_sources_of_one_address_do_not_take_each_others_bytes_for_known(tools, publisher):
    assert run(SOURCE, tools).status == "loaded"
    report = run(replace(SOURCE, id="another"), tools)
    assert "loaded before" not in report.message
    assert report.read == 12
