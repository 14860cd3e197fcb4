"""Measures without a target: where they go since the last meeting, which is no status."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_told import told_for
from dashboards.panels.work_item_travel import travel_frame, travel_panel
from metrics.movements import travel
from tests.dashboards.panels.drawn import NOW, on, text

NOW_FILTERS = Filters(as_of=NOW)


@pytest.mark.parametrize("number", range(1, 6))
def test_the_words_are_those_of_the_method(opening_desk, number):
    shared = told_for(opening_desk, NOW_FILTERS)
    frame = travel_frame(shared, number, opening_desk, NOW_FILTERS)
    for row in frame.to_dict("records"):
        found = travel(opening_desk.metrics, row["indicator_id"], row["place_id"], shared.since, NOW)
        first = row["earlier_value"] is None or pd.isna(row["earlier_value"])
        assert row["travel"] == ("first_figure" if first else found.word)


def test_a_measure_with_a_target_is_not_told_here(opening_desk):
    shared = told_for(opening_desk, NOW_FILTERS)
    judged = {(one.target.indicator_id, one.target.place_id) for one in shared.reviews[3].measures}
    frame = travel_frame(shared, 3, opening_desk, NOW_FILTERS)
    assert not judged & set(zip(frame["indicator_id"], frame["place_id"], strict=True))


def test_a_move_is_told_from_what_to_what_with_qualifiers(opening_desk):
    said = text(travel_panel(told_for(opening_desk, NOW_FILTERS), 3), opening_desk)
    assert "over 90% → over 99%" in said
    assert "improving" in said


def test_a_figure_that_had_none_before_it_is_the_first_and_not_incomparable(opening_desk):
    frame = travel_frame(told_for(opening_desk, NOW_FILTERS), 1, opening_desk, NOW_FILTERS)
    kiosk = frame[frame["indicator_id"].eq("cbps_services_kiosk_hk") & frame["place_id"].eq("macao")].iloc[0]
    assert kiosk["travel"] == "first_figure"
    assert "first figure" in text(travel_panel(told_for(opening_desk, NOW_FILTERS), 1), opening_desk)


def test_before_the_first_meeting_there_is_no_direction(opening_desk):
    filters = Filters(as_of=on(2022, 1, 1))
    said = text(travel_panel(told_for(opening_desk, filters), 3), opening_desk, filters)
    assert not any(
        word in said
        for word in ("improving", "worsening", "no newer figure", "not comparable", "first figure")
    )


def test_where_nothing_is_known_it_says_so(opening_desk):
    filters = Filters(as_of=on(2005, 1, 1))
    said = text(travel_panel(told_for(opening_desk, filters), 1), opening_desk, filters)
    assert "No figure without a target was known at that time." in said
