from __future__ import annotations

from datetime import date

import pytest

from metrics.warehouse.events import append_scope, append_targets, newest_recorded
from metrics.warehouse.tables import SCOPE, TARGET_EVENT
from metrics.warehouse.values import Counts, ScopeRow, TargetEvent
from tests.metrics.warehouse.made import DAY, MAY

pytestmark = pytest.mark.engine


def row(why: str) -> ScopeRow:
    return ScopeRow(indicator_id="a", place_id="b", start=date(2024, 1, 1), kind="withheld", why=why)


def test_of_one_key_the_row_recorded_last_counts_as_far_as_the_stamp_goes(warehouse):
    with warehouse.engine.writing() as connection:
        for number, why in enumerate(("first", "first", "second", "first")):
            stored = {"run_id": "r", "recorded_at": MAY + number * DAY}
            counts = append_scope(connection, [row(why)], stored)
            assert counts == (Counts(unchanged=1) if number == 1 else Counts(new=1))
        told = [newest_recorded(connection, SCOPE, MAY + number * DAY)[0]["why"] for number in range(4)]
        assert told == ["first", "first", "second", "first"]
        assert [one["why"] for one in newest_recorded(connection, SCOPE)] == ["first"]


def test_the_last_of_two_words_on_one_key_in_one_list_is_kept(warehouse):
    def target(value):
        return TargetEvent(indicator_id="a", place_id="b", due_on=None, known_at=MAY, value=value)

    with warehouse.engine.writing() as connection:
        stored = {"run_id": "r", "recorded_at": MAY}
        assert append_targets(connection, [target(1.0), target(2.0)], stored) == Counts(new=1, unchanged=1)
        assert [one["value"] for one in newest_recorded(connection, TARGET_EVENT)] == [2.0]
        assert append_targets(connection, [], stored) == Counts()
