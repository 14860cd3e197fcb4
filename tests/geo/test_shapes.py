from __future__ import annotations

import json
from itertools import combinations, pairwise

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from geo import shapes
from geo.boundary_sets import read_set


@pytest.fixture(scope="module")
def packaged():
    return read_set(None)


def signed_area(ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def test_outer_rings_are_clockwise_and_holes_the_other_way():
    counter_clockwise = Polygon(box(0, 0, 3, 3).exterior.coords, [box(1, 1, 2, 2).exterior.coords])
    drawn = shapes.drawable(counter_clockwise)
    assert signed_area(drawn.exterior.coords) < 0
    assert signed_area(drawn.interiors[0].coords) > 0


def test_coordinates_are_rounded_and_the_shape_stays_valid():
    necked = Polygon([(0, 0), (1, 0), (0.5, 0.5000001), (1, 1), (0, 1), (0.5, 0.4999999)])
    assert not necked.is_valid or necked.area > 0
    sharp = Polygon([(0.123456789, 0), (1, 0), (1, 1), (0, 1)])
    drawn = shapes.drawable(sharp)
    assert drawn.is_valid
    assert all(x == round(x, 5) and y == round(y, 5) for x, y in drawn.exterior.coords)


def test_a_neck_that_rounding_closes_leaves_a_valid_shape():
    hourglass = Polygon([(0, 0), (1, 0), (0.500002, 0.5), (1, 1), (0, 1), (0.499998, 0.5)])
    drawn = shapes.drawable(hourglass, digits=4)
    assert drawn.is_valid
    assert drawn.area == pytest.approx(0.5, abs=0.001)


def test_a_feature_has_its_place_as_id_and_its_city_as_property():
    content = json.loads(shapes.feature_collection({"d": box(0, 0, 1, 1)}, {"d": "c"}))
    assert content["features"][0]["id"] == "d"
    assert content["features"][0]["properties"] == {"place_id": "d", "city_id": "c"}


def test_the_overview_fits_its_size_and_keeps_every_shared_border(packaged):
    drawn = shapes.overview(packaged.cities, packaged.surroundings, limit=20_000)
    land = drawn.pop("surroundings")
    assert len(shapes.feature_collection(drawn, {each: each for each in drawn})) <= 20_000
    assert shapely.coverage_is_valid([*drawn.values(), land])
    touching = {
        (a, b)
        for a, b in combinations(packaged.cities, 2)
        if packaged.cities[a].intersection(packaged.cities[b]).length > 0.01
    }
    assert touching == {
        (a, b) for a, b in combinations(drawn, 2) if drawn[a].intersection(drawn[b]).length > 0.01
    }


def test_the_overview_opens_no_gap_between_neighbours(packaged):
    drawn = shapes.overview(packaged.cities, packaged.surroundings, limit=20_000)
    drawn.pop("surroundings")
    holes_before = sum(
        len(p.interiors) for p in shapely.get_parts(shapely.union_all([*packaged.cities.values()]))
    )
    united = shapely.union_all([*drawn.values()])
    assert sum(len(part.interiors) for part in shapely.get_parts(united)) <= holes_before
    assert united.area == pytest.approx(sum(s.area for s in drawn.values()), rel=1e-9)


def test_land_from_another_source_does_not_spoil_the_borders_of_the_cities(packaged):
    apart = MultiPolygon([box(111, 23.9, 115, 24.6)])
    drawn = shapes.overview(packaged.cities, apart)
    drawn.pop("surroundings")
    assert shapely.coverage_is_valid([*drawn.values()])


def test_the_anchor_is_inside_the_largest_part():
    crescent = MultiPolygon([box(0, 0, 1, 0.1).union(box(0, 0, 0.1, 1)), box(5, 5, 5.01, 5.01)])
    assert crescent.geoms[0].contains(Point(shapes.anchor(crescent)))


def test_hatching_lies_inside_both_forms_of_a_shape(packaged):
    simple = shapes.overview(packaged.cities, packaged.surroundings)
    for city_id, shape in packaged.cities.items():
        lines = shapes.hatch(shape, simple[city_id])
        assert len(lines) >= 4, city_id
        for x1, y1, x2, y2 in lines:
            assert shape.covers(LineString([(x1, y1), (x2, y2)])), city_id
            assert simple[city_id].covers(LineString([(x1, y1), (x2, y2)])), city_id


def test_hatching_is_parallel_and_continues_across_a_border():
    left, right = box(0, 0, 1, 1), box(1, 0, 2, 1)
    lines = shapes.hatch(left, left) + shapes.hatch(right, right)
    assert {round((y2 - y1) / (x2 - x1), 2) for x1, y1, x2, y2 in lines} == {1.0}
    offsets = {round(y1 - x1, 3) for x1, y1, _, _ in lines}
    assert all(abs(offset / 0.05 - round(offset / 0.05)) < 0.01 for offset in offsets)


def test_a_place_too_narrow_for_an_inset_has_no_hatching():
    sliver = box(0, 0, 0.0005, 0.0005)
    assert shapes.hatch(sliver, sliver) == []


def test_labels_do_not_touch_and_keep_to_the_frame(packaged):
    points = shapes.label_points(packaged.cities)
    width, height = shapes.LABEL_BOX
    for (x1, y1), (x2, y2) in combinations(points.values(), 2):
        assert abs(x1 - x2) > width or abs(y1 - y2) > height
    west, south, east, north = shapes.extent(packaged.cities.values())
    for x, y in points.values():
        assert west <= x - width / 2 <= x + width / 2 <= east
        assert south <= y - height / 2 <= y + height / 2 <= north


def test_wide_places_carry_their_label_and_macao_has_its_own_at_sea(packaged):
    points = shapes.label_points(packaged.cities)
    for city_id, shape in packaged.cities.items():
        assert shape.covers(Point(points[city_id])) == (city_id != "macao")
    assert not any(shape.covers(Point(points["macao"])) for shape in packaged.cities.values())


def test_labels_without_room_are_an_error_and_not_a_heap():
    crowd = {str(n): box(n / 100, 0, (n + 1) / 100, 0.2) for n in range(3)} | {"wide": box(0.03, 0, 0.5, 0.2)}
    with pytest.raises(ValueError, match="no free place for the label"):
        shapes.label_points(crowd)
