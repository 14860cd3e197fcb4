"""Turn boundaries into what a map draws: rounded clockwise rings, an overview without gaps, hatching, labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, hypot, pi, sin
from typing import Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

Shape = Polygon | MultiPolygon
LonLat = tuple[float, float]

OVERVIEW_BYTES = 40 * 1024
_WORDS_WIDE = 4.0  # a name is about this many times as wide as it is high
LABEL_BOX = (0.42, 0.17)  # degrees: a name of nine letters over a figure, on a map 600 pixels wide
_FULL_DIGITS, _OVERVIEW_DIGITS = 5, 4  # a metre, ten metres
_HATCH_STEP, _HATCH_SLOPE = 0.05, 1.0
_COARSEST = 0.05  # degrees: no map is drawn so small that it would show
_INSET = 0.0004  # keeps hatching off the outline after rounding


def drawable(shape: Shape, digits: int = _FULL_DIGITS) -> Shape:
    """Round a shape's coordinates and turn its outer rings clockwise, as d3-geo wants them."""
    rounded = shapely.transform(shape, lambda coordinates: np.round(coordinates, digits))
    if not rounded.is_valid:  # rounding may close a narrow neck
        rounded = _polygons(shapely.make_valid(rounded))
    return shapely.orient_polygons(rounded, exterior_cw=True)


def feature_collection(shapes: Mapping[str, Shape], city_ids: Mapping[str, str | None]) -> bytes:
    """Encode shapes as GeoJSON: each feature's ``id`` and ``place_id`` are its key, ``city_id`` its city."""
    features = [
        {
            "type": "Feature",
            "id": place_id,
            "properties": {"place_id": place_id, "city_id": city_ids[place_id]},
            "geometry": shapely.geometry.mapping(shape),
        }
        for place_id, shape in shapes.items()
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, separators=(",", ":")).encode()


def overview(
    cities: Mapping[str, Shape], surroundings: Shape, limit: int = OVERVIEW_BYTES
) -> dict[str, Shape]:
    """Simplify the cities and the land around them together, as little as lets the cities fit *limit* bytes.

    Shared borders are simplified once, so no gap opens between neighbours. The land is under "surroundings".
    """
    shapes = {**cities, "surroundings": surroundings}
    matched = bool(shapely.coverage_is_valid(list(shapes.values())))
    fine, coarse = 0.0, _COARSEST
    simple = _simplified(shapes, coarse, matched=matched)
    for _ in range(10):
        tolerance = (fine + coarse) / 2
        tried = _simplified(shapes, tolerance, matched=matched)
        drawn = {place_id: tried[place_id] for place_id in cities}
        if len(feature_collection(drawn, {place_id: place_id for place_id in cities})) <= limit:
            coarse, simple = tolerance, tried
        else:
            fine = tolerance
    return simple


def _simplified(shapes: Mapping[str, Shape], tolerance: float, *, matched: bool) -> dict[str, Shape]:
    """The last shape is the land around; from another source its edge does not match and is simplified apart."""
    *cities, land = shapes.values()
    if matched:
        simple = shapely.coverage_simplify([*cities, land], tolerance)
    else:
        apart = _polygons(shapely.make_valid(shapely.simplify(land, tolerance)))
        simple = [*shapely.coverage_simplify(cities, tolerance), apart]
    return {each: drawable(shape, _OVERVIEW_DIGITS) for each, shape in zip(shapes, simple, strict=True)}


def anchor(shape: Shape) -> LonLat:
    """Return the middle of the largest circle that fits the shape's largest part: always inside it."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    centre = shapely.maximum_inscribed_circle(largest, tolerance=0.001).coords[0]
    return (round(centre[0], 4), round(centre[1], 4))


def _seat(shape: Shape) -> LonLat:
    """Return the middle of the widest words that fit the shape's largest part: words are wider than high."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    tall = affinity.scale(largest, yfact=_WORDS_WIDE, origin=(0, 0))
    x, y = shapely.maximum_inscribed_circle(tall, tolerance=0.001).coords[0]
    return (round(x, 4), round(y / _WORDS_WIDE, 4))


