from __future__ import annotations

from dashboards.panels.indicator_told import at
from metrics.asof import day_as_of
from tests.dashboards.corrected import CORRECTED
from tests.dashboards.panels.drawn import NOW, on
from tests.dashboards.panels.indicator_pages import told_of


def test_everything_is_as_known_then(corrected_desk):
    then, now = told_of(corrected_desk, CORRECTED, on(2026, 8, 1)), told_of(corrected_desk, CORRECTED)
    assert (then.latest["value"].tolist(), now.latest["value"].tolist()) == ([70], [71])
    assert (len(then.vintages), len(now.vintages)) == (1, 2)
    assert (len(then.changes), len(now.changes)) == (0, 1)
    assert now.vintages["value"].tolist() == [71, 70]


def test_few_figures_are_told_of_all_places_and_many_of_one(opening_desk):
    assert told_of(opening_desk, "fiveg_base_stations").places is None
    many = told_of(opening_desk, "bcp_passengers_monthly")
    assert many.narrow
    assert set(many.history["place_id"]) == set(many.places)
    assert len(many.places) == 1


def test_the_place_asked_for_is_the_one_told(opening_desk):
    asked = told_of(opening_desk, "bcp_passengers_monthly", places=("hk_lo_wu", "hk_hzmb"))
    assert asked.places in {("hk_lo_wu",), ("hk_hzmb",)}
    elsewhere = told_of(opening_desk, "bcp_passengers_monthly", places=("shenzhen",))
    assert elsewhere.history.empty


def test_live_indicators_have_no_vintages(opening_desk):
    told = told_of(opening_desk, "road_speed_kmh")
    assert told.live
    assert told.vintages.empty


def test_another_moment_is_told_at_every_place(opening_desk):
    told = told_of(opening_desk, "fiveg_base_stations", places=("shenzhen",))
    earlier = at(told, day_as_of(on(2020, 6, 1).day))
    assert earlier.places is None
    assert earlier.latest["known_at"].max() <= on(2020, 6, 1).instant
    assert told.as_of == NOW
