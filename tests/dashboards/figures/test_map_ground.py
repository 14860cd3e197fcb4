import pytest

from dashboards.figures.map_ground import ABSENCE_LOOKS, VIEW, VIEWS, Fill, areas, geo, hatches, layout, names
from dashboards.figures.rows import ABSENCES
from tests.dashboards.figures.world import CITIES, EVERY_STYLE, style


def test_a_map_has_no_base_map_that_would_ask_another_host():
    assert geo(style())["visible"] is False
    assert "scope" not in geo(style())


def test_every_city_lies_in_the_view():
    west, south, east, north = VIEW
    assert all(west < lon < east and south < lat < north for *_, (lon, lat), _ in CITIES.values())


def test_areas_come_by_address_and_are_found_by_their_id():
    fills = {place: Fill(colour="#112233", ink="#ffffff") for place in CITIES}
    trace = areas(style(), fills, dict.fromkeys(CITIES, "x"))
    assert trace.geojson == "/geo/cities_overview.0123.geojson"
    assert trace.featureidkey == "id"
    assert set(trace.locations) == set(CITIES)


def test_an_area_with_an_edge_of_its_own_is_drawn_last():
    fills = {"macao": Fill(colour="#fff", ink="#000", edge="#f00"), "zhuhai": Fill(colour="#eee", ink="#000")}
    trace = areas(style(), fills, {"macao": "", "zhuhai": ""})
    assert list(trace.locations) == ["zhuhai", "macao"]


def test_absences_that_are_hatched_differ_in_their_lines():
    traces = hatches(style(), {"macao": "no_figure", "zhuhai": "not_published", "foshan": "withheld"})
    assert len({trace.line.dash for trace in traces}) == 3
    assert hatches(style(), {"macao": "not_in_scope"}) == []


def test_every_absence_has_a_look():
    assert set(ABSENCE_LOOKS) == set(ABSENCES)


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_every_city_is_named(look):
    texts = {place: look.place(place) for place in CITIES}
    fills = {place: Fill(colour="#ffffff", ink="#000000") for place in CITIES}
    assert set(names(look, texts, fills)[-1].text) == set(texts.values())


def test_only_cities_within_the_bounds_are_named():
    texts = dict.fromkeys(CITIES, "x")
    fills = {place: Fill(colour="#ffffff", ink="#000000") for place in CITIES}
    estuary = VIEWS["estuary"].bounds
    assert len(names(style(), texts, fills, estuary)[-1].text) < len(CITIES)


def test_the_height_of_a_map_follows_its_width():
    meta = layout(style(), 60).meta
    assert 0.6 < meta["ratio"] < 0.9
    assert meta["foot"] == 64
