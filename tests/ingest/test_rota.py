"""One source's duty, by a clock that the test sets."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.due import due
from ingest.entry import lease_name
from ingest.holder import this_process
from ingest.pipeline import run
from ingest.report import RunReport
from ingest.rota import asked, recover, run_asked, run_due
from ingest.schedule import ticks
from ingest.sources.hk_immigration_daily import SOURCE

TICK = datetime(2025, 5, 15, 0, 30, tzinfo=UTC)


def ends(tools) -> list[tuple[str, str]]:
    entries = sorted(tools.warehouse.runs(SOURCE.id), key=lambda e: (e.logical_time, e.attempt))
    return [(entry.logical_time[8:16], entry.status) for entry in entries if entry.trigger == "schedule"]


def look(tools) -> list[str]:
    return [report.status for report in run_due(SOURCE, tools, ticks)]


def test_a_logical_time_is_planned_started_and_finished_once(tools, publisher, clock):
    assert look(tools) == ["loaded"]
    assert look(tools) == []
    assert ends(tools) == [("15T00:30", "loaded"), ("15T12:30", "planned")]
    clock.now = TICK + timedelta(hours=12)
    assert look(tools) == ["unchanged"]
    assert ends(tools)[1] == ("15T12:30", "unchanged")
    entry = next(e for e in tools.warehouse.runs(SOURCE.id) if e.status == "unchanged")
    assert entry.planned_at <= entry.started_at <= entry.ended_at


def test_missed_runs_are_seen_recorded_and_made_good_by_the_newest(tools, publisher, clock):
    look(tools)
    clock.move(days=1, hours=12)
    assert look(tools) == ["unchanged"]
    assert ends(tools)[:4] == [
        ("15T00:30", "loaded"),
        ("15T12:30", "missed"),
        ("16T00:30", "missed"),
        ("16T12:30", "unchanged"),
    ]


def test_a_source_whose_runs_each_count_makes_each_good(tools, publisher, clock):
    each = replace(SOURCE, makes_good="all")
    run_due(each, tools, ticks)
    clock.move(days=1)
    assert len(run_due(each, tools, ticks)) == 2
    assert "missed" not in dict(ends(tools)).values()


def test_a_clock_that_jumps_back_and_forth_runs_nothing_twice(tools, publisher, clock):
    clock.now = TICK + timedelta(minutes=1)
    assert look(tools) == ["loaded"]
    for hours in (-1, 1, -1, 1):
        clock.move(hours=hours)
        assert look(tools) == []


def test_a_failed_run_is_tried_again_after_a_while_and_not_for_ever(tools, publisher, clock):
    yearly = replace(SOURCE, schedule="0 0 1 1 *")
    clock.now = datetime.now(UTC)  # ends are written by the warehouse's own clock
    publisher.file.unlink()
    seen = []
    for _ in range(6):
        seen += [[report.status for report in run_due(yearly, tools, ticks)]]
        clock.move(minutes=10, seconds=30)
    assert seen == [["failed"], [], ["failed"], ["failed"], [], []]


@pytest.fixture
def dead() -> str:
    words = "from ingest.holder import this_process; print(this_process('run'))"
    gone = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    return gone.stdout.strip()


def left_open(tools, holder: str, stage: str = "load") -> str:
    token = tools.warehouse.acquire_lease(lease_name(SOURCE.id), holder, timedelta(minutes=10))
    run_id = tools.warehouse.open_run(SOURCE.id, trigger="schedule", logical_time=TICK, token=token)
    tools.warehouse.start_stage(run_id, stage)
    return run_id


def test_a_run_left_open_by_a_dead_process_is_closed_as_recovered_and_done_once(tools, publisher, dead):
    run_id = left_open(tools, dead)
    assert [entry.run_id for entry in recover(tools)] == [run_id]
    entry = tools.warehouse.run(run_id)
    assert (entry.status, entry.stage) == ("recovered", "load")
    assert "in the stage load" in entry.error
    assert look(tools) == ["loaded"]
    assert ends(tools)[:2] == [("15T00:30", "recovered"), ("15T00:30", "loaded")]
    assert recover(tools) == []


def test_a_run_in_hand_is_left_alone(tools, publisher):
    left_open(tools, this_process("run"))
    assert recover(tools) == []
    assert look(tools) == []


def test_a_planned_run_is_not_recovered(tools, publisher):
    tools.warehouse.plan_run(SOURCE.id, trigger="schedule", logical_time=TICK)
    assert recover(tools) == []


def test_a_run_recovered_after_a_newer_one_was_done_is_not_silently_missed(tools, publisher, clock, dead):
    left_open(tools, dead)
    clock.move(hours=12)
    assert look(tools) == ["loaded"]
    recover(tools)
    look(tools)
    assert ends(tools)[:3] == [("15T00:30", "recovered"), ("15T00:30", "missed"), ("15T12:30", "loaded")]


def test_where_each_run_counts_a_recovered_one_is_run_after_all(tools, publisher, clock, dead):
    each = replace(SOURCE, makes_good="all")
    left_open(tools, dead)
    clock.move(hours=12)
    run_due(each, tools, ticks)
    recover(tools)
    run_due(each, tools, ticks)
    assert ends(tools)[:3] == [("15T00:30", "recovered"), ("15T00:30", "unchanged"), ("15T12:30", "loaded")]


def test_a_long_absence_is_written_down_as_one_gap_and_a_hundred_times(tools, publisher, clock):
    often = replace(SOURCE, schedule="*/10 * * * *")
    run_due(often, tools, ticks)
    clock.move(days=3)
    run_due(often, tools, ticks)
    missed = [entry for entry in tools.warehouse.runs(SOURCE.id, limit=200) if entry.status == "missed"]
    assert len(missed) == 100
    gap = min(missed, key=lambda entry: entry.logical_time)
    assert gap.logical_time == "2025-05-15T04:10:00+00:00"
    until = "2025-05-17T11:20:00+00:00"
    assert gap.detail["missed_until"] == until
    assert gap.detail["said"] == [{"key": "missed_until", "args": {"until": until}}]
    assert "2025-05-17 11:20 UTC" in gap.error
    times = sorted(entry.logical_time for entry in missed)
    assert times[1] == "2025-05-17T11:30:00+00:00"


def test_a_logical_time_that_ends_its_process_each_time_is_given_up(tools, publisher, dead):
    for _ in range(6):
        left_open(tools, dead)
        recover(tools)
    assert look(tools) == []
    assert [status for _, status in ends(tools)[:7]] == [*["recovered"] * 6, "missed"]
    (given_up,) = [entry for entry in tools.warehouse.runs(SOURCE.id) if entry.status == "missed"]
    assert "given up" in given_up.error


def test_what_somebody_else_did_meanwhile_is_not_written_down_as_missed(tools, publisher, clock, monkeypatch):
    look(tools)
    clock.move(days=1)
    behind = due(SOURCE, TICK, clock(), ticks)
    run(SOURCE, tools, trigger="schedule", logical_time=behind.missed[0])
    monkeypatch.setattr("ingest.rota.due", lambda *_: behind)
    look(tools)
    assert ends(tools)[:3] == [("15T00:30", "loaded"), ("15T12:30", "unchanged"), ("16T00:30", "unchanged")]


def test_past_versions_do_not_crowd_out_what_the_schedule_has_done(tools, publisher, clock):
    look(tools)
    for number in range(260):
        past = TICK - timedelta(days=300, minutes=number)
        tools.warehouse.end_run(
            tools.warehouse.open_run(SOURCE.id, trigger="backfill", logical_time=past), "loaded"
        )
    assert look(tools) == []


def test_where_each_run_counts_a_later_one_does_not_pass_over_one_that_somebody_has_in_hand(
    tools, publisher, clock, monkeypatch
):
    each = replace(SOURCE, makes_good="all")
    run_due(each, tools, ticks)
    clock.move(days=1)
    asked = []

    def held_by_another(source, tools, *, logical_time, **_more):
        asked.append(logical_time)
        return RunReport(source_id=source.id, status="busy")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("ingest.rota.run", held_by_another)
        run_due(each, tools, ticks)
    assert asked == [TICK + timedelta(hours=12)]
    assert len(run_due(each, tools, ticks)) == 2


def test_from_the_first_look_on_every_logical_time_is_owed(tools, publisher, clock, monkeypatch):
    def dies(*_words, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as first:
        first.setattr("ingest.rota.run", dies)
        with pytest.raises(KeyboardInterrupt):
            look(tools)
    assert ends(tools) == [("15T00:30", "planned")]
    clock.move(days=1)
    assert look(tools) == ["loaded"]
    assert ends(tools)[:3] == [("15T00:30", "missed"), ("15T12:30", "missed"), ("16T00:30", "loaded")]


def test_what_is_planned_already_is_not_planned_again(tools, publisher, clock, monkeypatch):
    look(tools)
    monkeypatch.setattr(type(tools.warehouse), "plan_run", None)
    assert look(tools) == []


def test_what_was_asked_for_and_nobody_took_up_is_given_up_after_an_hour(tools, clock):
    clock.now = datetime.now(UTC)
    run_id = tools.warehouse.plan_run(SOURCE.id, trigger="hand", logical_time=clock())
    recover(tools)
    assert tools.warehouse.run(run_id).status == "planned"
    clock.move(minutes=61)
    assert asked(tools) == []
    recover(tools)
    over = tools.warehouse.run(run_id)
    assert (over.status, over.detail["said"]) == ("missed", [{"key": "not_taken", "args": {}}])


def test_a_run_asked_for_does_not_stand_in_for_one_by_the_calendar(tools, publisher, clock):
    clock.now = datetime.now(UTC)
    tools.warehouse.plan_run(SOURCE.id, trigger="hand", logical_time=clock())
    (wanted,) = asked(tools)
    assert run_asked(SOURCE, wanted, tools).status == "loaded"
    (report,) = run_due(SOURCE, tools, ticks)
    assert report.status == "unchanged"
