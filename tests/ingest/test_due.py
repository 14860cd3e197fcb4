"""What is due, by a clock that the test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.due import Due, due
from ingest.schedule import ticks
from tests.ingest.making import source

TWICE_A_DAY = source(schedule="30 8,20 * * *")


def hong_kong(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 5, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def test_a_schedule_is_in_hong_kong_time_wherever_the_machine_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", "America/New_York")
    assert list(ticks(TWICE_A_DAY, hong_kong(15, 0), hong_kong(16, 0))) == [
        hong_kong(15, 8, 30),
        hong_kong(15, 20, 30),
    ]


def test_a_logical_time_is_after_the_one_before_and_up_to_now():
    tick = hong_kong(15, 8, 30)
    assert list(ticks(TWICE_A_DAY, tick, tick + timedelta(hours=1))) == []
    assert list(ticks(TWICE_A_DAY, tick - timedelta(seconds=1), tick)) == [tick]


def test_weekdays_by_name_are_those_days():
    fridays = source(schedule="0 9 * * fri")
    assert [tick.day for tick in ticks(fridays, hong_kong(1, 0), hong_kong(31, 0))] == [2, 9, 16, 23, 30]


def test_a_source_that_never_ran_is_due_at_once():
    assert due(TWICE_A_DAY, None, hong_kong(15, 12), ticks) == Due(run=(hong_kong(15, 8, 30),))
    monthly = source(schedule="0 9 1 * *")
    assert due(monthly, None, hong_kong(15, 12), ticks) == Due(run=(hong_kong(1, 9),))


def test_nothing_is_due_twice():
    assert due(TWICE_A_DAY, hong_kong(15, 8, 30), hong_kong(15, 12), ticks) == Due()


def test_of_missed_runs_the_latest_is_made_good_and_the_others_are_seen():
    found = due(TWICE_A_DAY, hong_kong(12, 8, 30), hong_kong(14, 12), ticks)
    assert found.run == (hong_kong(14, 8, 30),)
    assert found.missed == (hong_kong(12, 20, 30), hong_kong(13, 8, 30), hong_kong(13, 20, 30))


def test_a_source_whose_runs_each_count_makes_all_of_them_good():
    each = source(schedule="30 8,20 * * *", makes_good="all")
    found = due(each, hong_kong(13, 8, 30), hong_kong(14, 12), ticks)
    assert found == Due(run=(hong_kong(13, 20, 30), hong_kong(14, 8, 30)))


def test_a_clock_set_back_makes_nothing_due_again():
    assert due(TWICE_A_DAY, hong_kong(15, 8, 30), hong_kong(15, 7, 31), ticks) == Due()


def test_a_clock_set_forward_is_a_missed_run_made_good():
    found = due(TWICE_A_DAY, hong_kong(15, 8, 30), hong_kong(15, 20, 45), ticks)
    assert found == Due(run=(hong_kong(15, 20, 30),))


def test_a_long_absence_stays_bounded():
    often = source(schedule="*/2 * * * *")
    found = due(often, hong_kong(1, 0) - timedelta(days=3000), hong_kong(15, 12), ticks)
    assert found.run == (hong_kong(15, 12),)
    assert len(found.missed) == 99


def test_what_lies_before_the_newest_hundred_is_a_gap_with_its_ends():
    often = source(schedule="*/2 * * * *")
    found = due(often, hong_kong(15, 0), hong_kong(15, 12), ticks)
    assert found.gap == (hong_kong(15, 0, 2), hong_kong(15, 8, 40))
    assert found.missed[0] == hong_kong(15, 8, 42)
    assert due(often, hong_kong(15, 11), hong_kong(15, 12), ticks).gap is None


def test_an_absence_longer_than_a_month_is_a_gap_even_of_a_slow_source():
    found = due(TWICE_A_DAY, hong_kong(15, 8, 30) - timedelta(days=60), hong_kong(15, 12), ticks)
    assert found.gap[0] == hong_kong(15, 20, 30) - timedelta(days=60)
    assert found.gap[1] < found.missed[0]
    assert len(list(ticks(TWICE_A_DAY, found.gap[1], found.missed[0]))) == 1
