"""What changed since the last meeting: from what to what, nothing published later, no change that is not proven."""

from __future__ import annotations

import math

from dashboards.desk import Filters
from dashboards.panels.overview_changes import changes_frame, changes_panel, moved_figures, ordered
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import NOW, on, text


def said(opening_desk, as_of=NOW) -> str:
    filters = Filters(as_of=as_of)
    return text(changes_panel(told_for(opening_desk, filters)), opening_desk, filters)


def test_statuses_milestones_and_figures_are_all_told(opening_desk):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    frame = changes_frame(shared, opening_desk, Filters(as_of=NOW))
    counts = frame["what"].value_counts().to_dict()
    assert counts == {
        "status": len(shared.statuses),
        "milestone": len(shared.steps),
        "figure": len(shared.figures),
    }


def test_the_title_names_the_meeting(opening_desk):
    assert said(opening_desk).startswith("What changed since Meeting 2")
    assert said(opening_desk, on(2025, 5, 15)).startswith("What changed since Meeting 1")


def test_a_status_moves_from_a_word_to_another(opening_desk):
    assert "Work item 2: Industry applications | on track → off track" in said(opening_desk)


def test_figures_keep_their_qualifiers_and_tiers(opening_desk):
    assert "over 210,000 stations → 443,000 stations (end of 2025; third party)" in said(opening_desk)


def test_a_difference_is_told_only_between_exact_figures_of_like_periods(opening_desk):
    frame = moved_figures(ordered(told_for(opening_desk, Filters(as_of=NOW)))).set_index(
        ["indicator_id", "place_id"]
    )
    assert frame.loc[("resident_population", "hong_kong"), "change"] == 7_510_800 - 7_500_600
    assert math.isnan(frame.loc[("fiveg_base_stations", "guangdong"), "change"])
    assert frame[frame["kind"].eq("first")]["change"].isna().all()


def test_nothing_known_after_the_day_is_told(opening_desk):
    as_of = on(2025, 5, 15)
    shared = told_for(opening_desk, Filters(as_of=as_of))
    assert shared.figures
    assert all(moved.after["known_at"] <= as_of.instant for moved in shared.figures)
    assert all(step.known.on <= as_of.day for step in shared.steps)


def test_before_the_first_meeting_it_says_that_there_is_nothing_to_compare(opening_desk):
    assert "Before the first meeting there is nothing to compare with." in said(opening_desk, on(2019, 1, 1))
