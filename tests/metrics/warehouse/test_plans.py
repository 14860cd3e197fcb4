from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from metrics.warehouse.plans import EVENTS, MILESTONES, SCOPES, TARGETS, milestone_state
from metrics.warehouse.values import MilestoneEvent, ScopeRow, TargetEvent, start_of_day
from tests.metrics.warehouse.made import DAY, MAY

pytestmark = pytest.mark.engine

DUE = date(2025, 12, 31)


def said(event: str, known: datetime, **more) -> MilestoneEvent:
    return MilestoneEvent(milestone_id="kiosks", work_item=1, event=event, known_at=known, **more)


def state(warehouse, as_of, **more) -> pd.Series:
    return warehouse.milestones(as_of, **more).iloc[0]


def test_an_outcome_learnt_later_does_not_colour_the_past(warehouse):
    learnt = datetime(2026, 2, 1, tzinfo=UTC)
    events = [
        said("announced", MAY, due_on=DUE, owner="DPO"),
        said("missed", learnt, happened_on=date(2026, 1, 1), evidence="paper"),
    ]
    warehouse.append_events(milestones=events, run_id="a")
    before, after = state(warehouse, learnt - DAY), state(warehouse, learnt)
    assert (before["state"], before["evidence"], before["events"]) == ("announced", "", 1)
    assert pd.isna(before["happened_on"])
    assert (after["state"], after["evidence"], after["owner"]) == ("missed", "paper", "DPO")
    assert after["happened_on"] == pd.Timestamp("2026-01-01")
    assert after["due_on"] == pd.Timestamp(DUE)
    assert warehouse.milestones(MAY - DAY).empty


def test_due_dates_that_were_moved_are_told_oldest_first(warehouse):
    dates = [date(2024, 12, 31), date(2025, 6, 30), DUE]
    events = [said("announced", MAY, due_on=dates[0], due_precision="month")]
    events += [said("due_moved", MAY + n * DAY, due_on=dates[n], due_precision="day") for n in (1, 2)]
    warehouse.append_events(milestones=events, run_id="a")
    now = state(warehouse, MAY + 3 * DAY)
    assert now["earlier_due"] == (dates[0], dates[1])
    assert (now["due_on"], now["due_precision"], now["state"]) == (pd.Timestamp(DUE), "day", "announced")
    assert state(warehouse, MAY)["earlier_due"] == ()
    assert now["first_known_at"] == MAY
    assert now["known_at"] == MAY + 2 * DAY


@pytest.mark.parametrize("end", ["happened", "met", "missed", "dropped"])
def test_what_is_said_in_one_instant_counts_in_its_order(end):
    events = [said(event, MAY, due_on=DUE) for event in ("announced", end)]
    rows = [{name: getattr(event, name) for name in MilestoneEvent.__dataclass_fields__} for event in events]
    assert milestone_state(rows)["state"] == end


def test_the_same_events_again_are_no_news_and_a_correction_is_a_newer_recording(warehouse):
    event = said("announced", MAY, due_on=DUE)
    assert warehouse.append_events(milestones=[event, event], run_id="a").new == 1
    frozen = warehouse.stamp()
    assert warehouse.append_events(milestones=[event], run_id="b").new == 0
    mended = said("announced", MAY, due_on=date(2026, 1, 31))
    assert warehouse.append_events(milestones=[mended], run_id="c").new == 1
    assert state(warehouse, MAY)["due_on"] == pd.Timestamp("2026-01-31")
    assert state(warehouse, MAY, stamp=frozen)["due_on"] == pd.Timestamp(DUE)
    assert state(warehouse, MAY)["earlier_due"] == ()
    assert len(warehouse.milestone_events(MAY)) == 1


def test_the_newest_word_on_a_target_counts_and_targets_without_a_date_are_kept(warehouse):
    def target(value, known, due=DUE, **more):
        return TargetEvent(
            indicator_id="stations", place_id="gba", due_on=due, known_at=known, value=value, **more
        )

    events = [target(100.0, MAY), target(120.0, MAY + DAY, baseline=10.0, baseline_on=date(2024, 1, 1)),
              target(5.0, MAY, due=None), target(7.0, MAY, kind="reference")]  # fmt: skip
    assert warehouse.append_events(targets=events, run_id="a").new == 4
    assert warehouse.append_events(targets=events, run_id="b").new == 0
    now = warehouse.targets(MAY + DAY)
    assert now["value"].tolist() == [7.0, 120.0, 5.0]
    assert now["kind"].tolist() == ["reference", "target", "target"]
    assert pd.isna(now["due_on"].iloc[2])
    assert now["baseline_on"].iloc[1] == pd.Timestamp("2024-01-01")
    assert warehouse.targets(MAY)["value"].tolist() == [7.0, 100.0, 5.0]


def test_an_absence_is_in_force_on_its_days_both_inclusive(warehouse):
    rows = [
        ScopeRow(indicator_id="*", place_id="macao", start=date(2024, 3, 28), kind="not_in_scope", why="party"),
        ScopeRow(
            indicator_id="stations", place_id="zhuhai", start=date(2024, 1, 1), end=date(2024, 12, 31),
            kind="not_published", why="none found",
        ),
    ]  # fmt: skip
    warehouse.append_events(scope=rows, run_id="a")

    def places(day):
        return warehouse.scope(start_of_day(day))["place_id"].tolist()

    assert places(date(2024, 1, 1)) == ["zhuhai"]
    assert places(date(2024, 12, 31)) == ["macao", "zhuhai"]
    assert places(date(2025, 1, 1)) == ["macao"]


def test_an_absence_that_ends_is_a_newer_recording_of_it(warehouse):
    row = {
        "indicator_id": "a",
        "place_id": "macao",
        "start": date(2024, 1, 1),
        "kind": "withheld",
        "why": "x",
    }
    warehouse.append_events(scope=[ScopeRow(**row)], run_id="a")
    frozen = warehouse.stamp()
    warehouse.append_events(scope=[ScopeRow(**row, end=date(2024, 6, 30))], run_id="b")
    assert warehouse.scope(MAY).empty
    assert len(warehouse.scope(MAY, stamp=frozen)) == 1


@pytest.mark.parametrize(
    ("ask", "columns"),
    [("milestones", MILESTONES), ("milestone_events", EVENTS), ("targets", TARGETS), ("scope", SCOPES)],
)
def test_frames_of_plans_have_their_columns_and_types_when_empty_and_when_full(warehouse, ask, columns):
    empty = getattr(warehouse, ask)(MAY)
    warehouse.append_events(
        [ScopeRow(indicator_id="a", place_id="b", start=date(2024, 1, 1), kind="withheld", why="x")],
        [said("announced", MAY)],
        [TargetEvent(indicator_id="a", place_id="b", due_on=None, known_at=MAY, value=1.0)],
        run_id="a",
    )
    full = getattr(warehouse, ask)(MAY)
    assert len(full) == 1
    assert list(empty.columns) == list(full.columns) == list(columns)
    kinds = {"day": "datetime64[us]", "instant": "datetime64[us, UTC]"}
    for frame in (empty, full):
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
            name: kinds.get(kind, kind) for name, kind in columns.items()
        }