def extent(shapes: Iterable[Shape]) -> tuple[float, ...]:
    """Return (west, south, east, north) of all the shapes."""
    return tuple(float(edge) for edge in shapely.total_bounds(list(shapes)))


def hatch(shape: Shape, simplified: Shape) -> list[list[float]]:
    """Return diagonal lines ``[lon, lat, lon, lat]`` inside both forms of a shape.

    The lines of neighbours continue each other; a small place gets them closer, so that it shows hatching too.
    """
    inside = shapely.buffer(shapely.intersection(shape, simplified), -_INSET)
    if inside.is_empty:
        return []
    west, south, east, north = inside.bounds
    step = _HATCH_STEP
    while step > (east - west + north - south) / 8:
        step /= 2
    # A line of the hatch is lat = slope * lon + k * step: k runs over those that cross the bounds.
    first = int((south - _HATCH_SLOPE * east) // step)
    last = int((north - _HATCH_SLOPE * west) // step) + 1
    lines = MultiLineString(
        [
            [(west, _HATCH_SLOPE * west + k * step), (east, _HATCH_SLOPE * east + k * step)]
            for k in range(first, last + 1)
        ]
    )
    clipped = shapely.get_parts(shapely.intersection(lines, inside))
    segments = (part for part in clipped if isinstance(part, LineString) and part.length > _INSET)
    return [[round(float(value), 5) for value in np.ravel(part.coords)] for part in segments]


def label_points(shapes: Mapping[str, Shape]) -> dict[str, LonLat]:
    """Place one label box per shape so that no two boxes touch, inside the shape where it has room.

    Wide places come first and keep their middle; a small one moves off, into the sea where it can.
    """
    middles = {place_id: _seat(shape) for place_id, shape in shapes.items()}
    room = {place_id: shape.boundary.distance(Point(middles[place_id])) for place_id, shape in shapes.items()}
    placed: dict[str, Polygon] = {}
    frame = box(*shapely.total_bounds(list(shapes.values())))
    points: dict[str, LonLat] = {}
    for place_id in sorted(shapes, key=lambda each: (-room[each], each)):
        candidates = [(x, y) for x, y in _around(middles[place_id]) if frame.covers(_label(x, y))]
        free = [(x, y) for x, y in candidates if not any(_label(x, y).intersects(b) for b in placed.values())]
        if not free:
            raise ValueError(f"no free place for the label of {place_id}: are its neighbours drawn at all?")
        best = min(free, key=lambda point: _cost(point, place_id, middles[place_id], shapes))
        points[place_id], placed[place_id] = best, _label(*best)
    return {place_id: points[place_id] for place_id in shapes}


def _around(middle: LonLat) -> Iterator[LonLat]:
    yield middle
    for ring in range(1, 21):
        for direction in range(24):
            radius, angle = ring * 0.04, direction * pi / 12
            yield (round(middle[0] + radius * cos(angle), 4), round(middle[1] + radius * sin(angle), 4))


def _label(x: float, y: float) -> Polygon:
    width, height = LABEL_BOX
    return box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _cost(point: LonLat, place_id: str, middle: LonLat, shapes: Mapping[str, Shape]) -> float:
    """Distance from the middle, and dearly the share of another place that the label would hide."""
    label = _label(*point)
    hidden = (
        label.intersection(shape).area / min(shape.area, label.area)
        for other, shape in shapes.items()
        if other != place_id and label.intersects(shape)
    )
    return hypot(point[0] - middle[0], point[1] - middle[1]) + sum(hidden)


def _polygons(shape: Any) -> MultiPolygon:
    parts: Sequence[Any] = shapely.get_parts(shape)
    flat = [inner for part in parts for inner in shapely.get_parts(part)]
    return MultiPolygon([part for part in flat if isinstance(part, Polygon)])
