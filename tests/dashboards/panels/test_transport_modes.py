"""The bridge, rail, airports, the link, Macao and visitors: what has been published, bases apart."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels import transport_modes as modes
from dashboards.panels.transport_published import Published
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, put, text, view_of


def panels(desk, filters):
    return {panel.id: panel for panel in modes.mode_panels(Published(desk, filters))}


def said(desk, panel_id, **asked):
    filters = Filters(**({"as_of": NOW} | asked))
    return text(panels(desk, filters)[panel_id], desk, filters)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", [NOW, on(2025, 5, 15), on(2015, 1, 1)])
def test_every_panel_draws(opening_desk, lang, moment):
    filters = Filters(lang=lang, as_of=moment)
    drawn = [put(panel, opening_desk, filters) for panel in panels(opening_desk, filters).values()]
    assert all(one.well for one in drawn)


def test_the_bridges_lines_are_whole_years_of_one_basis(opening_desk):
    filters = Filters(as_of=NOW)
    frame = panels(opening_desk, filters)["bridge"].query(opening_desk, filters)
    assert set(frame["span"]) == {"year"}
    assert set(frame["counting_basis"]) == {"counted_by_zhuhai"}
    named = modes._named(frame, view_of(opening_desk, filters).style)
    assert named["label"].nunique() == 2
    assert named.attrs["events"] == frame.attrs["events"]


def test_the_bridge_marks_its_own_opening_and_the_links(opening_desk):
    filters = Filters(as_of=NOW)
    frame = panels(opening_desk, filters)["bridge"].query(opening_desk, filters)
    assert [day.isoformat() for day, _ in frame.attrs["events"]] == ["2018-10-24", "2024-06-30"]


def test_both_sides_peaks_are_told_on_their_own_bases(opening_desk):
    told = said(opening_desk, "bridge-figures")
    assert "counted by Hong Kong, press" in told
    assert "over 26,600" in told
    assert "28,000" in told


def test_an_airport_without_a_published_year_says_so(opening_desk):
    told = said(opening_desk, "airports")
    assert "83,590,000" in told
    assert "about 66,000,000" in told
    assert f"Foshan: {opening_desk.words['en'].t('figure.no_figure')}" in told


def test_a_provinces_airports_are_no_airport(opening_desk):
    assert "180,000,000" not in said(opening_desk, "airports")


def test_a_half_year_never_stands_for_a_year(opening_desk):
    assert "29,400,000" not in said(opening_desk, "airports", as_of=on(2025, 8, 1))


def test_macaos_checkpoints_are_those_of_one_year_busiest_first(opening_desk):
    told = said(opening_desk, "macao-checkpoints")
    assert told.index("124,000,000") < told.index("36,356,000") < told.index("415,000")
    assert "over 110,000,000" not in told


def test_the_schemes_keep_vehicles_and_permits_apart(opening_desk):
    told = said(opening_desk, "northbound")
    assert "about 96,000 vehicles" in told
    assert "about 71,000 permits" in told


def test_the_second_meeting_could_not_know_of_southbound_travel(opening_desk):
    told = said(opening_desk, "southbound", as_of=on(2025, 5, 15))
    assert opening_desk.words["en"].t("ui.no_figure") in told
