from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from metrics.warehouse.known import known_days
from metrics.warehouse.values import MilestoneEvent
from tests.metrics.warehouse.made import DAY, INDICATOR, MAY, figure, line

pytestmark = pytest.mark.engine


def test_each_day_on_which_a_figure_asked_for_became_known_is_told_once_in_order(warehouse):
    warehouse.append([figure(12, MAY + 4 * DAY), figure(10), figure(11, MAY + 4 * DAY)], run_id="a")
    warehouse.append([figure(9, MAY + 9 * DAY, series=line("another"))], run_id="b")
    assert warehouse.read_with(known_days, [INDICATOR]) == [MAY.date(), (MAY + 4 * DAY).date()]
    assert len(warehouse.read_with(known_days, [INDICATOR, "another"])) == 3
    assert warehouse.read_with(known_days, []) == []


def test_a_day_is_the_day_in_hong_kong_and_words_on_milestones_count(warehouse):
    late = datetime(2025, 5, 15, 17, 0, tzinfo=UTC)  # one o'clock in the morning of the 16th
    event = MilestoneEvent(milestone_id="m", work_item=1, event="announced", known_at=late)
    warehouse.append_events(milestones=[event], run_id="a")
    assert warehouse.read_with(known_days, [INDICATOR]) == [date(2025, 5, 16)]
