from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd

from metrics.warehouse.columns import microseconds
from metrics.warehouse.memo import Memo

NOON = datetime(2026, 5, 15, 4, tzinfo=UTC)


def test_a_frame_is_made_once_and_whoever_changes_his_leaves_the_others_alone():
    memo, made = Memo(entries=2), []

    def make():
        made.append(1)
        return pd.DataFrame({"value": [1.0]})

    mine = memo.frame("a", make)
    mine.loc[0, "value"] = 9.0
    assert memo.frame("a", make)["value"].tolist() == [1.0]
    assert len(made) == 1


def test_the_frame_unused_for_longest_goes_first():
    memo, made = Memo(entries=2), []

    def ask(key):
        memo.frame(key, lambda: made.append(key) or pd.DataFrame())

    for key in "abacab":
        ask(key)
    assert made == ["a", "b", "c", "b"]


def test_after_the_newest_recording_only_the_hong_kong_day_of_an_as_of_matters():
    stamp = microseconds(NOON)
    later = [NOON + timedelta(hours=hours) for hours in (0, 11, 12)]
    moments = [Memo.moment(as_of, stamp) for as_of in later]
    assert moments[0] == moments[1] != moments[2]
    before = NOON - timedelta(microseconds=1)
    assert Memo.moment(before, stamp) == stamp - 1
