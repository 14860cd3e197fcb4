"""Road speeds on the map of the districts: means weighted by vehicles, absences said, calm before any reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboards.desk import Filters
from dashboards.panels import transport_speeds
from dashboards.panels.transport_live import districts
from metrics.asof import instant_as_of
from metrics.warehouse.values import Reading, Series
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.panels.drawn import LANGUAGES, NOW, text

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def series(place: str, detector: str) -> Series:
    return Series(
        indicator_id=transport_speeds.SPEEDS,
        place_id=place,
        breakdown=f"detector={detector}",
        span="point",
        unit="km/h",
    )


@pytest.fixture
def desk(tmp_path, opening_desk):
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'speeds.db'}")
    warehouse.migrate()
    places = districts(opening_desk)
    rows = [(places[0], "a", 100.0, 2.0), (places[0], "b", 60.0, 3.0), (places[1], "c", 80.0, 1.0)]
    warehouse.append_readings(
        [Reading(series=series(p, d), at=AT, sum=s, weight=w, n=1, minutes=1) for p, d, s, w in rows],
        run_id="a",
    )
    yield replace(opening_desk, metrics=replace(opening_desk.metrics, warehouse=warehouse))
    warehouse.close()


def test_every_district_has_a_row_and_means_are_weighted_by_vehicles(desk):
    as_of = instant_as_of(AT.replace(hour=9), clock=datetime(2026, 11, 21, tzinfo=UTC))
    frame = transport_speeds.by_district(desk, Filters(as_of=as_of)).set_index("place_id")
    places = districts(desk)
    assert list(frame.index) == places
    assert frame.loc[places[0], "value"] == 32.0  # 160 over 5 vehicles
    assert frame.loc[places[1], "absence"] == ""
    assert set(frame.loc[places[2:], "absence"]) == {"no_figure"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_panel_says_each_district_in_words(desk, lang):
    said = text(transport_speeds.PANEL, desk, Filters(as_of=NOW, lang=lang))
    assert desk.words[lang].t(f"place.{districts(desk)[0]}") in said
    assert "32" in said


def test_before_any_reading_it_says_so_calmly(opening_desk):
    said = text(transport_speeds.PANEL, opening_desk)
    assert opening_desk.words["en"].t("transport.nothing_received") in said
