from __future__ import annotations

import json

import pytest
import shapely

from geo.boundary_files import BoundaryError
from geo.boundary_sets import read_set
from geo.places import LANGUAGES, atlas
from tests.geo.sets import city_features, district_features, feature, square, write_set
from tests.shared import SHARED


def faults(folder):
    with pytest.raises(BoundaryError) as caught:
        read_set(folder)
    return caught.value.faults


def test_the_packaged_set_has_11_cities_and_69_districts_and_names_its_maker():
    packaged = read_set(None)
    assert len(packaged.cities) == 11
    assert len(packaged.districts) == 69
    assert "天地圖" in packaged.caption["zh-Hant"]
    assert "天地图" in packaged.caption["zh-Hans"]
    assert "Tianditu" in packaged.caption["en"]


def test_the_packaged_set_draws_macao_undivided_and_every_other_district():
    drawn = set(read_set(None).districts)
    assert {d.id for d in atlas().districts} - drawn == {
        "district_mo_macao_peninsula",
        "district_mo_taipa_and_coloane",
    }
    assert "macao" in drawn


def test_the_packaged_districts_of_each_city_make_up_the_city():
    packaged = read_set(None)
    for city_id, shape in packaged.cities.items():
        parts = [s for each, s in packaged.districts.items() if atlas().city_of(each) == city_id]
        assert shapely.union_all(parts).symmetric_difference(shape).area < shape.area * 0.001, city_id


def test_the_land_around_leaves_the_cities_free():
    packaged = read_set(None)
    assert packaged.surroundings.intersection(shapely.union_all([*packaged.cities.values()])).area < 1e-9
    assert packaged.surroundings.area > 1


@pytest.mark.skipif(SHARED is None, reason="the second boundary set is not on this machine")
def test_a_second_real_set_is_read_from_its_folder():
    other = read_set(SHARED / "geo")
    assert len(other.cities) == 11
    assert len(other.districts) == 70
    assert set(other.caption) == set(LANGUAGES)
    assert other.surroundings.intersection(shapely.union_all([*other.cities.values()])).area < 1e-6


def test_a_folder_of_squares_is_a_set(tmp_path):
    read = read_set(write_set(tmp_path / "set", city_features(), district_features()))
    assert list(read.cities) == [city.id for city in atlas().cities]
    assert all(read.caption[lang] for lang in LANGUAGES)
    assert read.surroundings.is_empty


def test_a_caption_of_the_folder_is_carried(tmp_path):
    folder = write_set(tmp_path / "set", city_features(), district_features())
    words = 'en = "Survey"\nzh-Hant = "測繪"\nzh-Hans = "测绘"\n'
    (folder / "caption.toml").write_text(words, encoding="utf-8")
    assert read_set(folder).caption == {"en": "Survey", "zh-Hant": "測繪", "zh-Hans": "测绘"}


def test_a_caption_without_one_of_the_languages_is_a_fault(tmp_path):
    folder = write_set(tmp_path / "set", city_features(), district_features())
    (folder / "caption.toml").write_text('en = "Survey"\n', encoding="utf-8")
    assert faults(folder) == ("caption.toml: lacks zh-Hant", "caption.toml: lacks zh-Hans")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "cities.geojson: cannot be read as JSON"),
        ("[]", "must be a GeoJSON FeatureCollection"),
        ('{"type": "Topology"}', "must be a GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_is_no_geojson_is_said(tmp_path, text, fault):
    folder = write_set(tmp_path / "set", city_features(), district_features())
    (folder / "cities.geojson").write_text(text, encoding="utf-8")
    assert any(fault in line for line in faults(folder))


def test_a_file_declared_in_another_system_is_said(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2326"}}
    folder = write_set(tmp_path / "set", city_features(), district_features(), crs=crs)
    assert "EPSG::2326; expected longitude and latitude in WGS84" in faults(folder)[0]


BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[113.5, 22.1], [113.6, 22.3], [113.6, 22.1], [113.5, 22.3], [113.5, 22.1]]],
}
GRID = {"type": "Polygon", "coordinates": [[[8e5, 8e5], [9e5, 8e5], [9e5, 9e5], [8e5, 8e5]]]}


