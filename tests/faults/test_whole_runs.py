"""The checks of a storm's ledger would find what they look for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from metrics.warehouse.entries import Run
from tests.faults.whole_runs import ended, unaccounted
from tests.ingest.child import OFTEN

MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
LAST = FIRST + 9 * MINUTE


def run(minute: int, status: str = "unchanged", *, attempt: int = 1, **detail: str) -> Run:
    when = FIRST + minute * MINUTE
    return Run(
        run_id=f"r{minute}-{attempt}", source_id=OFTEN.id, trigger="schedule", logical_time=when.isoformat(),
        attempt=attempt, status=status, stage="", token=1, planned_at=when, started_at=when, ended_at=when,
        detail=detail,
    )  # fmt: skip


def test_a_logical_time_that_nobody_ran_nor_wrote_down_is_found_out() -> None:
    told = [run(minute) for minute in range(10) if minute != 4]
    with pytest.raises(AssertionError, match=r"nobody said that these were missed.*21 04:04"):
        ended(told, LAST)
    assert ended([*told, run(4, "missed")], LAST)["ended missed"] == 1


def test_the_last_of_them_is_owed_too() -> None:
    assert unaccounted([run(minute) for minute in range(8)], LAST) == [FIRST + 8 * MINUTE, LAST]


def test_what_a_word_tells_together_is_not_silent() -> None:
    gap = run(1, "missed", missed_until=(FIRST + 6 * MINUTE).isoformat())
    assert unaccounted([run(0), gap, *(run(minute) for minute in (7, 8, 9))], LAST) == []
    assert unaccounted([run(0), gap, run(9)], LAST) == [FIRST + 7 * MINUTE, FIRST + 8 * MINUTE]


def test_a_run_whose_process_ended_is_still_owed() -> None:
    told = [run(minute) for minute in range(9)]
    assert unaccounted([*told, run(9, "recovered")], LAST) == [LAST]
    assert unaccounted([*told, run(9, "recovered"), run(9, "loaded", attempt=2)], LAST) == []


def test_two_effects_of_one_logical_time_and_one_left_open_are_found_out() -> None:
    told = [run(minute) for minute in range(10)]
    with pytest.raises(AssertionError, match="'unchanged', 'loaded'"):
        ended([*told, run(3, "loaded", attempt=2)], LAST)
    with pytest.raises(AssertionError, match="left as"):
        ended([*told[:-1], run(9, "started")], LAST)
    assert ended([*told, run(10, "planned")], LAST)["logical runs"] == 10
