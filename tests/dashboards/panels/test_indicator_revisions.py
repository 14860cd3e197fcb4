"""Revisions: the first word against the latest, the triangle, corrections apart from revisions, as known then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.desk import Filters
from dashboards.notices import changes_known
from dashboards.panels.indicator_revisions import (
    difference_said,
    revisions_frame,
    revisions_panel,
    revisions_table,
    rows_of,
)
from dashboards.panels.indicator_told import told_for
from tests.dashboards.corrected import CORRECTED, REVISED, WITHDRAWN
from tests.dashboards.panels.drawn import NOW, on, text, view_of


def page(desk, item, as_of=NOW, **more):
    filters = Filters(as_of=as_of, item=item, **more)
    return told_for(desk, filters), filters


def said(desk, item, as_of=NOW, lang="en") -> str:
    told, filters = page(desk, item, as_of, lang=lang)
    return text(revisions_panel(told), desk, filters)


def test_a_correction_is_told_with_both_figures_and_by_how_much(corrected_desk):
    words = said(corrected_desk, CORRECTED)
    assert "1 of 1 figures were restated: corrected 1." in words
    assert "70 services | 10 Jul 2026 | 71 services | 5 Oct 2026 | +1 · +1.43% | corrected" in words
    assert "Shown until" in words


def test_a_provisional_figure_made_final_is_an_update_without_notice(corrected_desk):
    words = said(corrected_desk, REVISED)
    assert "update of a figure not final" in words
    assert "+100,000 · +2.5%" in words
    assert "Shown until" not in words


def test_a_withdrawal_says_that_the_figure_is_gone(corrected_desk):
    words = said(corrected_desk, WITHDRAWN)
    assert "336 services | 10 Jul 2026 | withdrawn | 7 Oct 2026" in words


def test_before_the_correction_the_page_knows_of_none_but_says_that_it_came_since(corrected_desk):
    words = said(corrected_desk, CORRECTED, on(2026, 8, 1))
    assert "No period was restated: each of the 1 figures is as first published." in words
    assert "Corrected since, on 5 Oct 2026" in words


def test_before_any_figure_there_is_nothing_to_revise(corrected_desk):
    assert "No figure was known at that time." in said(corrected_desk, CORRECTED, on(2026, 1, 1))


def test_the_frame_is_that_of_the_warehouse_with_what_changed(corrected_desk):
    told, filters = page(corrected_desk, CORRECTED)
    (row,) = revisions_frame(told, corrected_desk, filters).to_dict("records")
    assert (row["before"], row["value"], row["difference"], row["kind"]) == (70, 71, 1, "corrected")
    table = revisions_table(revisions_frame(told, corrected_desk, filters), view_of(corrected_desk, filters))
    assert table["kind"].tolist() == ["corrected"]


def test_the_published_figures_hold_revisions_and_no_correction(opening_desk):
    seen = [one.id for one in opening_desk.catalogue]
    kinds = {change.kind for change in changes_known(opening_desk, seen)}
    assert kinds == {"other_source"}


def test_other_sources_and_open_ends_are_told_as_what_they_are(opening_desk):
    words = said(opening_desk, "fiveg_base_stations")
    assert "another source" in words
    assert "over 78,000 stations" in words
    assert "under +389" in words


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((70, "exact"), (71, "exact"), "+1 · +1.43%"),
        ((70, "exact"), (70, "exact"), "no difference"),
        ((70, "over"), (80, "exact"), "under +10"),
        ((70, "over"), (80, "over"), "cannot be calculated: the figures are not exact"),
        ((70, "approx"), (80, "exact"), "about +10"),
        ((0, "exact"), (5, "exact"), "+5"),
    ],
)
def test_a_difference_is_never_more_exact_than_its_figures(corrected_desk, before, after, expected):
    (change,) = changes_known(corrected_desk, [CORRECTED])
    one, other = (
        replace(change.before, value=float(value), qualifier=qualifier)
        for value, qualifier in (before, after)
    )
    assert difference_said(one, other, view_of(corrected_desk, Filters(as_of=NOW))) == expected


def test_rows_are_of_the_places_asked_for(corrected_desk):
    changes = changes_known(corrected_desk, [CORRECTED, REVISED, WITHDRAWN])
    assert len(rows_of(changes)) == 3
    assert [row.lane.place_id for row in rows_of(changes, ["guangdong"])] == ["guangdong"]
