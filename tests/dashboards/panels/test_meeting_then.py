"""How the five work items stood at a meeting."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.meeting_then import known_panel
from dashboards.panels.work_item_told import Told
from metrics.meetings import held
from tests.dashboards.panels.drawn import NOW, on, text


def test_status_and_headline_are_those_of_the_day(opening_desk):
    first = held(opening_desk.metrics, NOW)[0]
    told = Told(desk=opening_desk, as_of=on(2024, 3, 28))
    words = text(known_panel(told, first), opening_desk, Filters(as_of=NOW))
    assert "What was known at Meeting 1" in words
    for number, review in told.reviews.items():
        assert opening_desk.words["en"].t(f"status.{review.verdict.word}") in words, number
    assert "over 50" in words  # Hong Kong services on kiosks in Shenzhen, as published in 2023
