"""The overview: every panel in every language at every moment."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.overview import PAGE
from dashboards.panel import panels_of
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, one_city, put

MOMENTS = {
    "now": NOW,
    "second meeting": on(2025, 5, 15),
    "first meeting": on(2024, 3, 28),
    "empty": on(2005, 1, 1),
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


def test_it_is_the_first_page_and_has_few_live_charts(opening_desk):
    assert (PAGE.path, PAGE.order) == ("/", 0)
    filters = Filters(as_of=NOW)
    charts = [put(panel, opening_desk, filters).charts for panel in panels_of(PAGE, opening_desk, filters)]
    assert sum(charts) == 2
