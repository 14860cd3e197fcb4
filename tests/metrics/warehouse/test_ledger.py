from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from metrics.warehouse.entries import AlreadyRun, WarehouseError
from metrics.warehouse.ledger import logical_text, new_run_id
from tests.metrics.warehouse.made import DAY, MAY

pytestmark = pytest.mark.engine


def opened(warehouse, logical=MAY, trigger="schedule", **more) -> str:
    return warehouse.open_run("made", trigger=trigger, logical_time=logical, **more)


def test_a_run_tells_its_whole_story(warehouse):
    run_id = opened(warehouse, token=7)
    warehouse.start_stage(run_id, "parse")
    run = warehouse.run(run_id)
    assert (run.status, run.stage, run.token, run.attempt, run.trigger) == (
        "started",
        "parse",
        7,
        1,
        "schedule",
    )
    assert run.logical_time == MAY.isoformat()
    warehouse.end_run(run_id, "failed", {"read": 3, "new": 0}, error="column missing")
    run = warehouse.run(run_id)
    assert (run.status, run.stage, run.error) == ("failed", "parse", "column missing")
    assert run.counts == {"read": 3, "new": 0}
    assert run.planned_at <= run.started_at <= run.ended_at
    assert run.ended_at.tzinfo is UTC
    assert warehouse.run("nobody") is None


@pytest.mark.parametrize("status", ["loaded", "unchanged", "partial"])
def test_a_logical_time_that_is_done_is_not_run_again(warehouse, status):
    warehouse.end_run(opened(warehouse), status)
    with pytest.raises(AlreadyRun, match=status):
        opened(warehouse)
    opened(warehouse, MAY + DAY)


@pytest.mark.parametrize("status", ["failed", "not_configured", "recovered", "missed"])
def test_a_logical_time_without_effect_may_be_tried_again(warehouse, status):
    warehouse.end_run(opened(warehouse), status)
    again = opened(warehouse)
    assert warehouse.run(again).attempt == 2


def test_a_run_in_hand_is_not_started_a_second_time_until_it_is_recovered(warehouse):
    run_id = opened(warehouse)
    with pytest.raises(AlreadyRun, match="started"):
        opened(warehouse)
    assert [run.run_id for run in warehouse.unfinished_runs()] == [run_id]
    warehouse.end_run(run_id, "recovered")
    assert warehouse.unfinished_runs() == []
    opened(warehouse)


@pytest.mark.parametrize("trigger", ["hand", "replay"])
def test_by_hand_and_in_a_replay_the_same_payload_may_be_read_again(warehouse, trigger):
    for _ in range(3):
        warehouse.end_run(opened(warehouse, "ab" * 32, trigger), "unchanged")
    assert [run.attempt for run in warehouse.runs("made")] == [3, 2, 1]


def test_a_planned_run_is_the_one_that_is_started(warehouse):
    planned = warehouse.plan_run("made", trigger="schedule", logical_time=MAY)
    assert warehouse.plan_run("made", trigger="schedule", logical_time=MAY) == planned
    assert warehouse.run(planned).status == "planned"
    assert opened(warehouse) == planned
    assert warehouse.run(planned).status == "started"


def test_a_run_ends_once_and_only_in_known_ways(warehouse):
    run_id = opened(warehouse)
    with pytest.raises(ValueError, match="expected one of loaded"):
        warehouse.end_run(run_id, "done")
    with pytest.raises(WarehouseError, match="open it before"):
        warehouse.end_run("nobody", "failed")
    warehouse.end_run(run_id, "failed")
    with pytest.raises(AlreadyRun):
        warehouse.end_run(run_id, "loaded")
    assert warehouse.run(run_id).status == "failed"
    with pytest.raises(ValueError, match="trigger"):
        opened(warehouse, MAY + DAY, "whim")


