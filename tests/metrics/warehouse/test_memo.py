from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd

from metrics.warehouse.columns import microseconds
from metrics.warehouse.memo import Memo

NOON = datetime(2026, 5, 15, 4, tzinfo=UTC)


def test_a_frame_is_made_once_and_whoever_changes_his_leaves_the_others_alone():
    memo, made = Memo(rows=100), []

    def make():
        made.append(1)
        return pd.DataFrame({"value": [1.0]})

    mine = memo.frame("a", 1, make)
    mine.loc[0, "value"] = 9.0
    assert memo.frame("a", 1, make)["value"].tolist() == [1.0]
    assert len(made) == 1


def ask(memo: Memo, made: list, key: str, rows: int, stamp: int = 1) -> None:
    memo.frame(key, stamp, lambda: made.append(key) or pd.DataFrame({"value": [1.0] * rows}))


def test_the_frame_unused_for_longest_goes_first():
    memo, made = Memo(rows=8), []
    for key in "abcdaeab":
        ask(memo, made, key, 2)
    assert made == ["a", "b", "c", "d", "e", "b"]


def test_newer_facts_push_out_what_was_answered_before_them():
    memo, made = Memo(rows=100), []
    for key, stamp in (("a", 1), ("b", 1), ("a", 2), ("a", 2), ("b", 1), ("b", 1), ("a", 2)):
        ask(memo, made, key, 2, stamp)
    assert made == ["a", "b", "a", "b"]
    ask(memo, made, "c", 2, 3)
    ask(memo, made, "b", 2, 1)
    assert made == ["a", "b", "a", "b", "c", "b"]


def test_a_frame_that_would_fill_the_memory_is_not_kept_and_an_empty_one_counts():
    memo, made = Memo(rows=8), []
    for key, rows in (("big", 3), ("big", 3), *((str(number), 0) for number in range(9)), ("0", 0), ("8", 0)):
        ask(memo, made, key, rows)
    assert made == ["big", "big", *map(str, range(9)), "0"]


def test_after_the_newest_recording_only_the_hong_kong_day_of_an_as_of_matters():
    stamp = microseconds(NOON)
    later = [NOON + timedelta(hours=hours) for hours in (0, 11, 12)]
    moments = [Memo.moment(as_of, stamp) for as_of in later]
    assert moments[0] == moments[1] != moments[2]
    before = NOON - timedelta(microseconds=1)
    assert Memo.moment(before, stamp) == stamp - 1
