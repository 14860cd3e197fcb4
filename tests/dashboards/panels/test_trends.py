"""Trends: one line a place, or one an indicator; the period of the address narrows them."""

from __future__ import annotations

from datetime import date

from dashboards.desk import Filters
from dashboards.panels.trends import trend_panel
from tests.dashboards.panels.drawn import NOW, text

DEPARTMENTS = trend_panel("t", "indicator.cbps_departments_hk", ("cbps_departments_hk",))
FIBRE = trend_panel(
    "t", "connectivity.broadband", ("hh_broadband_penetration_pct", "ftth_hh_penetration_pct")
)


def test_a_line_tells_its_first_and_newest_figure(opening_desk):
    said = text(DEPARTMENTS, opening_desk)
    assert "Hong Kong: from 9 (2 Nov 2023) to 14 (29 Dec 2025)" in said


def test_several_indicators_are_named_each(opening_desk):
    said = text(FIBRE, opening_desk)
    assert "Household broadband penetration: from" in said
    assert "FTTH household penetration: from" in said


def test_the_period_of_the_address_narrows_the_trend(opening_desk):
    frame = DEPARTMENTS.query(opening_desk, Filters(as_of=NOW, start=date(2024, 1, 1)))
    assert frame["value"].tolist() == [11.0, 14.0]
    frame = DEPARTMENTS.query(opening_desk, Filters(as_of=NOW, end=date(2023, 12, 31)))
    assert frame["value"].tolist() == [9.0]


def test_counting_bases_are_lines_of_their_own(opening_desk):
    panel = trend_panel("t", "connectivity.guangdong_title", ("fiveg_base_stations",), places=("guangdong",))
    said = text(panel, opening_desk)
    assert "Guangdong (provincial count): from" in said
    assert "Guangdong (stations in the network): 144,000" in said