@pytest.mark.parametrize(
    ("index", "replacement", "fault"),
    [
        (1, None, "expected 11 cities, found 10; missing macao"),
        (1, feature({"adcode": "110000"}, square(113.54, 22.19)), "feature 2: is no known city; looked in place_id"),
        (1, feature({"name": "Atlantis"}, square(113.54, 22.19)), "found {'name': 'Atlantis'}"),
        (1, feature({"adcode": "810000"}, square(113.54, 22.19)), "cities.geojson: hong_kong: stands twice"),
        (1, feature({"adcode": "820000", "code": "ZH"}, square(113.54, 22.19)), "says it is macao and zhuhai"),
        (1, feature({"adcode": "820000"}, square(113.9, 22.0)), "macao: its government seat 113.5387, 22.1887 lies"),
        (1, feature({"adcode": "820000"}, square(22.19, 113.54)), "outside the Greater Bay Area; expected longitude"),
        (1, feature({"adcode": "820000"}, GRID), "macao: reaches from 8e+05, 8e+05"),
        (1, feature({"adcode": "820000"}, BOW_TIE), "macao: is not a valid shape: Self-intersection"),
        (1, feature({"adcode": "820000"}, square(113.5387, 22.1887, 0.08)), "macao: overlaps zhuhai by"),
        (1, feature({"adcode": "820000"}, {"type": "Point", "coordinates": [113.5, 22.2]}), "found Point"),
        (1, feature({"adcode": "820000"}, {"type": "Polygon", "coordinates": []}), "with an area, found Polygon"),
        (1, feature({"adcode": "820000"}, {"type": "Polygon"}), "macao: has no shape that can be read"),
        (1, feature({"adcode": "820000"}, None), "macao: has no shape that can be read"),
    ],
)  # fmt: skip
def test_a_city_that_cannot_be_drawn_is_said_in_plain_words(tmp_path, index, replacement, fault):
    cities = city_features()
    cities[index : index + 1] = [replacement] if replacement else []
    found = faults(write_set(tmp_path / "set", cities, district_features()))
    assert any(fault in line for line in found), found


def test_a_district_outside_its_city_or_missing_is_said(tmp_path):
    districts = district_features()[:-1]
    districts[3] = feature({"adcode": "440305"}, square(112.0, 23.5))
    found = faults(write_set(tmp_path / "set", city_features(), districts))
    assert "districts.geojson: district_sz_nanshan: lies outside shenzhen" in found
    assert any("missing district_sz_luohu" in line and "district_zq_sihui" in line for line in found)


def test_a_name_identifies_a_place_only_where_there_is_no_code(tmp_path):
    cities = city_features()
    cities[3] = feature({"name": "深圳市"}, cities[3]["geometry"])
    assert "shenzhen" in read_set(write_set(tmp_path / "set", cities, district_features())).cities
    cities[3]["properties"]["adcode"] = "230800"
    assert "is no known city" in faults(write_set(tmp_path / "set", cities, district_features()))[0]


def test_all_faults_of_both_files_are_said_together(tmp_path):
    cities, districts = city_features(), district_features()
    cities[0]["geometry"], districts[5]["properties"] = None, {"adcode": "1"}
    folder = write_set(tmp_path / "set", cities, districts)
    assert [line.split(":")[0] for line in faults(folder)] == ["cities.geojson", "districts.geojson"]


def test_land_from_another_source_is_cut_where_the_cities_are(tmp_path):
    folder = write_set(tmp_path / "set", city_features(), district_features())
    land = {"type": "FeatureCollection", "features": [feature({}, square(113.5, 22.8, 1.5))]}
    (folder / "context_land.geojson").write_text(json.dumps(land), encoding="utf-8")
    read = read_set(folder)
    assert read.surroundings.area > 5
    assert not any(read.surroundings.covers(shapely.Point(city.seat)) for city in atlas().cities)
