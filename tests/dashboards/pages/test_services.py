"""The services page: every panel in every language, empty, of one city, and full."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.services import PAGE
from dashboards.panel import options_of, panels_of
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, one_city, put

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


@pytest.mark.parametrize("show", ["places", "services", "counters", "macao"])
def test_every_switch_leaves_every_panel_well(opening_desk, show):
    assert failures(PAGE, opening_desk, Filters(as_of=NOW, options=(("show", show),))) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_what_is_known_of_one_city(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    drawn = [put(one_city(panel), opening_desk, filters) for panel in panels_of(PAGE, opening_desk, filters)]
    assert all(one.well for one in drawn)


def test_no_more_than_eight_live_charts(opening_desk):
    filters = Filters(as_of=NOW)
    charts = [put(panel, opening_desk, filters).charts for panel in panels_of(PAGE, opening_desk, filters)]
    assert 1 <= sum(charts) <= 8


def test_the_measures_of_the_map_are_those_of_the_switch(opening_desk):
    assert options_of(PAGE, opening_desk)["show"] == ("places", "services", "counters", "macao")


def test_every_indicator_that_a_panel_names_is_in_the_catalogue(opening_desk):
    named = {one for panel in PAGE.panels for one in panel.indicators}
    assert {one for one in named if one not in opening_desk.catalogue} == set()
