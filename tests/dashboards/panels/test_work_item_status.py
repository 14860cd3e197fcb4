"""The status of one work item: the word, why, and the nodes that decided it."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_status import lead_panel, status_frame, status_panel
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import NOW, on, text


def said(opening_desk, number: int, as_of=NOW) -> str:
    filters = Filters(as_of=as_of)
    return text(status_panel(told_for(opening_desk, filters), number), opening_desk, filters)


@pytest.mark.parametrize("number", range(1, 6))
def test_the_nodes_that_decided_are_named_and_no_others(opening_desk, number):
    filters = Filters(as_of=NOW)
    shared = told_for(opening_desk, filters)
    frame = status_frame(shared, number, opening_desk, filters)
    assert set(frame.loc[frame["decided"], "id"]) == set(shared.reviews[number].verdict.deciding)


def test_the_late_milestone_that_decides_is_told_with_its_days(opening_desk):
    words = said(opening_desk, 2)
    assert "days past the due date" in words
    assert "Off track when a milestone known not to be done is more than 90 days late." in words


def test_counts_of_measures_and_milestones_are_told(opening_desk):
    counts = told_for(opening_desk, Filters(as_of=NOW)).reviews[3].verdict.counts
    assert f"{counts['achieved']} achieved" in said(opening_desk, 3)
    assert f"{counts['unverified']} outcome not verified" in said(opening_desk, 3)


def test_nothing_known_is_not_assessed_and_calm(opening_desk):
    words = said(opening_desk, 5, on(2005, 1, 1))
    assert "not assessed" in words
    assert "No measure or milestone could be assessed." in words


def test_an_outcome_learnt_later_does_not_show_at_the_second_meeting(opening_desk):
    assert "| on track |" in said(opening_desk, 2, on(2025, 5, 15))
    assert "| off track |" in said(opening_desk, 2)


def test_the_figure_that_leads_is_the_headline(opening_desk):
    filters = Filters(as_of=NOW)
    words = text(lead_panel(told_for(opening_desk, filters), 3), opening_desk, filters)
    assert "443,000" in words
    early = Filters(as_of=on(2005, 1, 1))
    assert "no figure" in text(lead_panel(told_for(opening_desk, early), 3), opening_desk, early)
