"""The transport page: every panel in every language, empty, of one city, and full; one reading for all panels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.pages.transport import PAGE
from dashboards.panel import panels_of
from metrics.asof import instant_as_of
from metrics.warehouse.warehouse import Warehouse
from tests.dashboards.panels.crossing_days import MOMENT
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, one_city, put

MOMENTS = {
    "now": NOW,
    "second meeting": on(2025, 5, 15),
    "first meeting": on(2024, 3, 28),
    "empty": on(2015, 1, 1),
}
PERIODS = {
    "year": {"start": date(2024, 1, 1), "end": date(2024, 12, 31)},
    "days": {"start": date(2024, 3, 10), "end": date(2024, 3, 20)},
    "open end": {"start": date(2025, 1, 1)},
    "before all": {"end": date(2019, 12, 31)},
    "a control point": {"places": ("hk_lo_wu",)},
    "a city": {"places": ("macao",)},
    "no control point": {"places": ("zhaoqing",)},
    "monthly": {"options": (("feed", "monthly"),)},
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_at_every_moment(opening_desk, lang, moment):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=MOMENTS[moment])) == []


@pytest.mark.parametrize("asked", PERIODS)
def test_every_panel_draws_whatever_is_asked_for(days_desk, asked):
    filters = Filters(as_of=instant_as_of(MOMENT), **PERIODS[asked])
    assert failures(PAGE, days_desk, filters) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_what_is_known_of_one_city(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    drawn = [put(one_city(panel), opening_desk, filters) for panel in panels_of(PAGE, opening_desk, filters)]
    assert all(one.well for one in drawn)


def test_no_more_than_eight_live_charts(days_desk, opening_desk):
    for desk in (days_desk, opening_desk):
        filters = Filters(as_of=NOW)
        charts = [put(panel, desk, filters).charts for panel in panels_of(PAGE, desk, filters)]
        assert 1 <= sum(charts) <= 8


def test_panels_have_names_of_their_own(opening_desk):
    ids = [panel.id for panel in panels_of(PAGE, opening_desk, Filters(as_of=NOW))]
    assert len(ids) == len(set(ids))


def test_every_indicator_that_a_panel_names_is_in_the_catalogue(opening_desk):
    named = {one for panel in panels_of(PAGE, opening_desk, Filters(as_of=NOW)) for one in panel.indicators}
    assert {one for one in named if one not in opening_desk.catalogue} == set()


def test_the_sums_are_asked_for_once_for_all_panels(days_desk, monkeypatch):
    asked = []
    plain = Warehouse.totals
    monkeypatch.setattr(Warehouse, "totals", lambda *a, **k: asked.append(k["every"]) or plain(*a, **k))
    filters = Filters(as_of=instant_as_of(MOMENT))
    assert failures(PAGE, days_desk, filters) == []
    assert sorted(asked) == ["day", "month", "month"]  # the months around openings are a reading of their own


def test_building_the_page_asks_nothing_before_a_panel_does(days_desk):
    silent = replace(days_desk, metrics=None)
    assert len(panels_of(PAGE, silent, Filters(as_of=NOW))) > 20
