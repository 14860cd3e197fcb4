"""Figures, dates, names and states, written the same on every page."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.panels import work_item_words as words
from metrics.agenda_values import Dated
from metrics.progress import MILESTONE_STATES
from tests.dashboards.panels.drawn import NOW, told, view_of


@pytest.fixture
def view(opening_desk):
    return view_of(opening_desk, Filters(as_of=NOW))


def test_a_figure_keeps_its_qualifier_and_unit(view):
    assert words.figure_said(4_000_000, "over", "users", view) == "over 4 million users"


def test_a_unit_without_a_name_is_left_away(view):
    assert words.figure_said(12, "exact", "no such unit", view) == "12"


def test_an_estimated_day_of_publication_is_told_as_about(view):
    row = {"known_at": pd.Timestamp("2024-04-28T16:00Z"), "known_precision": "estimated"}
    assert words.published_said(row, view) == "about 29 Apr 2024"


def test_a_source_that_is_not_official_is_marked(view):
    assert words.with_tier("2024", "official", view) == "2024"
    assert words.with_tier("2024", "press", view) == "2024 (press)"


def test_a_date_is_written_as_far_as_it_was_published(view):
    assert words.dated(Dated(on=date(2024, 2, 29), precision="month"), view) == "Feb 2024"
    assert words.dated(None, view) == ""


def test_every_state_of_a_milestone_has_a_shape_of_its_own():
    assert set(words.STEP_SHAPES) == set(MILESTONE_STATES)
    assert len(set(words.STEP_SHAPES.values())) == len(MILESTONE_STATES)


def test_a_reference_carries_no_status(opening_desk, view):
    from metrics.review import all_measures

    measures = all_measures(opening_desk.metrics, NOW)
    reference = next(one for one in measures if not one.judged)
    assert list(told(words.measure_chip(reference, view))) == ["reference"]
    assert "status" not in words.measure_chip(reference, view).className


def test_what_is_computed_has_no_more_digits_than_it_can_mean():
    assert words.rounded(180_962.3967) == 180_962
    assert words.rounded(24.6831) == 24.68
