"""The data flow page: every panel in every language, empty, of one city, and full."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.data_flow import PAGE
from dashboards.panel import panels_of
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, one_city, put, text

BY_ID = {panel.id: panel for panel in PAGE.panels}
MOMENTS = {
    "now": NOW,
    "second meeting": on(2025, 5, 15),
    "first meeting": on(2024, 3, 28),
    "empty": on(2015, 1, 1),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_at_every_moment(opening_desk, lang, moment):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=MOMENTS[moment])) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_what_is_known_of_one_city(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    drawn = [put(one_city(panel), opening_desk, filters) for panel in panels_of(PAGE, opening_desk, filters)]
    assert all(one.well for one in drawn)


def test_no_more_than_eight_live_charts(opening_desk):
    filters = Filters(as_of=NOW)
    charts = [put(panel, opening_desk, filters).charts for panel in panels_of(PAGE, opening_desk, filters)]
    assert 1 <= sum(charts) <= 8


def test_every_indicator_that_a_panel_names_is_in_the_catalogue(opening_desk):
    named = {one for panel in PAGE.panels for one in panel.indicators}
    assert {one for one in named if one not in opening_desk.catalogue} == set()


def test_counts_of_open_data_stay_apart_and_say_what_they_are(opening_desk):
    said = text(BY_ID["open-data"], opening_desk)
    for words in ("over 5,600 datasets", "3,822 catalogue entries", "97,775 datasets", "602 datasets"):
        assert words in said
    assert "not one series" in said


def test_loans_over_different_periods_are_not_one_line(opening_desk):
    said = text(BY_ID["credit"], opening_desk)
    assert "over HK$66.4 billion" in said
    assert "which are not added" in said


def test_health_records_follow_the_day(opening_desk):
    assert "to 20 (24 Dec 2025)" in text(BY_ID["health-institutions"], opening_desk)
    assert "to 6 (end of Sep 2024)" in text(
        BY_ID["health-institutions"], opening_desk, Filters(as_of=on(2025, 5, 15))
    )
