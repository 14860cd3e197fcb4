from __future__ import annotations

import json

from geo.boundary_build import build
from geo.places import atlas
from tests.geo.sets import city_features, district_features, write_set


def test_a_build_is_plain_json_with_every_place_in_official_order(tmp_path):
    content = build(write_set(tmp_path / "set", city_features(), district_features()))
    assert json.loads(json.dumps(content))["layers"] == content["layers"]
    ids = [feature["id"] for feature in json.loads(content["layers"]["cities"])["features"]]
    assert ids == [city.id for city in atlas().cities]


def test_a_set_without_land_around_has_an_empty_layer_for_it(tmp_path):
    content = build(write_set(tmp_path / "set", city_features(), district_features()))
    (land,) = json.loads(content["layers"]["surroundings"])["features"]
    assert land["id"] == "surroundings"
    assert land["geometry"]["coordinates"] == []


def test_the_packaged_set_is_built_the_same_way_twice():
    assert build(None) == build(None)
