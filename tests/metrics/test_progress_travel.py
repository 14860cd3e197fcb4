"""The direction of travel of a measure without a target."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.progress_travel import direction_of_travel
from metrics.progress_values import TRAVEL_WORDS, Point

THEN, NOW = date(2025, 5, 1), date(2026, 5, 1)
UP, DOWN, CONTEXT = "higher_is_better", "lower_is_better", "context"
CASES = [
    (("exact", 100), ("exact", 110), UP, "improving"),
    (("exact", 100), ("exact", 90), UP, "worsening"),
    (("exact", 100), ("exact", 90), DOWN, "improving"),
    (("exact", 100), ("exact", 110), DOWN, "worsening"),
    (("exact", 100), ("exact", 100), UP, "steady"),
    (("exact", 1000), ("exact", 1005), UP, "steady"),
    (("exact", 0), ("exact", 0), UP, "steady"),
    (("over", 3.8), ("over", 4.0), UP, "improving"),
    (("over", 4.0), ("at_least", 4.0), UP, "steady"),
    (("approx", 2.9), ("over", 4.0), UP, "improving"),
    (("over", 4.0), ("exact", 4.2), UP, "not_comparable"),
    (("over", 4.0), ("exact", 3.9), UP, "worsening"),
    (("exact", 4.0), ("over", 3.9), UP, "not_comparable"),
    (("exact", 4.0), ("under", 3.9), UP, "worsening"),
    (("exact", 4.0), ("under", 4.2), UP, "not_comparable"),
    (("under", 4.0), ("exact", 4.2), UP, "improving"),
    (("under", 4.0), ("exact", 3.9), UP, "not_comparable"),
    (("exact", 1), ("exact", 2), CONTEXT, "not_comparable"),
    (None, ("exact", 2), UP, "not_comparable"),
    (("exact", 2), None, UP, "no_newer_figure"),
    (None, None, UP, "no_newer_figure"),
]


def point(told, on):
    return None if told is None else Point(period_end=on, value=float(told[1]), qualifier=told[0])


@pytest.mark.parametrize(("since", "now", "direction", "word"), CASES)
def test_where_a_series_went(since, now, direction, word):
    assert direction_of_travel(point(since, THEN), point(now, NOW), direction).word == word


def test_the_table_holds_every_word():
    assert {case[3] for case in CASES} == set(TRAVEL_WORDS)


def test_a_figure_of_the_same_period_is_no_newer_figure_even_if_revised():
    same = direction_of_travel(Point(period_end=NOW, value=1.0), Point(period_end=NOW, value=2.0))
    assert same.word == "no_newer_figure"


def test_the_two_figures_are_told():
    since, now = Point(period_end=THEN, value=1.0), Point(period_end=NOW, value=2.0)
    assert direction_of_travel(since, now).inputs == {"since": since, "now": now, "direction": UP}
