from __future__ import annotations

import math
import subprocess
import sys

import pytest

from geo.boundaries import boundaries
from geo.flows import (
    CRS,
    arc,
    city_of,
    corridors,
    distance_km,
    district_of,
    placed_crossings,
    to_gcj02,
    to_wgs84,
    unplaced_crossings,
)
from geo.places import atlas
from tests.geo.sets import city_features, district_features, feature, square, write_set

# WGS84 and the GCJ-02 that map services give for it.
GCJ02_PAIRS = [
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    return boundaries(tmp_path_factory.mktemp("boundaries"))


@pytest.mark.parametrize(("wgs84", "gcj02"), GCJ02_PAIRS)
def test_gcj02_agrees_with_known_pairs_both_ways(wgs84, gcj02):
    assert to_gcj02(*wgs84) == pytest.approx(gcj02, abs=1e-9)
    assert to_wgs84(*gcj02, "GCJ-02") == pytest.approx(wgs84, abs=1e-8)


def test_gcj02_there_and_back_is_the_same_point_all_over_the_area():
    for lon in range(1110, 1156, 3):
        for lat in range(214, 247, 3):
            point = (lon / 10, lat / 10)
            assert to_wgs84(*to_gcj02(*point), "GCJ-02") == pytest.approx(point, abs=1e-8)


def test_the_gcj02_offset_in_the_bay_area_is_some_hundred_metres():
    for city in atlas().cities:
        assert 0.3 < distance_km(city.seat, to_gcj02(*city.seat)) < 0.8


def test_the_origin_of_the_hong_kong_grid_lies_where_the_survey_says():
    # Lands Department: 22°18'43.68"N 114°10'42.80"E in HK80; WGS84 is 5.5" south and 8.8" east of that.
    expected = (114 + 10 / 60 + 51.6 / 3600, 22 + 18 / 60 + 38.18 / 3600)
    assert distance_km(to_wgs84(836694.05, 819069.80, "HK1980"), expected) < 0.003


def test_wgs84_stays_as_it_is():
    assert to_wgs84(114.1, 22.3, "WGS84") == (114.1, 22.3)


@pytest.mark.parametrize(
    ("x", "y", "crs", "message"),
    [
        (114.1, 22.3, "EPSG:4326", "expected one of WGS84, HK1980, GCJ-02"),
        (114.1, 22.3, "", "expected one of"),
        (836694.0, 819069.8, "WGS84", "is not longitude, latitude in degrees"),
        (836694.0, 819069.8, "GCJ-02", "is not longitude, latitude in degrees"),
        (114.1, 22.3, "HK1980", "is not easting, northing in metres"),
        (819069.8, 2236694.0, "HK1980", "is not easting, northing in metres"),
        (math.nan, 22.3, "WGS84", "not a point"),
        (114.1, math.inf, "WGS84", "not a point"),
    ],
)
def test_a_point_in_the_wrong_system_is_refused_in_words(x, y, crs, message):
    with pytest.raises(ValueError, match=message):
        to_wgs84(x, y, crs)


def test_each_seat_is_found_in_its_city_in_each_system(shapes):
    for city in atlas().cities:
        assert city_of(*city.seat, "WGS84", shapes) == city.id
        assert city_of(*to_gcj02(*city.seat), "GCJ-02", shapes) == city.id
    assert city_of(836694.05, 819069.80, "HK1980", shapes) == "hong_kong"
    assert set(CRS) == {"WGS84", "GCJ-02", "HK1980"}


def test_the_declared_system_decides_on_which_side_of_the_boundary_a_point_lies(shapes):
    # Futian checkpoint station: read as WGS84 its GCJ-02 coordinates fall south of the river.
    futian = (atlas().get("sz_futian").lon, atlas().get("sz_futian").lat)
    assert city_of(*to_gcj02(*futian), "GCJ-02", shapes) == "shenzhen"
    assert city_of(*to_gcj02(*futian), "WGS84", shapes) == "hong_kong"


@pytest.mark.parametrize("point", [(113.75, 22.0), (113.72, 22.35), (114.9, 22.3), (111.2, 24.5), (0.0, 0.0)])
def test_a_point_at_sea_or_outside_is_in_no_city_and_never_in_the_nearest(shapes, point):
    assert city_of(*point, "WGS84", shapes) is None


def test_a_point_that_two_cities_share_is_in_neither(tmp_path):
    cities = city_features()
    lon, lat = atlas().get("macao").seat
    cities[1] = feature({"adcode": "820000"}, square(lon, lat, 0.03))
    cities[4] = feature({"adcode": "440400"}, square(113.5687 + 0.05, 22.2734 - 0.05, 0.05))
    shapes = boundaries(tmp_path / "cache", write_set(tmp_path / "set", cities, district_features()))
    assert city_of(113.5687, 22.21, "WGS84", shapes) is None
    assert city_of(113.56, 22.20, "WGS84", shapes) == "macao"


def test_a_point_has_a_district_and_an_undivided_city_is_its_own(shapes):
    assert district_of(114.1656, 22.2807, "WGS84", shapes) == "district_hk_central_and_western"
    assert district_of(*atlas().get("dongguan").seat, "WGS84", shapes) == "district_dg_dongguan"
    assert district_of(*atlas().get("macao").seat, "WGS84", shapes) == "macao"


def test_crossings_are_either_placed_or_listed():
    placed, listed = placed_crossings(), unplaced_crossings()
    assert len(placed) + len(listed) == 45
    assert {c.id for c in listed} >= {"sz_wenjindu", "sz_shatoujiao", "link_sz_zs"}
    assert all(c.lon is not None and c.lat is not None for c in placed)


def test_corridors_join_cities_in_official_order_by_their_crossings():
    found = {corridor.id: corridor for corridor in corridors()}
    assert set(found) == {
        "hong_kong--macao",
        "hong_kong--guangzhou",
        "hong_kong--shenzhen",
        "hong_kong--zhuhai",
        "macao--zhuhai",
        "shenzhen--zhongshan",
    }
    assert {"hk_lo_wu", "sz_luohu"} <= set(found["hong_kong--shenzhen"].crossing_ids)
    assert "hk_hzmb" in found["hong_kong--zhuhai"].crossing_ids
    assert "hk_hzmb" in found["hong_kong--macao"].crossing_ids


def test_every_crossing_with_a_pair_is_in_a_corridor_and_an_airport_in_none():
    joined = {crossing_id for corridor in corridors() for crossing_id in corridor.crossing_ids}
    assert joined == {crossing.id for crossing in atlas().crossings if crossing.pair_city_ids}
    assert "hk_airport" not in joined


def test_an_arc_runs_from_seat_to_seat_and_bends_aside():
    corridor = next(c for c in corridors() if c.id == "hong_kong--shenzhen")
    lons, lats = arc(corridor)
    assert len(lons) == len(lats) == 25
    assert (lons[0], lats[0]) == pytest.approx(atlas().get("hong_kong").seat)
    assert (lons[-1], lats[-1]) == pytest.approx(atlas().get("shenzhen").seat)
    straight = ((lons[0] + lons[-1]) / 2, (lats[0] + lats[-1]) / 2)
    assert distance_km((lons[12], lats[12]), straight) > 1


def test_a_degree_of_latitude_is_111_km():
    assert distance_km((114, 22), (114, 23)) == pytest.approx(111.19, abs=0.05)
    assert distance_km((114, 22), (114, 22)) == 0


def test_flows_start_without_shapely_or_pyproj():
    code = "import sys, geo.flows; assert not {'shapely', 'pyproj', 'geopandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
