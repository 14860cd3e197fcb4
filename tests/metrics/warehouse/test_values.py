from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.warehouse.values import (
    Counts,
    MilestoneEvent,
    ScopeRow,
    Series,
    TargetEvent,
    breakdown,
    breakdown_parts,
    end_of_day,
    start_of_day,
)
from tests.metrics.warehouse.made import LINE, MAY, figure, reading


def test_a_day_in_hong_kong_begins_and_ends_at_its_own_midnights_whatever_the_machine_s_zone():
    day = date(2025, 5, 15)
    assert start_of_day(day) == datetime(2025, 5, 14, 16, tzinfo=UTC)
    assert end_of_day(day) == start_of_day(date(2025, 5, 16)) - timedelta(microseconds=1)
    assert start_of_day(day).tzinfo is UTC


def test_a_breakdown_has_one_spelling_and_can_be_taken_apart():
    told = breakdown(group="hong_kong_residents", direction="arrival")
    assert told == "direction=arrival;group=hong_kong_residents"
    assert breakdown_parts(told) == {"direction": "arrival", "group": "hong_kong_residents"}
    assert breakdown() == ""
    assert breakdown_parts("") == {}


@pytest.mark.parametrize("value", ["", "a;b", "a=b"])
def test_a_part_of_a_breakdown_that_could_not_be_read_back_is_refused(value):
    with pytest.raises(ValueError, match="rename the part"):
        breakdown(direction=value)


def test_a_series_has_the_same_number_on_every_machine_and_another_for_every_other_name():
    assert LINE.id == 866152510178139218
    others = [
        replace(LINE, **{name: "year" if name == "span" else "other"})
        for name in ("indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit")
    ]
    numbers = {series.id for series in [LINE, *others]}
    assert len(numbers) == 7
    assert all(0 <= number < 1 << 63 for number in numbers)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": math.nan}, "expected a number"),
        ({"value": math.inf}, "expected a number"),
        ({"qualifier": "about"}, "expected one of exact, over"),
        ({"status": "good"}, "expected one of final"),
        ({"tier": "rumour"}, "expected one of official"),
        ({"known_precision": "year"}, "expected one of day"),
        ({"known_at": datetime(2025, 5, 15)}, "no time zone"),  # noqa: DTZ001
        ({"seen_at": datetime(2025, 5, 15)}, "no time zone"),  # noqa: DTZ001
        ({"period_end": date(2025, 3, 31)}, "ends on or after its start"),
    ],
)
def test_an_observation_that_says_something_impossible_is_refused_in_words(wrong, said):
    with pytest.raises(ValueError, match=said):
        replace(figure(1), **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": MAY + timedelta(minutes=7)},
        {"at": MAY.replace(tzinfo=None)},
        {"minutes": 0},
        {"minutes": 1 << 15},
        {"weight": 0.0},
        {"n": 0},
        {"sum": math.nan},
    ],
)
def test_a_reading_that_is_no_quarter_of_an_hour_is_refused(wrong):
    with pytest.raises(ValueError, match=r"reading|no time zone"):
        replace(reading(MAY), **wrong)


def test_unknown_words_of_scope_milestones_and_targets_are_refused():
    with pytest.raises(ValueError, match="scope kind"):
        ScopeRow(indicator_id="*", place_id="macao", start=date(2024, 1, 1), kind="none", why="x")
    with pytest.raises(ValueError, match="milestone event"):
        MilestoneEvent(milestone_id="m", work_item=1, event="late", known_at=MAY)
    with pytest.raises(ValueError, match="qualifier"):
        TargetEvent(indicator_id="a", place_id="b", due_on=None, known_at=MAY, value=1, qualifier="most")
    with pytest.raises(ValueError, match="span"):
        Series(indicator_id="a", place_id="b", span="decade", unit="x")


def test_counts_add_up():
    assert Counts(new=1, unchanged=2) + Counts(new=3) == Counts(new=4, unchanged=2)
