from __future__ import annotations

import json
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from pyproj import Geod
from shapely.geometry import LineString, Point, shape
from shapely.ops import nearest_points

from geo.boundaries import LAYERS, boundaries
from geo.boundary_files import BoundaryError
from geo.places import LANGUAGES, atlas
from tests.geo.sets import city_features, district_features, write_set
from tests.shared import SHARED

EARTH = Geod(ellps="WGS84")
# Square km, as published by the HKSAR Government for the end of 2018.
PUBLISHED_AREA = {
    "hong_kong": 1107,
    "macao": 33,
    "guangzhou": 7434,
    "shenzhen": 1997,
    "zhuhai": 1736,
    "foshan": 3798,
    "huizhou": 11347,
    "dongguan": 2460,
    "zhongshan": 1784,
    "jiangmen": 9507,
    "zhaoqing": 14891,
}
SETS = [
    "packaged",
    pytest.param("other", marks=pytest.mark.skipif(SHARED is None, reason="no second set here")),
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("boundaries")


@pytest.fixture(scope="module", params=SETS)
def drawn(request, cache):
    return boundaries(cache, None if request.param == "packaged" else SHARED / "geo")


@pytest.fixture
def squares(tmp_path):
    return write_set(tmp_path / "set", city_features(), district_features())


def test_each_seat_lies_in_its_own_city_and_no_other(drawn):
    for layer in ("cities", "cities_overview"):
        shapes = drawn.polygons(layer)
        for city in atlas().cities:
            assert [each for each, s in shapes.items() if s.covers(Point(city.seat))] == [city.id]


def test_each_placed_crossing_lies_in_or_near_its_city_unless_the_atlas_says_where_it_stands(drawn):
    exempt = {crossing.id for crossing in atlas().crossings if crossing.lies_in or crossing.offshore}
    assert exempt == {"hk_shenzhen_bay", "mo_hengqin", "mo_hzmb"}
    for crossing in atlas().crossings:
        if crossing.placed and crossing.id not in exempt:
            assert distance(crossing, drawn.polygons("cities")[crossing.city_id]) <= 1500, crossing.id


def test_a_co_located_crossing_stands_in_the_city_that_the_atlas_says(drawn):
    for crossing in atlas().crossings:
        if crossing.lies_in:
            assert drawn.polygons("cities")[crossing.lies_in].covers(Point(crossing.lon, crossing.lat))


def distance(crossing, city) -> float:
    point = Point(crossing.lon, crossing.lat)
    near = nearest_points(city, point)[0]
    return EARTH.inv(point.x, point.y, near.x, near.y)[2]


@pytest.mark.parametrize("city_id", PUBLISHED_AREA)
def test_the_area_of_each_city_is_near_its_published_land_area(drawn, city_id):
    tolerance = 0.25 if city_id == "macao" else 0.10
    for layer in ("cities", "cities_overview"):
        area = abs(EARTH.geometry_area_perimeter(drawn.polygons(layer)[city_id])[0]) / 1e6
        assert area == pytest.approx(PUBLISHED_AREA[city_id], rel=tolerance)


@pytest.mark.parametrize("layer", LAYERS)
def test_outer_rings_run_clockwise_in_every_layer(drawn, layer):
    for feature in json.loads(drawn.geojson(layer))["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for exterior, *_ in parts:
            assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(exterior)) < 0, feature["id"]


def test_features_carry_their_place_and_their_city(drawn):
    for layer in ("cities", "cities_overview", "districts"):
        for feature in json.loads(drawn.geojson(layer))["features"]:
            assert feature["id"] == feature["properties"]["place_id"]
            assert feature["properties"]["city_id"] == atlas().city_of(feature["id"])


def test_the_overview_is_small_and_has_all_11_cities(drawn):
    assert len(drawn.geojson("cities_overview")) <= 40 * 1024
    assert set(drawn.polygons("cities_overview")) == {city.id for city in atlas().cities}


def test_a_layer_that_does_not_exist_is_an_error_that_lists_the_layers(drawn):
    with pytest.raises(ValueError, match="expected one of cities, cities_overview, districts, surroundings"):
        drawn.geojson("streets")


def test_frames_have_their_columns_in_wgs84(drawn):
    for frame, count in ((drawn.cities, {11}), (drawn.districts, {69, 70})):
        assert list(frame.columns) == ["place_id", "city_id", "geometry"]
        assert len(frame) in count
        assert frame.crs.to_epsg() == 4326
        assert frame.geometry.is_valid.all()


def test_hatching_lies_inside_the_places_asked_for(drawn):
    lons, lats = drawn.hatch(["macao", "huizhou"])
    assert len(lons) == len(lats)
    assert lons[2::3] == lats[2::3] == [None] * (len(lons) // 3)
    lines = [LineString([(lons[i], lats[i]), (lons[i + 1], lats[i + 1])]) for i in range(0, len(lons), 3)]
    for layer in ("cities", "cities_overview"):
        shapes = drawn.polygons(layer)
        assert all(shapes["macao"].covers(line) or shapes["huizhou"].covers(line) for line in lines)
        assert any(shapes["macao"].covers(line) for line in lines)


def test_hatching_of_nothing_is_nothing_and_of_a_province_an_error(drawn):
    assert drawn.hatch([]) == ([], [])
    with pytest.raises(KeyError, match="'guangdong' is not drawn"):
        drawn.hatch(["guangdong"])


def test_every_drawn_place_has_an_anchor_inside_it(drawn):
    for layer in ("cities", "districts"):
        for place_id, geometry in drawn.polygons(layer).items():
            assert geometry.covers(Point(drawn.anchors[place_id])), place_id


def test_a_label_away_from_its_city_has_a_line_that_leads_there(drawn):
    assert set(drawn.leads) == {"macao"}
    label, anchor = drawn.leads["macao"]
    assert label == drawn.label_points["macao"]
    assert drawn.polygons("cities")["macao"].covers(Point(anchor))


def test_the_caption_is_said_in_three_languages_and_the_frames_are_known(drawn):
    assert all(drawn.caption[lang] for lang in LANGUAGES)
    west, south, east, north = drawn.extent
    assert drawn.frame[0] < west < east < drawn.frame[2]
    assert drawn.frame[1] < south < north < drawn.frame[3]


def test_reading_from_the_cache_imports_neither_geopandas_nor_shapely(cache):
    boundaries(cache)
    code = (
        "import sys; from pathlib import Path; from geo.boundaries import boundaries;"
        f"b = boundaries(Path({str(cache)!r}));"
        "assert len(b.geojson('cities')) > 10_000 and b.hatch(['macao'])[0] and b.label_points and b.leads;"
        "loaded = {'geopandas', 'shapely', 'numpy', 'pandas', 'pyproj'} & set(sys.modules); assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_the_cache_gives_is_what_was_built(squares, tmp_path):
    built, read = boundaries(tmp_path / "a", squares), boundaries(tmp_path / "a", squares)
    assert vars(built).keys() == vars(read).keys()
    assert built.label_points == read.label_points
    assert built.leads == read.leads
    assert built.extent == read.extent
    assert all(built.geojson(layer) == read.geojson(layer) for layer in LAYERS)


def test_the_fingerprint_changes_with_the_set_and_with_nothing_else(squares, tmp_path):
    first = boundaries(tmp_path / "a", squares).fingerprint
    assert boundaries(tmp_path / "b", squares).fingerprint == first
    words = 'en = "Survey"\nzh-Hant = "測繪"\nzh-Hans = "测绘"\n'
    (squares / "caption.toml").write_text(words, encoding="utf-8")
    changed = boundaries(tmp_path / "a", squares)
    assert changed.fingerprint != first
    assert changed.caption["en"] == "Survey"


@pytest.mark.parametrize("damage", [b"", b"{}", b"no line", b"00\n{}", None])
def test_a_damaged_cache_is_built_again(squares, tmp_path, damage):
    boundaries(tmp_path / "cache", squares)
    (path,) = (tmp_path / "cache").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert set(boundaries(tmp_path / "cache", squares).label_points) == {city.id for city in atlas().cities}
    assert path.read_bytes() == whole


def test_the_cache_is_written_whole_and_leaves_nothing_beside_it(squares, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: boundaries(tmp_path / "cache", squares), range(16)))
    assert len({answer.geojson("cities") for answer in answers}) == 1
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [
        f"boundaries-{answers[0].fingerprint}.json"
    ]


def test_without_a_place_to_write_the_boundaries_are_drawn_all_the_same(squares, tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        drawn = boundaries(blocked / "cache", squares)
    assert len(drawn.cities) == 11
    assert "cannot be kept" in caplog.text


def test_a_faulty_set_is_refused_and_nothing_is_kept(squares, tmp_path):
    (squares / "cities.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"cities\.geojson: must be a GeoJSON FeatureCollection"):
        boundaries(tmp_path / "cache", squares)
    assert not (tmp_path / "cache").exists()


def test_a_set_with_rings_the_other_way_is_turned(squares, tmp_path):
    given = json.loads((squares / "cities.geojson").read_text(encoding="utf-8"))["features"][0]["geometry"]
    assert shape(given).exterior.is_ccw
    turned = json.loads(boundaries(tmp_path / "cache", squares).geojson("cities"))["features"][0]["geometry"]
    assert not shape(turned).exterior.is_ccw
