"""The connectivity page: every panel in every language, empty, of one city, and full."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.connectivity import PAGE
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


@pytest.mark.parametrize("per", ["", "capita", "km2"])
@pytest.mark.parametrize(
    "options", [(), (("year", "2020"),), (("basis", "provincial"),), (("year", "2024"),)]
)
def test_every_switch_leaves_every_panel_well(opening_desk, per, options):
    assert failures(PAGE, opening_desk, Filters(as_of=NOW, per=per, options=options)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_what_is_known_of_one_city(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    drawn = [put(one_city(panel), opening_desk, filters) for panel in panels_of(PAGE, opening_desk, filters)]
    assert all(one.well for one in drawn)


def test_no_more_than_eight_live_charts(opening_desk):
    filters = Filters(as_of=NOW)
    charts = [put(panel, opening_desk, filters).charts for panel in panels_of(PAGE, opening_desk, filters)]
    assert 1 <= sum(charts) <= 8


def test_the_years_to_choose_end_with_the_desks_own(opening_desk):
    known = options_of(PAGE, opening_desk)
    assert known["year"][0] == "2019"
    assert known["year"][-1] == "2026"
    assert known["basis"] == ("provincial", "municipal")


def test_every_indicator_that_a_panel_names_is_in_the_catalogue(opening_desk):
    named = {one for panel in PAGE.panels for one in panel.indicators}
    assert {one for one in named if one not in opening_desk.catalogue} == set()
