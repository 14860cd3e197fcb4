"""What comes in by itself, or the calm word that nothing has."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboards.desk import Filters
from dashboards.panels import transport_live as live
from dashboards.panels import transport_speeds
from ingest.registry import sources
from metrics.asof import instant_as_of
from tests.dashboards.panels.crossing_days import JOURNEYS, MOMENT
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text

THEN = instant_as_of(MOMENT)
PANELS = {panel.id: panel for panel in live.live_panels(transport_speeds.PANEL)}


def said(desk, panel_id, **asked):
    return text(PANELS[panel_id], desk, Filters(**({"as_of": THEN} | asked)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("panel_id", PANELS)
def test_nothing_received_is_said_calmly(opening_desk, panel_id, lang):
    told = text(PANELS[panel_id], opening_desk, Filters(lang=lang, as_of=NOW))
    assert opening_desk.words[lang].t("transport.nothing_received") in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_will_bring_it_is_named(days_desk, lang):
    told = text(PANELS["journeys"], days_desk, Filters(lang=lang, as_of=on(2024, 5, 15)))
    (brings,) = days_desk.health()
    title = brings.source.title[lang]
    assert days_desk.words[lang].t("transport.nothing_received_from", sources=title) in told


def test_journeys_are_told_by_destination_from_least_to_most(days_desk):
    told = said(days_desk, "journeys")
    assert "Cross-Harbour Tunnel (CH) | 4–9 | H1 4, H2 9" in told
    assert "towards the airport (ATL) | 21 | K01 21" in told


def test_speeds_are_means_weighted_by_vehicles_slowest_first(days_desk):
    told = said(days_desk, "speeds")
    assert told.index("60.0") < told.index("70.0")
    assert "detectors: 2" in told


def test_the_time_of_the_newest_reading_is_told(days_desk):
    words = days_desk.words["en"]
    taken = words.t("transport.taken_at", time=words.instant(MOMENT - timedelta(minutes=15)))
    assert taken in said(days_desk, "journeys")
    assert words.t("flag.stale") not in said(days_desk, "journeys")


def test_old_readings_are_shown_as_out_of_date(days_desk):
    later = instant_as_of(MOMENT + timedelta(days=3))
    told = said(days_desk, "journeys", as_of=later)
    assert "4–9" in told
    assert days_desk.words["en"].t("flag.stale") in told


def test_readings_of_years_ago_are_found_by_their_month(days_desk):
    told = said(days_desk, "journeys", as_of=NOW)
    assert "4–9" in told


def test_nothing_taken_later_is_shown(days_desk):
    before = instant_as_of(MOMENT - timedelta(hours=1))
    words = days_desk.words["en"]
    (brings,) = days_desk.health()
    told = said(days_desk, "journeys", as_of=before)
    assert words.t("transport.nothing_received_from", sources=brings.source.title["en"]) in told


def test_a_source_is_named_only_where_it_brings_that_place(days_desk):
    filters = Filters(as_of=THEN)
    assert live.bringers(days_desk, filters, ["journey_minutes"], ["hong_kong"]) != []
    assert live.bringers(days_desk, filters, ["journey_minutes"], ["macao"]) == []
    assert live.bringers(days_desk, filters, ["bcp_wait_level"]) == []


def test_incidents_stand_with_their_unit(days_desk):
    assert "3 incidents" in said(days_desk, "live-others")


def test_only_those_are_named_as_sources_who_brought_what_is_shown(days_desk):
    both = replace(
        days_desk, health=lambda: (JOURNEYS, replace(JOURNEYS, source=sources()["hk_traffic_news"]))
    )
    panel = PANELS["live-others"]
    frame = panel.query(both, Filters(as_of=THEN))
    assert set(frame["indicator_id"]) == {"traffic_incidents_open"}
    assert frame.attrs["sources"] == [sources()["hk_traffic_news"].title["en"]]
    parking = replace(both, health=lambda: (replace(JOURNEYS, source=sources()["hk_car_parks_boundary"]),))
    assert panel.query(parking, Filters(as_of=THEN)).attrs["sources"] == []