def test_the_newest_runs_come_first_of_one_source_or_of_all(warehouse):
    for number in range(4):
        warehouse.open_run(f"s{number % 2}", trigger="hand", logical_time=f"hash{number}")
    assert [run.logical_time for run in warehouse.runs(limit=3)] == ["hash3", "hash2", "hash1"]
    assert [run.logical_time for run in warehouse.runs("s0")] == ["hash2", "hash0"]


def test_the_same_instant_in_another_zone_is_the_same_logical_time():
    hong_kong = MAY.astimezone(timezone(timedelta(hours=8)))
    assert logical_text(hong_kong) == logical_text(MAY)
    assert logical_text("ab12") == "ab12"


def test_run_ids_are_short_differ_and_sort_by_time():
    first, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    ids = {new_run_id(first) for _ in range(100)}
    assert len(ids) == 100
    assert max(ids) < new_run_id(later)
    assert all(len(run_id) <= 16 for run_id in ids)


def test_a_done_logical_time_is_not_planned_again(warehouse):
    warehouse.end_run(opened(warehouse), "loaded")
    with pytest.raises(AlreadyRun, match="loaded"):
        warehouse.plan_run("made", trigger="schedule", logical_time=MAY)


def test_a_past_version_and_a_scheduled_run_of_one_instant_are_two_things(warehouse):
    for trigger in ("schedule", "backfill"):
        warehouse.end_run(opened(warehouse, trigger=trigger), "loaded")
        with pytest.raises(AlreadyRun, match="loaded"):
            opened(warehouse, trigger=trigger)
    assert [run.trigger for run in warehouse.runs("made")] == ["backfill", "schedule"]
    assert [run.trigger for run in warehouse.runs("made", triggers=("schedule",))] == ["schedule"]


def test_what_a_run_changed_is_kept_with_it(warehouse):
    run_id = opened(warehouse)
    detail = {"difference": {"changed": 1, "examples": ["深圳 1 → 2"]}}
    with warehouse.loading(run_id) as loading:
        loading.end_run("loaded", {"new": 1}, detail=detail)
    assert warehouse.run(run_id).detail == detail
    failed = opened(warehouse, MAY + DAY)
    warehouse.end_run(failed, "failed")
    assert warehouse.run(failed).detail == {}


def test_runs_are_told_by_how_they_ended(warehouse):
    for number, status in enumerate(("loaded", "failed", "failed", "unchanged")):
        run_id = opened(warehouse, MAY + number * DAY)
        warehouse.end_run(run_id, status)
    ends = [run.status for run in warehouse.runs("made", statuses=("loaded", "unchanged"))]
    assert ends == ["unchanged", "loaded"]
    loaded = warehouse.runs("made", statuses=("loaded",))[0]
    first = warehouse.first_after("made", loaded.ended_at, ("failed",))
    assert first.logical_time == (MAY + DAY).isoformat()
    assert warehouse.first_after("made", None, ("failed",)).run_id == first.run_id
    assert warehouse.first_after("made", None, ("recovered",)) is None


def test_what_people_asked_for_waits_until_somebody_starts_it(warehouse):
    before = datetime.now(UTC) - timedelta(minutes=1)
    warehouse.plan_run("made", trigger="schedule", logical_time=MAY)
    run_id = warehouse.plan_run("made", trigger="hand", logical_time=MAY + DAY)
    assert [run.run_id for run in warehouse.asked_for(before)] == [run_id]
    assert warehouse.asked_for(datetime.now(UTC) + timedelta(minutes=1)) == []
    assert opened(warehouse, MAY + DAY, trigger="hand") == run_id
    assert warehouse.asked_for(before) == []


def test_the_mark_of_the_ledger_differs_with_each_plan_start_and_end(warehouse):
    marks = [warehouse.ledger_mark()]
    run_id = warehouse.plan_run("made", trigger="schedule", logical_time=MAY)
    marks.append(warehouse.ledger_mark())
    opened(warehouse)
    marks.append(warehouse.ledger_mark())
    warehouse.end_run(run_id, "failed")
    marks.append(warehouse.ledger_mark())
    assert len(set(marks)) == 4
    assert warehouse.ledger_mark() == marks[-1]
