"""What pages are told of the feeds, and a run that is asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from ingest import rota
from ingest.feeds import Feeds
from ingest.pipeline import run
from ingest.schedule import LEASE
from ingest.sources.hk_immigration_daily import SOURCE


@pytest.fixture
def feeds(tools) -> Feeds:
    return Feeds(tools=tools, known={SOURCE.id: SOURCE})


@pytest.fixture
def at_work(tools, clock):
    clock.now = datetime.now(UTC)  # a lease is told by the warehouse's own clock
    tools.warehouse.acquire_lease(LEASE, "somebody", timedelta(minutes=5))


def test_each_run_tells_its_lines_its_difference_and_its_payloads(feeds, tools, publisher, clock):
    publisher.says_days(2)
    run(SOURCE, tools)
    clock.move(hours=1)
    publisher.says_days(3)
    run(SOURCE, tools)
    clock.move(hours=1)
    publisher.says(b"<html>log in</html>")
    run(SOURCE, tools)
    refused, second, first = feeds.runs(SOURCE.id)
    assert ([line.key for line in refused.lines], refused.difference) == (["web_page"], None)
    assert [answer.read_to_end for answer in refused.payloads] == [False]
    assert (second.difference.new, second.difference.changed) == (12, 0)
    example = second.difference.examples["new"][0]
    assert (example.before, example.span, example.unit) == (None, "day", "person-trips/day")
    assert example.after_qualifier == "exact"
    assert len({answer.sha256 for told in (refused, second, first) for answer in told.payloads}) == 3
    assert feeds.run(first.run.run_id).run == first.run
    assert feeds.run("nobody") is None
    assert feeds.last_news(SOURCE.id).run_id == second.run.run_id
    assert [line.key for line in feeds.lines(refused.run)] == ["web_page"]


def test_old_differences_without_qualifiers_can_still_be_told(feeds, tools):
    run_id = tools.warehouse.open_run(SOURCE.id, trigger="hand", logical_time="x")
    old = {"indicator": "a", "place": "b", "breakdown": "", "start": "2025-01-01", "end": "2025-01-01",
           "before": 1.0, "after": 2.0}  # fmt: skip
    detail = {"difference": {"new": 0, "changed": 1, "gone": 0, "examples": {"changed": [old]}}}
    tools.warehouse.end_run(run_id, "failed", detail=detail)
    (told,) = feeds.runs(SOURCE.id)
    assert told.difference.examples["changed"][0].before_qualifier == "exact"


def test_the_next_run_by_calendar_is_no_run_yet(feeds, tools, clock):
    tools.warehouse.plan_run(SOURCE.id, trigger="schedule", logical_time=clock())
    assert feeds.runs(SOURCE.id) == ()
    tools.warehouse.plan_run(SOURCE.id, trigger="hand", logical_time=clock.move(hours=1))
    (waiting,) = feeds.runs(SOURCE.id)
    assert (waiting.run.status, waiting.run.trigger) == ("planned", "hand")


def test_the_mark_differs_with_each_step_of_a_run(feeds, tools, publisher):
    publisher.says_days(2)
    marks = [feeds.mark()]
    run_id = tools.warehouse.plan_run(SOURCE.id, trigger="hand", logical_time="x")
    marks.append(feeds.mark())
    tools.warehouse.open_run(SOURCE.id, trigger="hand", logical_time="x")
    marks.append(feeds.mark())
    tools.warehouse.end_run(run_id, "failed")
    marks.append(feeds.mark())
    assert len(set(marks)) == 4
    assert feeds.mark() == marks[-1]


def test_without_a_scheduler_nothing_is_planned(feeds, tools):
    assert feeds.ask(SOURCE.id).state == "no_scheduler"
    assert tools.warehouse.runs(SOURCE.id) == []


def test_a_run_asked_for_is_planned_once_and_run_by_whoever_schedules(feeds, tools, publisher, at_work):
    publisher.says_days(2)
    assert feeds.ask("nobody").state == "unknown"
    first = feeds.ask(SOURCE.id)
    again = feeds.ask(SOURCE.id)
    assert (first.state, again.state, again.run_id) == ("asked", "waiting", first.run_id)
    assert feeds.asked() == (SOURCE.id,)
    assert tools.warehouse.stamp() == 0  # asking loads nothing
    (wanted,) = rota.asked(tools)
    report = rota.run_asked(SOURCE, wanted, tools)
    assert (report.status, report.run_id) == ("loaded", first.run_id)
    assert (feeds.asked(), rota.asked(tools)) == ((), [])


def test_a_payload_is_told_by_its_sources_and_named_without_anything_of_the_publishers(
    feeds, tools, publisher
):
    publisher.says_days(2)
    run(SOURCE, tools)
    (told,) = feeds.runs(SOURCE.id)
    sha256 = told.payloads[0].sha256
    came = feeds.payload(sha256)
    assert came.sources == (SOURCE.id,)
    assert came.name.startswith("hk_immigration_daily-")
    assert came.name.endswith(f"{sha256[:8]}.csv")
    assert feeds.content(sha256) == publisher.file.read_bytes()
    assert feeds.payload("0" * 64) is None
    assert feeds.content("0" * 64) is None
    assert feeds.content("../../etc/passwd") is None
    assert Feeds(tools=tools, known={}).payload(sha256) is None


def test_what_is_told_of_a_run_can_be_kept_as_json(feeds, tools, publisher):
    publisher.says_days(2)
    run(SOURCE, tools)
    (one,) = tools.warehouse.runs(SOURCE.id)
    assert json.loads(json.dumps(dict(one.detail))) == dict(one.detail)
    assert one.detail["reaches"] == "2025-01-02"
