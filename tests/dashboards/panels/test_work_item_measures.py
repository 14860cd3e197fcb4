"""Measures with a target: the figures judged, pace and outlook, and the tracks that can be drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_measures import (
    measures_body,
    measures_frame,
    measures_panel,
    ordered,
    tracks_frame,
    tracks_panel,
)
from dashboards.panels.work_item_told import told_for
from metrics.progress import MeasureFacts, assess
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, told, view_of

NOW_FILTERS = Filters(as_of=NOW)


@pytest.mark.parametrize("number", range(1, 6))
def test_each_row_holds_the_inputs_of_its_verdict(opening_desk, number):
    shared = told_for(opening_desk, NOW_FILTERS)
    frame = measures_frame(shared, number, opening_desk, NOW_FILTERS).set_index("measure_id")
    for measure in shared.reviews[number].measures:
        row, inputs = frame.loc[measure.target.id], measure.verdict.inputs
        assert row["verdict"] == measure.verdict.status
        assert (row["value"] == inputs["actual"]) or (pd.isna(row["value"]) and inputs["actual"] is None)
        assert row["qualifier"] == inputs["actual_qualifier"]


def test_the_judged_figure_is_one_of_the_warehouse(opening_desk):
    shared = told_for(opening_desk, NOW_FILTERS)
    frame = measures_frame(shared, 1, opening_desk, NOW_FILTERS).set_index("measure_id")
    row = frame.loc["iam_smart_users_hong_kong_2025"]
    known = opening_desk.metrics.history("iam_smart_users", NOW, places=["hong_kong"], breakdown="")
    assert row["figure_ref"] in set(known["figure_ref"])


def test_an_over_target_is_shown_as_over(opening_desk):
    said = text(measures_panel(told_for(opening_desk, NOW_FILTERS), 1), opening_desk)
    assert "over 4 million users" in said


def test_those_that_need_a_reader_come_first_and_references_last(opening_desk):
    measures = ordered(told_for(opening_desk, NOW_FILTERS), 2)
    assert measures[0].verdict.status == "missed"
    judged = [one.judged for one in measures]
    assert judged == sorted(judged, reverse=True)


def test_a_track_leads_from_baseline_to_a_target_beyond_it(opening_desk):
    frame = tracks_frame(told_for(opening_desk, NOW_FILTERS), 3, opening_desk, NOW_FILTERS)
    assert len(frame)
    higher = frame["target"].astype("float64") > frame["baseline"].astype("float64")
    assert higher.all()
    assert frame["value"].notna().all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tracks_are_drawn_with_the_words_of_their_verdict(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    said = text(tracks_panel(told_for(opening_desk, filters), 3), opening_desk, filters)
    assert opening_desk.words[lang].t("status.achieved") in said


def test_where_no_track_can_be_drawn_it_says_so(opening_desk):
    filters = Filters(as_of=on(2005, 1, 1))
    shared = told_for(opening_desk, filters)
    assert "no way to draw" in text(tracks_panel(shared, 3), opening_desk, filters)
    assert "No target was known" in text(measures_panel(shared, 3), opening_desk, filters)


def test_pace_required_pace_and_projected_day_are_told(opening_desk):
    shared = told_for(opening_desk, NOW_FILTERS)
    review = shared.reviews[1]
    measure = next(one for one in review.measures if one.target.indicator_id == "iam_smart_users")
    facts = MeasureFacts(
        kind="target", baseline=100.0, baseline_on=date(2025, 1, 1), target=200.0, due_on=date(2026, 12, 31),
        actual=130.0, actual_on=date(2026, 1, 1),
    )  # fmt: skip
    moving = replace(measure, verdict=assess(facts, date(2026, 1, 1)))
    shared.reviews = {**shared.reviews, 1: replace(review, measures=(moving,))}
    said = " | ".join(told(measures_body(shared, 1, pd.DataFrame(), view_of(opening_desk, NOW_FILTERS))))
    assert "| 0.60 |" in said
    assert "needed: +5.85 a month" in said
    assert "so far: +2.50 a month" in said
    assert "at this pace: 2 May 2028" in said


def test_measures_without_any_figure_are_folded_and_counted(opening_desk):
    shared = told_for(opening_desk, NOW_FILTERS)
    silent = sum(one.verdict.inputs["actual"] is None for one in shared.reviews[3].measures)
    assert f"{silent} more without a figure to judge by" in text(measures_panel(shared, 3), opening_desk)
